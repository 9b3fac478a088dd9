"""Meetings with a trainer, and who was there from when to when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.attendance import Break, How, check_times, counted_minutes
from lms.domain.hours import Modality
from lms.models.database import held
from lms.models.hours import Attendance, LedgerEntry, LiveSession
from lms.models.people import Cohort, Person
from lms.records import hours, journal


@dataclass(frozen=True, slots=True)
class Presence:
    """When a person came and went; ``left_at`` is None while nobody has said when they left."""

    arrived_at: datetime
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class Recording:
    """How presence comes to be recorded, why (for paper), who vouches if not who records, and the
    approvals valid on the day of the meeting."""

    how: How = How.TRAINER
    reason: str = ""
    voucher: Person | None = None
    approvals: tuple[str, ...] = ()


BY_TRAINER = Recording()


class Elsewhere(ValueError):
    """The person is recorded at another meeting at the same time."""

    def __init__(self, person_id: int, sentence: str) -> None:
        super().__init__(sentence)
        self.person_id = person_id


def of_cohorts(
    session: Session, cohort_ids: list[int], limit: int = 50, until: datetime | None = None
) -> list[LiveSession]:
    """Meetings of cohorts that began by ``until``, newest first."""
    found = select(LiveSession).where(LiveSession.cohort_id.in_(cohort_ids))
    if until is not None:
        found = found.where(LiveSession.starts_at <= until)
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
    if starts_at < ends_at and ends_at > now:
        raise ValueError("The meeting has not ended yet. Record it afterwards.")
    check_times(interval, break_minutes)
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


def of_person(session: Session, meeting: LiveSession, person_id: int) -> Attendance | None:
    """The newest attendance of one person."""
    mine = select(Attendance).where(
        Attendance.live_session_id == meeting.id, Attendance.person_id == person_id
    )
    return session.scalar(mine.order_by(Attendance.revision.desc()).limit(1))


def record(
    session: Session,
    now: datetime,
    by: Person,
    meeting: LiveSession,
    present: Mapping[int, Presence | None],
    recording: Recording = BY_TRAINER,
) -> int:
    """Record who was there and enter their minutes; returns how many people changed.

    A changed line is taken back and entered anew, so the ledger shows both. Nobody vouches for
    their own presence. Raises ValueError with a sentence, and Elsewhere for a person who is at
    another meeting at the same time.
    """
    _check_recording(meeting, recording)
    voucher = recording.voucher or by
    before = attendance(session, meeting)
    changed = {who: there for who, there in present.items() if not same(before.get(who), there)}
    if voucher.id in present:
        raise ValueError("You cannot record your own presence. Ask another trainer.")
    for person_id, sentence in elsewhere(session, meeting, changed).items():
        raise Elsewhere(person_id, sentence)
    for person_id, presence in changed.items():
        row = Attendance(
            live_session_id=meeting.id,
            person_id=person_id,
            arrived_at=presence and presence.arrived_at,
            left_at=presence and presence.left_at,
            recorded_by=by.id,
            recorded_at=now,
            how=recording.how,
            reason=recording.reason.strip(),
        )
        _record_one(session, now, voucher, meeting, before.get(person_id), row, recording)
    subject = f"live-session:{meeting.ref}"
    journal.note(
        session, now, by.id, "live-session:attendance", subject,
        changed=len(changed), how=recording.how,
    )  # fmt: skip
    return len(changed)


def _check_recording(meeting: LiveSession, recording: Recording) -> None:
    if meeting.cancelled_at is not None:
        raise ValueError("This meeting was cancelled. Nobody can be recorded at it.")
    if recording.how is How.PAPER and not recording.reason.strip():
        raise ValueError("Say why it is entered from paper, such as: the network was down.")


def same(row: Attendance | None, presence: Presence | None) -> bool:
    """Whether a presence is what is recorded already."""
    if row is None or row.arrived_at is None:
        return presence is None
    return presence == Presence(row.arrived_at, row.left_at)


def elsewhere(
    session: Session, meeting: LiveSession, present: Mapping[int, Presence | None]
) -> dict[int, str]:
    """A sentence for each person who is recorded at another meeting at the same time."""
    there = {who: presence for who, presence in present.items() if presence is not None}
    if not there:
        return {}
    rows = session.execute(
        select(Attendance, LiveSession)
        .join(LiveSession, LiveSession.id == Attendance.live_session_id)
        .where(
            Attendance.person_id.in_(list(there)),
            Attendance.live_session_id != meeting.id,
            LiveSession.starts_at < meeting.ends_at,
            LiveSession.ends_at > meeting.starts_at,
        )
        .order_by(Attendance.revision)
    )
    newest = {(row.person_id, row.live_session_id): (row, other) for row, other in rows}
    return {
        row.person_id: _sentence(row, other)
        for row, other in newest.values()
        if _overlaps(meeting, there[row.person_id], row, other)
    }


def _overlaps(
    meeting: LiveSession, presence: Presence, row: Attendance, other: LiveSession
) -> bool:
    if row.arrived_at is None:
        return False
    # Until someone says when they left, they may be there till the end.
    until = min(row.left_at or other.ends_at, other.ends_at)
    begin = max(row.arrived_at, other.starts_at)
    left_at = presence.left_at or presence.arrived_at + timedelta(seconds=1)
    return max(presence.arrived_at, meeting.starts_at) < until and max(
        begin, meeting.starts_at
    ) < min(left_at, meeting.ends_at)


def _sentence(row: Attendance, other: LiveSession) -> str:
    if row.left_at is None:
        return (
            f"This person is signed in at “{other.title}” at the same time, and nobody has said "
            "when they left. Enter that first."
        )
    return (
        f"This person was at “{other.title}” at the same time. Nobody is at two meetings at once: "
        "check both times."
    )


def _record_one(
    session: Session,
    now: datetime,
    voucher: Person,
    meeting: LiveSession,
    before: Attendance | None,
    row: Attendance,
    recording: Recording,
) -> None:
    if before and before.entry_id:
        old = session.get_one(LedgerEntry, before.entry_id)
        if not hours.is_taken_back(session, old):
            hours.reverse(session, now, old, "Attendance was corrected", voucher)
    row.revision = before.revision + 1 if before else 1
    if row.arrived_at is not None and row.left_at is not None:
        there = row.arrived_at, row.left_at
        row.entry_id = _enter(session, now, voucher, meeting, row, there, recording.approvals)
    session.add(row)


def _enter(
    session: Session,
    now: datetime,
    voucher: Person,
    meeting: LiveSession,
    row: Attendance,
    there: tuple[datetime, datetime],
    approvals: tuple[str, ...],
) -> int:
    entry = hours.enter_live(
        session,
        now,
        row.person_id,
        meeting.title,
        there,
        minutes_of(meeting, there),
        meeting.topics,
        Modality(meeting.modality),
        voucher,
        f"live-session:{meeting.ref}:{row.person_id}:{row.revision}",
        session.get_one(Cohort, meeting.cohort_id).program_id,
        approvals,
    )
    session.flush()
    return entry.id


def breaks_of(meeting: LiveSession) -> list[Break]:
    """The times of a meeting's breaks, as far as they are known."""
    return [(int(begin), int(end)) for begin, end in meeting.breaks]


def minutes_of(meeting: LiveSession, there: tuple[datetime, datetime]) -> int:
    """The minutes that count for someone who was there from when to when."""
    interval = (meeting.starts_at, meeting.ends_at)
    return counted_minutes(interval, there, meeting.break_minutes, breaks_of(meeting))
