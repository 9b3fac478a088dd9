"""Certificates: frozen facts, and what happened to them since."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
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
    expires_on: Mapped[date | None]
    issued_at: Mapped[datetime]


class CertificateEvent(Base):
    """Why a certificate stopped being the one that counts: revoked, or replaced by another code."""

    __tablename__ = "certificate_events"
    __table_args__ = (UniqueConstraint("certificate_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"))
    state: Mapped[str]
    at: Mapped[datetime]
    reason_class: Mapped[str | None]
    replaced_by: Mapped[str | None]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Paper(Base):
    """The bytes of a PDF, rendered once from frozen facts."""

    __tablename__ = "papers"
    __table_args__ = (UniqueConstraint("certificate_id", "kind", "template"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"))
    kind: Mapped[str]
    template: Mapped[str]
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    rendered_at: Mapped[datetime]
