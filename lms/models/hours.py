"""The ledger of hours, and the live sessions that feed it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    case,
    false,
    func,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, column_property, mapped_column

from lms.models.base import Base, PersonId, Ref
from lms.models.vouching import EntryCheck


class LedgerEntry(Base):
    """One line, never changed. A correction is a line that reverses it; each line is reversed at
    most once.

    ``program_id`` is the program it was earned in, "" for time that belongs to none; ``module_id``
    the module, for self-paced time. ``needs`` says what a line needs before anyone stands behind it
    (lms.domain.vouching), ``verdict`` and ``vouched_by`` are the last word on it and whose it is,
    "" when there is none. A correction stands as the line it takes back.
    """

    __tablename__ = "ledger_entries"
    __table_args__ = (
        CheckConstraint("reverses_id IS NULL OR reason <> ''", name="reversal_has_reason"),
        CheckConstraint("reverses_id IS NOT NULL OR minutes >= 0", name="minutes_not_negative"),
        Index(None, "person_id", "starts_at", "id"),
        Index(None, "person_id", "ends_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[Ref]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    minutes: Mapped[int]
    topics: Mapped[dict[str, int]]
    modality: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    evidence: Mapped[str]
    title: Mapped[str]
    voucher: Mapped[str]
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entries.id"), unique=True)
    reason: Mapped[str] = mapped_column(default="")
    event_key: Mapped[str] = mapped_column(unique=True)
    program_id: Mapped[str]
    module_id: Mapped[str | None]
    entered_at: Mapped[datetime]
    origin: Mapped[str] = mapped_column(default="ours")
    place: Mapped[str] = mapped_column(default="")
    provider: Mapped[str] = mapped_column(default="")
    approvals: Mapped[list[str]] = mapped_column(default=list)
    pay: Mapped[str] = mapped_column(default="")
    needs: Mapped[str] = mapped_column(default="")
    if TYPE_CHECKING:
        verdict: Mapped[str]
        vouched_by: Mapped[str]


def _last_said(what: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """A column of the last word on a line; only lines that need one are looked up."""
    about = func.coalesce(LedgerEntry.reverses_id, LedgerEntry.id)
    newest = select(what).where(EntryCheck.entry_id == about)
    found = newest.order_by(EntryCheck.revision.desc()).limit(1).correlate(LedgerEntry)
    return case((LedgerEntry.needs == "", ""), else_=func.coalesce(found.scalar_subquery(), ""))


LedgerEntry.verdict = column_property(_last_said(EntryCheck.verdict))
LedgerEntry.vouched_by = column_property(_last_said(EntryCheck.voucher))


class LiveSession(Base):
    """A meeting with a trainer, coming or held. The share of each topic is in whole percents.

    ``breaks`` are pairs of minutes after the start; without them only ``break_minutes`` is known.
    ``code_by`` is the trainer who showed the code that changes, and vouches for who used it.
    """

    __tablename__ = "live_sessions"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="ends_after_start"),
        CheckConstraint("break_minutes >= 0", name="break_not_negative"),
        Index(None, "cohort_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[Ref]
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohorts.id"))
    title: Mapped[str]
    modality: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    break_minutes: Mapped[int]
    topics: Mapped[dict[str, int]]
    held_by: Mapped[PersonId]
    created_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="", server_default="")
    link: Mapped[str] = mapped_column(default="", server_default="")
    breaks: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    asks_signature: Mapped[bool] = mapped_column(default=False, server_default=false())
    code_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    cancelled_at: Mapped[datetime | None]


class Attendance(Base):
    """Who was there from when to when; a later row of the same person supersedes an earlier one.

    Without ``left_at`` the person came and nobody has said yet when they left: nothing is counted.
    ``how`` says how it was recorded (lms.domain.attendance.How).
    """

    __tablename__ = "attendances"
    __table_args__ = (UniqueConstraint("live_session_id", "person_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    live_session_id: Mapped[int] = mapped_column(ForeignKey("live_sessions.id"))
    person_id: Mapped[PersonId]
    revision: Mapped[int]
    arrived_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entries.id"))
    recorded_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]
    how: Mapped[str] = mapped_column(default="trainer", server_default="trainer")
    reason: Mapped[str] = mapped_column(default="", server_default="")
