"""What happened, what was already done, and what still has to be sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.models.base import Base


class AuditEvent(Base):
    """One change of state, written in the same transaction. Refs and words, never names or
    answers.
    """

    __tablename__ = "audit_events"
    __table_args__ = (Index(None, "subject", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    tag: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[dict[str, Any]]


class OnceKey(Base):
    """A form that has been acted on, and where its answer is shown."""

    __tablename__ = "once_keys"

    key: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    location: Mapped[str]
    at: Mapped[datetime]


class OutboxJob(Base):
    """Work that may wait, written with what caused it and run afterwards by the job worker."""

    __tablename__ = "outbox_jobs"
    __table_args__ = (
        Index(
            "ix_outbox_jobs_open",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    body: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    fault: Mapped[str] = mapped_column(default="")
