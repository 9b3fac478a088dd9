"""What holders do with their certificates: have a name corrected, and show one to others."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lms.models.base import Base, PersonId, Ref


class NameCorrection(Base):
    """A name as it should be printed: asked for, and decided by someone who saw what shows it.

    ``outcome`` is "" while it waits, then approved, declined or withdrawn.
    """

    __tablename__ = "name_corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[Ref]
    person_id: Mapped[PersonId]
    name: Mapped[str]
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(default="")
    evidence: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]


class ShareLink(Base):
    """A link of a holder's to one certificate. Its address is signed from the reference."""

    __tablename__ = "share_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[Ref]
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"), index=True)
    person_id: Mapped[PersonId]
    scope: Mapped[str]
    label: Mapped[str]
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class ShareView(Base):
    """Someone opened a link, or took a paper by it. Who it was is not known, and not guessed."""

    __tablename__ = "share_views"

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("share_links.id"), index=True)
    what: Mapped[str]
    at: Mapped[datetime]
