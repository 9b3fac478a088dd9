"""A board's releases as its desk lists them: a page of each kind, by key."""

from datetime import datetime

from sqlalchemy import and_, not_, or_
from sqlalchemy.orm import Session

from lms.domain.release import Verdict
from lms.models.boards import Decision, Release
from lms.models.people import Person
from lms.records.releases import Standing, found, held_by, read

PAGE = 100
"""Releases on one page of a list."""

_WAITS = or_(
    Decision.id.is_(None),
    and_(Decision.verdict == Verdict.ASKED_BACK, Release.asked_again_at >= Decision.at),
)
"""As :func:`lms.domain.release.state` has it, for a list that must not read what was answered."""


def waiting(session: Session, now: datetime, board_id: int, limit: int = PAGE) -> list[Standing]:
    """A board's releases that wait for it: who waits longest comes first."""
    rows = found(*held_by(board_id, now), _WAITS).order_by(Release.id).limit(limit)
    return read(session, now, rows)


def holding(
    session: Session, now: datetime, board_id: int, after: Release | None, limit: int
) -> list[Standing]:
    """A page of a board's releases that hold, oldest first; those after one, if given."""
    rows = found(*held_by(board_id, now))
    if after is not None:
        rows = rows.where(Release.id > after.id)
    return read(session, now, rows.order_by(Release.id).limit(limit))


def answered(
    session: Session, now: datetime, board_id: int, before: Release | None = None
) -> list[Standing]:
    """A page of a board's answered releases that hold, newest first; those before one, if given."""
    rows = found(*held_by(board_id, now), not_(_WAITS))
    if before is not None:
        rows = rows.where(Release.id < before.id)
    return read(session, now, rows.order_by(Release.id.desc()).limit(PAGE))


def over_of_board(
    session: Session, now: datetime, board_id: int, limit: int = PAGE
) -> list[Standing]:
    """A board's newest releases that are over: kept in its list without anything of the record."""
    is_over = or_(
        Release.ended_at.is_not(None), Release.ends_at <= now, Person.disabled_at.is_not(None)
    )
    rows = found(Release.board_id == board_id, is_over)
    return read(session, now, rows.order_by(Release.id.desc()).limit(limit))
