"""What happens around live sessions: changes of plan, signatures, and feeds for calendars."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.models.base import Base, PersonId, Ref


class SessionChange(Base):
    """A meeting was moved or cancelled; where it stood before, and the note for its people."""

    __tablename__ = "session_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    live_session_id: Mapped[int] = mapped_column(ForeignKey("live_sessions.id"), index=True)
    kind: Mapped[str]
    before_starts_at: Mapped[datetime]
    before_ends_at: Mapped[datetime]
    note: Mapped[str]
    changed_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    changed_at: Mapped[datetime]


class AttendanceSignature(Base):
    """A learner's own word on the times recorded for them: agreed, or not and what is wrong.

    It is about one revision of attendance; corrected times are asked about anew.
    """

    __tablename__ = "attendance_signatures"

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendances.id"), unique=True)
    person_id: Mapped[PersonId]
    agreed: Mapped[bool]
    words: Mapped[str]
    signed_at: Mapped[datetime]


class CalendarFeed(Base):
    """A person's timetable for calendar programs, at an address nobody can guess.

    The address is drawn from ``ref`` with the secret of the school, so that a stolen database
    opens no feed. A person has one feed at a time.
    """

    __tablename__ = "calendar_feeds"
    __table_args__ = (
        Index(
            "uq_calendar_feeds_person_id_open",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[Ref]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    shows_titles: Mapped[bool]
    shows_links: Mapped[bool]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
