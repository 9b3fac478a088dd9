"""What others say of a line of hours: our checks, and supervisors' confirmations by a link."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.models.base import Base, Digest, PersonId, Ref


class EntryCheck(Base):
    """What was said of a line: agreed, declined with a reason, or an earlier word taken back.

    A later row of the same line supersedes an earlier one. ``voucher`` is who said it: someone of
    ours (``voucher_id``), or a supervisor as they named themselves, with their role, whether they
    are a certified peer, and for how many years they have supervised peers.
    """

    __tablename__ = "entry_checks"
    __table_args__ = (
        UniqueConstraint("entry_id", "revision"),
        CheckConstraint("verdict = 'agreed' OR reason <> ''", name="no_has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("ledger_entries.id"))
    revision: Mapped[int]
    verdict: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    voucher: Mapped[str]
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str] = mapped_column(default="")
    is_peer: Mapped[bool | None]
    years: Mapped[int | None]
    request_id: Mapped[int | None] = mapped_column(
        ForeignKey("confirmation_requests.id"), index=True
    )
    said_at: Mapped[datetime]


class ConfirmationRequest(Base):
    """A learner asks a supervisor without an account to confirm lines. The token itself is only in
    the letter; here is its digest.
    """

    __tablename__ = "confirmation_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[Ref]
    person_id: Mapped[PersonId]
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    to_name: Mapped[str]
    to_email: Mapped[str]
    relation: Mapped[str]
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class ConfirmationLine(Base):
    """One line that a request asks about."""

    __tablename__ = "confirmation_lines"
    __table_args__ = (UniqueConstraint("request_id", "entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("confirmation_requests.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("ledger_entries.id"), index=True)


class ConfirmationEvent(Base):
    """A request was answered, or taken back: each at most once."""

    __tablename__ = "confirmation_events"
    __table_args__ = (UniqueConstraint("request_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("confirmation_requests.id"))
    kind: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
