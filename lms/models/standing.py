"""What a learner says of their own standing with boards. Every row is for its holder's eyes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.models.base import Base, PersonId, Ref


class FollowedBoard(Base):
    """A requirement pack that a learner follows, from one moment to another."""

    __tablename__ = "followed_boards"
    __table_args__ = (
        Index(
            "uq_followed_boards_now",
            "person_id",
            "pack_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[PersonId]
    pack_id: Mapped[str]
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class FactHeld(Base):
    """One answer to one question of one board; a later revision supersedes an earlier one.

    ``standing`` is attested, waiting or shown; "no" where they said not yet, "unsaid" where they
    took an answer back. ``amount`` is never more than what the board asks. ``version`` names the
    text of a code of ethics.
    """

    __tablename__ = "facts_held"
    __table_args__ = (UniqueConstraint("person_id", "pack_id", "requirement_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    pack_id: Mapped[str]
    requirement_id: Mapped[str]
    revision: Mapped[int]
    kind: Mapped[str]
    standing: Mapped[str]
    amount: Mapped[int | None]
    since: Mapped[date | None]
    version: Mapped[str] = mapped_column(default="")
    said_at: Mapped[datetime]


class CredentialHeld(Base):
    """A board's credential as its holder tells of it; without a first day it was taken back."""

    __tablename__ = "credentials_held"
    __table_args__ = (UniqueConstraint("person_id", "pack_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    pack_id: Mapped[str]
    revision: Mapped[int]
    certified_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    said_at: Mapped[datetime]


class ApplicationPack(Base):
    """An application to a board as it was put together on a day: frozen facts, and their PDF."""

    __tablename__ = "application_packs"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[Ref]
    person_id: Mapped[PersonId]
    pack_id: Mapped[str]
    facts: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    template: Mapped[str | None]
    pdf: Mapped[bytes | None] = mapped_column(LargeBinary)
