"""What is done to many certificates, carried out line by line: each in a transaction of its own."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.certificate import ReasonClass
from lms.domain.undertakings import Deed, End
from lms.models.certificates import Certificate
from lms.models.database import take_turn
from lms.models.people import Person
from lms.models.undertakings import Undertaking, UndertakingLine
from lms.records import issuing, learning
from lms.records.candidates import Letters
from lms.records.office import Office
from lms.records.shelf import Shelf


def carry_out_next(
    session: Session, shelf: Shelf, now: datetime, office: Office, number: int, letters: Letters
) -> bool:
    """Carry out one line that waits, and note how it ended; False when none does."""
    take_turn(session, f"undertaking:{number}")
    undertaking = session.get_one(Undertaking, number)
    waiting = select(UndertakingLine).where(
        UndertakingLine.undertaking_id == number, UndertakingLine.end == End.WAITING
    )
    line = session.scalar(waiting.order_by(UndertakingLine.id).limit(1))
    if line is None or not undertaking.is_on:
        return False
    if undertaking.deed == Deed.ISSUE:
        line.end = _issue(session, shelf, now, office, undertaking, line, letters)
    else:
        line.end = _revoke(session, now, undertaking, line)
    line.ended_at = now
    return True


def _issue(
    session: Session,
    shelf: Shelf,
    now: datetime,
    office: Office,
    undertaking: Undertaking,
    line: UndertakingLine,
    letters: Letters,
) -> End:
    person = session.get_one(Person, line.person_id)
    way = learning.way(session, shelf, person.id, line.program_id)
    if way is None or person.disabled_at is not None:
        return End.MISSING
    if way.certificate is not None:
        return End.HELD
    if letters(person.name):
        return End.LETTERS
    try:
        row = issuing.issue(
            session, way, person, now, office, by=undertaking.begun_by, in_bulk=True
        )
    except issuing.NotEligible:
        return End.MISSING
    except issuing.Withheld:
        return End.WITHHELD
    line.certificate_id = row.id
    return End.DONE


def _revoke(
    session: Session, now: datetime, undertaking: Undertaking, line: UndertakingLine
) -> End:
    row = session.get_one(Certificate, line.certificate_id)
    reason = ReasonClass(undertaking.reason_class or "")
    try:
        issuing.revoke(session, now, row, reason, undertaking.begun_by)
    except ValueError:
        return End.ENDED
    return End.DONE
