"""Sheets of checks and decisions: asked for once, printed once, the same bytes ever after."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lms.models.batches import ResultSheet
from lms.records import journal


def ask(session: Session, now: datetime, subject: str, facts: Mapping[str, Any]) -> None:
    """Freeze what a sheet says and have it printed; a second time changes nothing."""
    if session.get(ResultSheet, subject) is None:
        session.add(ResultSheet(subject=subject, facts=dict(facts), made_at=now))
        journal.later(session, now, "result-sheet", {"subject": subject})


def find(session: Session, subject: str) -> ResultSheet | None:
    """The sheet of a subject, printed or not, or None."""
    return session.get(ResultSheet, subject)


def pdf(session: Session, subject: str) -> bytes | None:
    """The printed sheet, or None while it waits for the worker."""
    return session.scalar(select(ResultSheet.pdf).where(ResultSheet.subject == subject))


def keep(session: Session, subject: str, template: str, printed: bytes) -> None:
    """Keep a print, unless the sheet was deleted meanwhile or holds one."""
    row = session.get(ResultSheet, subject)
    if row is not None and row.pdf is None:
        row.template, row.pdf = template, printed


def forget(session: Session, subject: str) -> None:
    """Delete a sheet."""
    session.execute(delete(ResultSheet).where(ResultSheet.subject == subject))
