"""One person's own presence: what they got at each meeting, their signature, and making up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from lms.domain import make_up
from lms.domain.hours import split
from lms.domain.make_up import Offer, Plan, Seen
from lms.models.hours import Attendance, LedgerEntry, LiveSession
from lms.models.people import Person
from lms.models.timetable import AttendanceSignature
from lms.records import journal
from lms.records.live_sessions import minutes_of


@dataclass(frozen=True, slots=True)
class Attended:
    """Someone's newest attendance of a meeting they came to.

    ``got`` is None while no minutes stand in the ledger for it: nobody said yet when they left, or
    the line was taken back.
    """

    row: Attendance
    meeting: LiveSession
    minutes: int | None
    got: Mapping[str, int] | None
    signature: AttendanceSignature | None

    @property
    def may_sign(self) -> bool:
        """True when the learner is asked whether the times are right, and has not said so yet."""
        asked = self.meeting.asks_signature and self.signature is None
        return asked and self.row.left_at is not None


def of_people(session: Session, person_ids: Iterable[int]) -> dict[int, list[Attended]]:
    """What people came to, by person, in the order of time; one statement."""
    back = aliased(LedgerEntry)
    rows = session.execute(
        select(Attendance, LiveSession, LedgerEntry.minutes, LedgerEntry.topics, back.id,
               AttendanceSignature)
        .join(LiveSession, LiveSession.id == Attendance.live_session_id)
        .outerjoin(LedgerEntry, LedgerEntry.id == Attendance.entry_id)
        .outerjoin(back, back.reverses_id == LedgerEntry.id)
        .outerjoin(AttendanceSignature, AttendanceSignature.attendance_id == Attendance.id)
        .where(Attendance.person_id.in_(list(person_ids)))
        .order_by(LiveSession.starts_at, Attendance.revision)
    )  # fmt: skip
    newest = {
        (row.person_id, meeting.id): Attended(
            row, meeting, None if taken else minutes, None if taken else got, signature
        )
        for row, meeting, minutes, got, taken, signature in rows
    }
    found: dict[int, list[Attended]] = {}
    for (person_id, _meeting), mine in newest.items():
        if mine.row.arrived_at is not None:
            found.setdefault(person_id, []).append(mine)
    return found


def plan(attended: Iterable[Attended], coming: Iterable[LiveSession], now: datetime) -> Plan:
    """What someone missed by topic, and the fewest coming meetings that make up for it."""
    seen = [
        Seen(one.meeting.starts_at, worth(one.meeting), one.got)
        for one in attended
        if one.got is not None
    ]
    offers = [
        Offer(meeting.ref, meeting.starts_at, worth(meeting))
        for meeting in coming
        if meeting.cancelled_at is None and meeting.starts_at > now
    ]
    return make_up.smallest(make_up.missing(seen), offers)


def worth(meeting: LiveSession) -> dict[str, int]:
    """What all of a meeting is worth, in minutes by topic."""
    return split(minutes_of(meeting, (meeting.starts_at, meeting.ends_at)), meeting.topics)


def sign(
    session: Session, now: datetime, learner: Person, mine: Attended, agreed: bool, words: str
) -> None:
    """A learner says whether their times are right. Raises ValueError with a sentence."""
    if not mine.may_sign:
        raise ValueError("There is nothing to confirm here. Load the page again.")
    if not agreed and not words.strip():
        raise ValueError("Write what is not right, so that your trainer can correct it.")
    session.add(
        AttendanceSignature(
            attendance_id=mine.row.id,
            person_id=learner.id,
            agreed=agreed,
            words="" if agreed else words.strip(),
            signed_at=now,
        )
    )
    journal.note(
        session, now, learner.id, "live-session:sign",
        f"live-session:{mine.meeting.ref}", agreed=int(agreed),
    )  # fmt: skip


def signatures(session: Session, rows: Iterable[Attendance]) -> dict[int, AttendanceSignature]:
    """What learners said of these rows of attendance, by row."""
    ids = [row.id for row in rows]
    if not ids:
        return {}
    found = select(AttendanceSignature).where(AttendanceSignature.attendance_id.in_(ids))
    return {one.attendance_id: one for one in session.scalars(found)}
