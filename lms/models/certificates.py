"""Certificates: frozen facts, and what happened to them since."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.models.base import Base, Digest, PersonId


class Certificate(Base):
    """One issued paper. One line of versions per person, program and period: a correction is the
    next version.
    """

    __tablename__ = "certificates"
    __table_args__ = (UniqueConstraint("person_id", "program_id", "period", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code_digest: Mapped[Digest] = mapped_column(unique=True)
    code: Mapped[str]
    person_id: Mapped[PersonId]
    program_id: Mapped[str]
    period: Mapped[int]
    version: Mapped[int]
    facts: Mapped[dict[str, Any]]
    facts_digest: Mapped[Digest]
    issued_on: Mapped[date]
    expires_on: Mapped[date | None] = mapped_column(index=True)
    issued_at: Mapped[datetime]
    name_hidden_at: Mapped[datetime | None]


_ENDED = text("state IN ('revoked', 'replaced')")


class CertificateEvent(Base):
    """What befell a certificate. It ends once, revoked or replaced by another code; before that it
    can be suspended and become valid again, in turn.
    """

    __tablename__ = "certificate_events"
    __table_args__ = (
        Index(
            "uq_certificate_events_ended",
            "certificate_id",
            unique=True,
            sqlite_where=_ENDED,
            postgresql_where=_ENDED,
        ),
        Index(None, "actor_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"), index=True)
    state: Mapped[str]
    at: Mapped[datetime]
    reason_class: Mapped[str | None]
    replaced_by: Mapped[str | None]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class ExpiryReminder(Base):
    """A holder was written to so many days before the end: once each, whatever is killed."""

    __tablename__ = "expiry_reminders"

    certificate_id: Mapped[int] = mapped_column(
        ForeignKey("certificates.id"), primary_key=True, autoincrement=False
    )
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]


class Paper(Base):
    """The bytes of a PDF, rendered once from frozen facts. ``sha256`` is its name for ever; the
    other digest is that of the same paper before it was signed.
    """

    __tablename__ = "papers"
    __table_args__ = (UniqueConstraint("certificate_id", "kind", "template"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"))
    kind: Mapped[str]
    template: Mapped[str]
    sha256: Mapped[Digest] = mapped_column(index=True)
    unsigned_sha256: Mapped[Digest]
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    rendered_at: Mapped[datetime]
