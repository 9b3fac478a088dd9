"""The board's desk has something on it: a list that was checked, with one line of each answer."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.batches import Asked, repeated
from lms.domain.certificate import in_hours, spaced
from lms.models.boards import Board, BoardMember
from lms.models.certificates import Certificate
from lms.models.people import Person
from lms.records import batches, certificates
from lms.records.office import Office

_NEVER_ISSUED = "3F9KQ-7TN2M-0RWXA-5HJ8V-PCD4E-6M"


def check_a_list(session: Session, now: datetime, office: Office) -> None:
    """Have whoever works at a board check every certificate there is, and two that are none."""
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
    when = now - timedelta(hours=20)
    answers = batches.answer(session, asked, when, office)
    batches.keep(session, when, seat[0].id, seat[1], answers, repeated(asked))


def _read_on(row: Certificate) -> tuple[str, str]:
    facts = certificates.facts_of(row)
    return facts.holder, in_hours(facts.minutes)
