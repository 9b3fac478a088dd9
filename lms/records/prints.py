"""PDFs of editions, printed once by the job worker."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.models.editions import Print


def find(session: Session, digest: str, template: str) -> bytes | None:
    """The PDF of an edition in that look, or None while it waits for the worker."""
    return session.scalar(
        select(Print.pdf).where(Print.digest == digest, Print.template == template)
    )


def keep(session: Session, now: datetime, digest: str, template: str, pdf: bytes) -> None:
    """Keep a PDF; a second one of the same edition and look changes nothing."""
    if session.get(Print, (digest, template)) is None:
        session.add(Print(digest=digest, template=template, pdf=pdf, printed_at=now))
