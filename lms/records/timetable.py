"""Planning meetings ahead, moving and cancelling them, and what comes next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.attendance import EARLY, Break, check_breaks, check_times
from lms.domain.hours import Modality
from lms.models.hours import Attendance, LiveSession
from lms.models.people import Person
from lms.models.timetable import SessionChange
from lms.records import journal

AHEAD = timedelta(days=731)
MOVED, CANCELLED = "moved", "cancelled"


@dataclass(frozen=True, slots=True)
class Plan:
    """A meeting to come. ``link`` is shown to members of the cohort only."""

    cohort_id: int
    title: str
    modality: Modality
    interval: tuple[datetime, datetime]
    topics: Mapping[str, int]
    break_minutes: int = 0
    breaks: tuple[Break, ...] = ()
    place: str = ""
    link: str = ""
    asks_signature: bool = False


def plan(session: Session, now: datetime, by: Person, plan: Plan) -> LiveSession:
    """Put a meeting on the timetable. Raises ValueError with a sentence."""
    _check(now, plan.interval, plan.break_minutes, plan.breaks)
    starts_at, ends_at = plan.interval
    meeting = LiveSession(
        cohort_id=plan.cohort_id,
        title=plan.title,
        modality=plan.modality,
        starts_at=starts_at,
        ends_at=ends_at,
        break_minutes=plan.break_minutes,
        breaks=[list(pause) for pause in plan.breaks],
        topics=dict(plan.topics),
        held_by=by.id,
        created_at=now,
        place=plan.place,
        link=plan.link,
        asks_signature=plan.asks_signature,
    )
    session.add(meeting)
    session.flush()
    journal.note(session, now, by.id, "live-session:plan", f"live-session:{meeting.ref}")
    return meeting


def _check(
    now: datetime,
    interval: tuple[datetime, datetime],
    break_minutes: int,
    breaks: Iterable[Break],
) -> None:
    check_times(interval, break_minutes)
    length = int((interval[1] - interval[0]).total_seconds()) // 60
    check_breaks(length, list(breaks))
    if interval[1] <= now:
        raise ValueError("This time is over. Record a meeting you held on the sessions page.")
    if interval[0] > now + AHEAD:
        raise ValueError("A meeting can be planned up to two years ahead. Check the day.")


def move(
    session: Session,
    now: datetime,
    by: Person,
    meeting: LiveSession,
    interval: tuple[datetime, datetime],
    note: str,
) -> None:
    """Move a meeting that has not begun. Raises ValueError with a sentence."""
    _may_change(session, now, meeting, note)
    _check(now, interval, meeting.break_minutes, [(int(b), int(e)) for b, e in meeting.breaks])
    if interval == (meeting.starts_at, meeting.ends_at):
        raise ValueError("These are the times it has already.")
    _note(session, now, by, meeting, MOVED, note)
    meeting.starts_at, meeting.ends_at = interval


def cancel(session: Session, now: datetime, by: Person, meeting: LiveSession, note: str) -> None:
    """Cancel a meeting at which nobody was recorded. Raises ValueError with a sentence."""
    _may_change(session, now, meeting, note, is_move=False)
    _note(session, now, by, meeting, CANCELLED, note)
    meeting.cancelled_at = now


def _may_change(
    session: Session, now: datetime, meeting: LiveSession, note: str, is_move: bool = True
) -> None:
    if meeting.cancelled_at is not None:
        raise ValueError("This meeting was cancelled already.")
    if not note.strip():
        raise ValueError("Write a note, so that the learners know what happened.")
    if is_move and meeting.starts_at <= now:
        raise ValueError("This meeting has begun. It cannot be moved any more.")
    came = select(Attendance.id).where(Attendance.live_session_id == meeting.id).limit(1)
    if session.scalar(came) is not None:
        raise ValueError("People are recorded at this meeting. It cannot be changed any more.")


def _note(
    session: Session, now: datetime, by: Person, meeting: LiveSession, kind: str, note: str
) -> None:
    session.add(
        SessionChange(
            live_session_id=meeting.id,
            kind=kind,
            before_starts_at=meeting.starts_at,
            before_ends_at=meeting.ends_at,
            note=note.strip(),
            changed_by=by.id,
            changed_at=now,
        )
    )
    journal.note(session, now, by.id, f"live-session:{kind}", f"live-session:{meeting.ref}")


def coming(
    session: Session, cohort_ids: Iterable[int], now: datetime, limit: int = 50
) -> list[LiveSession]:
    """Meetings of cohorts that are not over (or were, a moment ago), cancelled ones as well."""
    found = select(LiveSession).where(
        LiveSession.cohort_id.in_(list(cohort_ids)),
        LiveSession.starts_at > now - timedelta(hours=13),
        LiveSession.ends_at > now - EARLY,
    )
    return list(session.scalars(found.order_by(LiveSession.starts_at, LiveSession.id).limit(limit)))


def changes(session: Session, meetings: Iterable[LiveSession]) -> dict[int, list[SessionChange]]:
    """Changes of plan by meeting, in order."""
    ids = [meeting.id for meeting in meetings]
    if not ids:
        return {}
    rows = select(SessionChange).where(SessionChange.live_session_id.in_(ids))
    found: dict[int, list[SessionChange]] = {}
    for row in session.scalars(rows.order_by(SessionChange.id)):
        found.setdefault(row.live_session_id, []).append(row)
    return found
