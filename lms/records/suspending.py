"""Suspending a certificate while it is looked into, and lifting that.

The public log has no leaf for it: the log holds what is final, and this is not.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.certificate import ENDED, State
from lms.models.certificates import Certificate, CertificateEvent
from lms.models.database import take_turn
from lms.models.people import Person
from lms.records import credentials, journal, watches

_LETTERS = {
    State.SUSPENDED: (
        "One of your certificates is being looked into",
        (
            "Until that is settled, whoever checks it is told to ask the school. Nothing is lost, "
            "and nothing is decided. Sign in and open Certificates to see which one it is, and ask "
            "your coordinator why."
        ),
    ),
    State.VALID: (
        "Your certificate counts again",
        "What was looked into is settled. Whoever checks your certificate sees that it counts.",
    ),
}
"""What the holder is told: they must not learn it from a board."""


def suspend(session: Session, now: datetime, row: Certificate, by: int | None) -> None:
    """Tell whoever checks it not to rely on it for now. Raises ValueError with a sentence when it
    ended or is suspended already.
    """
    last = _last(session, row)
    if last == State.SUSPENDED:
        raise ValueError("This certificate is suspended already. Nothing was changed.")
    _befall(session, now, row, State.SUSPENDED, by, "certificate:suspend")


def lift(session: Session, now: datetime, row: Certificate, by: int | None) -> None:
    """Let it count again. Raises ValueError with a sentence when it is not suspended."""
    if _last(session, row) != State.SUSPENDED:
        raise ValueError("This certificate is not suspended. Nothing was changed.")
    _befall(session, now, row, State.VALID, by, "certificate:lift")


def is_suspended(session: Session, row: Certificate) -> bool:
    """Whether it is suspended now."""
    return _newest(session, row) == State.SUSPENDED


def _newest(session: Session, row: Certificate) -> str | None:
    found = select(CertificateEvent.state).where(CertificateEvent.certificate_id == row.id)
    return session.scalar(found.order_by(CertificateEvent.id.desc()).limit(1))


def _last(session: Session, row: Certificate) -> str | None:
    """What befell it last. Raises ValueError for one that ended."""
    take_turn(session, f"suspend:{row.id}")
    last = _newest(session, row)
    if last in ENDED:
        raise ValueError("This certificate was revoked or replaced. Nothing was changed.")
    return last


def _befall(
    session: Session, now: datetime, row: Certificate, state: State, by: int | None, deed: str
) -> None:
    session.add(CertificateEvent(certificate_id=row.id, state=state, at=now, actor_id=by))
    session.flush()
    journal.later(session, now, credentials.STATUS_JOB, {})
    watches.tell(session, now, row)
    holder = session.get_one(Person, row.person_id)
    journal.send_mail(session, now, holder.email, *_LETTERS[state])
    journal.note(session, now, by, deed, f"certificate:{row.id}")
