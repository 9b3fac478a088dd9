"""Meetings with a trainer, and who was there from when to when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.hours import Modality, present_minutes
from lms.models.database import held
from lms.models.hours import Attendance, LedgerEntry, LiveSession
from lms.models.people import Cohort, Person
from lms.records import hours, journal


@dataclass(frozen=True, slots=True)
class Presence:
    """When a person came and went; None when they were not there."""

    arrived_at: datetime
    left_at: datetime


def of_cohorts(session: Session, cohort_ids: list[int], limit: int = 50) -> list[LiveSession]:
    """Meetings of cohorts, newest first."""
    found = select(LiveSession).where(LiveSession.cohort_id.in_(cohort_ids))
    return list(session.scalars(found.order_by(LiveSession.starts_at.desc()).limit(limit)))


def by_ref(session: Session, ref: str) -> LiveSession | None:
    """The meeting of an opaque reference, or None."""
    return session.scalar(held(session, select(LiveSession).where(LiveSession.ref == ref)))


def hold(
    session: Session,
    now: datetime,
    by: Person,
    cohort_id: int,
    title: str,
    modality: Modality,
    interval: tuple[datetime, datetime],
    break_minutes: int,
    topics: Mapping[str, int],
) -> LiveSession:
    """Record that a meeting was held. Raises ValueError with a sentence."""
    starts_at, ends_at = interval
    if ends_at <= starts_at:
        raise ValueError("The end must be after the start.")
    if ends_at > now:
        raise ValueError("The meeting has not ended yet. Record it afterwards.")
    if (ends_at - starts_at).total_seconds() > 12 * 3600:
        raise ValueError("A meeting can last 12 hours at most. Check both times.")
    if break_minutes * 60 >= (ends_at - starts_at).total_seconds():
        raise ValueError("The breaks are as long as the meeting. Check the minutes.")
    meeting = LiveSession(
        cohort_id=cohort_id,
        title=title,
        modality=modality,
        starts_at=starts_at,
        ends_at=ends_at,
        break_minutes=break_minutes,
        topics=dict(topics),
        held_by=by.id,
        created_at=now,
    )
    session.add(meeting)
    session.flush()
    journal.note(session, now, by.id, "live-session:hold", f"live-session:{meeting.ref}")
    return meeting


def attendance(session: Session, meeting: LiveSession) -> dict[int, Attendance]:
    """The newest attendance of each person, by person id."""
    rows = select(Attendance).where(Attendance.live_session_id == meeting.id)
    return {row.person_id: row for row in session.scalars(rows.order_by(Attendance.revision))}


def record(
    session: Session,
    now: datetime,
    by: Person,
    meeting: LiveSession,
    present: Mapping[int, Presence | None],
) -> int:
    """Record who was there and enter their minutes; returns how many people changed.

    A changed line is taken back and entered anew, so the ledger shows both. Nobody vouches for
    their own presence.
    """
    before = attendance(session, meeting)
    changed = 0
    for person_id, presence in present.items():
        if person_id == by.id:
            raise ValueError("You cannot record your own presence. Ask another trainer.")
        row = before.get(person_id)
        if _same(row, presence):
            continue
        _record_one(session, now, by, meeting, person_id, row, presence)
        changed += 1
    journal.note(
        session,
        now,
        by.id,
        "live-session:attendance",
        f"live-session:{meeting.ref}",
        changed=changed,
    )
    return changed


def _same(row: Attendance | None, presence: Presence | None) -> bool:
    if row is None or row.arrived_at is None or row.left_at is None:
        return presence is None
    return presence == Presence(row.arrived_at, row.left_at)


def _record_one(
    session: Session,
    now: datetime,
    by: Person,
    meeting: LiveSession,
    person_id: int,
    before: Attendance | None,
    presence: Presence | None,
) -> None:
    if before and before.entry_id:
        old = session.get_one(LedgerEntry, before.entry_id)
        if not hours.is_taken_back(session, old):
            hours.reverse(session, now, old, "Attendance was corrected", by)
    row = Attendance(
        live_session_id=meeting.id,
        person_id=person_id,
        revision=before.revision + 1 if before else 1,
        arrived_at=presence and presence.arrived_at,
        left_at=presence and presence.left_at,
        recorded_by=by.id,
        recorded_at=now,
    )
    if presence is not None:
        row.entry_id = _enter(session, now, by, meeting, row, presence)
    session.add(row)


def _enter(
    session: Session,
    now: datetime,
    by: Person,
    meeting: LiveSession,
    row: Attendance,
    presence: Presence,
) -> int:
    entry = hours.enter_live(
        session,
        now,
        row.person_id,
        meeting.title,
        (presence.arrived_at, presence.left_at),
        _minutes(meeting, presence),
        meeting.topics,
        Modality(meeting.modality),
        by,
        f"live-session:{meeting.ref}:{row.person_id}:{row.revision}",
        session.get_one(Cohort, meeting.cohort_id).program_id,
    )
    session.flush()
    return entry.id


def _minutes(meeting: LiveSession, presence: Presence) -> int:
    return present_minutes(
        (meeting.starts_at, meeting.ends_at),
        (presence.arrived_at, presence.left_at),
        meeting.break_minutes,
    )
