"""Writing down what happened and what still has to be sent, with what caused it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.models.journal import AuditEvent, OnceKey, OutboxJob

HAS_JOBS = "has_jobs"
"""The mark on a session that has put work into the outbox."""


_LAST = ("guide", "result-sheet", "paper-in-bulk")


def note(
    session: Session,
    now: datetime,
    actor_id: int | None,
    tag: str,
    subject: str,
    **detail: str | int | None,
) -> None:
    """Add the one audit event of a change. Refs and words only: no names, answers or health
    data.
    """
    session.add(AuditEvent(at=now, actor_id=actor_id, tag=tag, subject=subject, detail=detail))


def send_mail(session: Session, now: datetime, to: str, subject: str, text: str) -> None:
    """Put a letter into the outbox; the job worker delivers it after the commit."""
    later(session, now, "mail", {"to": to, "subject": subject, "text": text})


def later(session: Session, now: datetime, kind: str, body: Mapping[str, str | int]) -> OutboxJob:
    """Put work into the outbox."""
    job = OutboxJob(kind=kind, body=dict(body), created_at=now, next_try_at=now)
    session.add(job)
    session.info[HAS_JOBS] = True
    return job


def open_jobs(session: Session, now: datetime, limit: int = 50) -> list[OutboxJob]:
    """Jobs that are due, oldest first. What prints for seconds comes last: guides, the sheets of
    boards, whose answers are there at once without them, and papers of a whole cohort.
    """
    due = (
        select(OutboxJob)
        .where(OutboxJob.done_at.is_(None), OutboxJob.next_try_at <= now)
        .order_by(OutboxJob.kind.in_(_LAST), OutboxJob.id)
        .limit(limit)
    )
    return list(session.scalars(due))


def remember(
    session: Session, now: datetime, key: str, person_id: int | None, location: str
) -> None:
    """Note that a form was acted on, so that the same form sent again shows the same answer."""
    session.add(OnceKey(key=key, person_id=person_id, location=location, at=now))


def answered_at(session: Session, key: str) -> str | None:
    """Where the answer to this form is shown, if it was acted on before."""
    return session.scalar(select(OnceKey.location).where(OnceKey.key == key))


def newest_jobs(session: Session, limit: int = 100) -> list[OutboxJob]:
    """The outbox, newest first."""
    return list(session.scalars(select(OutboxJob).order_by(OutboxJob.id.desc()).limit(limit)))
