"""What a board asked: a check with its sheet, a sheet of a decision, and keys for programs."""

from sqlalchemy import select

from lms.domain.api_keys import KeyScope
from lms.domain.batches import Asked, Notes
from lms.formats import seals
from lms.models.api_keys import ApiKey
from lms.models.boards import Decision, Release
from lms.models.people import Person
from lms.records import api_keys, batches, desks, result_sheets
from tests.school import School

_FACTS = {
    "title": "Result sheet", "provider": "A school", "at": "2026-03-02T15:00:00+00:00",
    "facts": [["Board", "A board"]], "caption": "", "head": [], "rows": [], "remarks": [],
    "check_at": "https://school.example/verify/sheet", "demo": False,
}  # fmt: skip


def asked_things(school: School, head: Person) -> dict[str, str]:
    """References by kind, and keys by what they open."""
    seals.make(school.settings.data, seals.SHEETS)
    with school.database.writing() as session:
        desk = desks.desk_of(session, head.id)
        asked = [Asked(1, "A-1", "x")]
        answers = batches.answer(session, asked, school.now, school.office)
        batch = batches.keep(session, school.now, desk.board.id, head, answers, Notes())
        decided = session.scalars(
            select(Decision.id)
            .join(Release, Release.id == Decision.release_id)
            .where(Release.board_id == desk.board.id)
        ).one()
        result_sheets.ask(session, school.now, f"decision:{decided}", _FACTS)
        for subject in (batches.subject(batch), f"decision:{decided}"):
            result_sheets.keep(session, subject, "1", b"%PDF-1.7")

        def key(scope: KeyScope, days: int = 30) -> str:
            made = (session, school.now, desk, "A program", [scope], days, head)
            return api_keys.make(*made)

        found = {scope: key(KeyScope(scope)) for scope in ("verify", "releases")}
        ended = key(KeyScope.RELEASES)
        row = session.scalars(select(ApiKey).order_by(ApiKey.id.desc()).limit(1)).one()
        api_keys.end(session, school.now, row, head)
        shown = select(ApiKey.ref).where(ApiKey.board_id == desk.board.id).order_by(ApiKey.id)
        found |= {
            "ended": ended,
            "key": str(session.scalars(shown.limit(1)).one()),
            "check": batch.ref,
        }
        session.commit()
    return found
