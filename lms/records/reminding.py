"""Writing to holders before their certificate expires. The letter names no program and no hours."""

from datetime import date, datetime, timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from lms.domain.certificate import ENDED, REMINDERS, reminder
from lms.models.certificates import Certificate, CertificateEvent, ExpiryReminder
from lms.models.database import take_turn
from lms.models.people import Person
from lms.records import journal

_AT_ONCE = 200


def remind(session: Session, now: datetime, today: date) -> int:
    """Write the letters that are due, at most some at once; how many. Each is written once."""
    take_turn(session, "expiry-reminders")
    sent = 0
    for days in REMINDERS:
        for row, email in _due(session, today, days):
            if reminder(row.expires_on or today, today) == days:
                session.add(ExpiryReminder(certificate_id=row.id, days=days, at=now))
                _write(session, now, email, row.expires_on or today)
                sent += 1
    session.flush()
    return sent


def _due(session: Session, today: date, days: int) -> list[tuple[Certificate, str]]:
    """Certificates that end within so many days, and whose holder has had no nearer letter."""
    ended = select(CertificateEvent.id).where(
        CertificateEvent.certificate_id == Certificate.id, CertificateEvent.state.in_(ENDED)
    )
    newer = aliased(Certificate)
    renewed = select(newer.id).where(
        newer.person_id == Certificate.person_id,
        newer.program_id == Certificate.program_id,
        newer.period > Certificate.period,
    )
    told = and_(ExpiryReminder.certificate_id == Certificate.id, ExpiryReminder.days <= days)
    nearer = [other for other in REMINDERS if other < days]
    begin = today + timedelta(days=nearer[-1] + 1 if nearer else 0)
    found = (
        select(Certificate, Person.email)
        .join(Person, Person.id == Certificate.person_id)
        .outerjoin(ExpiryReminder, told)
        .where(
            Certificate.expires_on.between(begin, today + timedelta(days=days)),
            Person.disabled_at.is_(None),
            ExpiryReminder.days.is_(None),
            ~ended.exists(),
            ~renewed.exists(),
        )
        .order_by(Certificate.id)
        .limit(_AT_ONCE)
    )
    return [(row, email) for row, email in session.execute(found)]


def _write(session: Session, now: datetime, email: str, last: date) -> None:
    journal.send_mail(
        session,
        now,
        email,
        "One of your certificates ends soon",
        f"Its last day is {last.day} {last:%B %Y}. Sign in and open Certificates to see which. Ask "
        "your board or your coordinator what renews it. What you have earned stays on your record.",
    )
