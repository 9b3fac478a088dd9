"""The board's desk has something on it: a list that was checked, with one line of each answer."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from lms.demo.clock import Days
from lms.demo.stage import Deed, Stage
from lms.domain.batches import Asked, repeated
from lms.domain.certificate import in_hours, spaced
from lms.models.boards import Board, BoardMember
from lms.models.certificates import Certificate
from lms.models.people import Person
from lms.records import batches, certificates

_NEVER_ISSUED = "3F9KQ-7TN2M-0RWXA-5HJ8V-PCD4E-6M"


def deeds(days: Days) -> Iterator[Deed]:
    """Yesterday the board checked every certificate there was, and two that are none."""
    yield Deed(days.at(1, 14 * 60), _check_a_list)


def _check_a_list(stage: Stage, at: datetime) -> None:
    session = stage.session
    session.flush()
    seat = session.execute(
        select(Board, Person)
        .join(BoardMember, BoardMember.board_id == Board.id)
        .join(Person, Person.id == BoardMember.person_id)
        .order_by(BoardMember.id)
        .limit(1)
    ).one_or_none()
    if seat is None:
        return
    rows = session.scalars(select(Certificate).order_by(Certificate.id)).all()
    asked = [
        Asked(number, f"A-{1040 + number}", spaced(row.code), *_read_on(row))
        for number, row in enumerate(rows, 2)
    ]
    last = asked[-1].row if asked else 1
    asked.append(Asked(last + 1, "A-1098", _NEVER_ISSUED, "Robin Fairwater", "46"))
    asked.append(Asked(last + 2, "A-1099", "PSF 2019/114", "Lee Overbrook", "40"))
    answers = batches.answer(session, asked, at, stage.office)
    batches.keep(session, at, seat[0].id, seat[1], answers, repeated(asked))


def _read_on(row: Certificate) -> tuple[str, str]:
    facts = certificates.facts_of(row)
    return facts.holder, in_hours(facts.minutes)
