"""People, what they are here, and the devices they are signed in on."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.models.base import Base, Digest, PersonId, Ref


class Person(Base):
    """Someone with an account. ``name`` is what certificates print; nothing of a person's health
    is kept. ``nudges_off_at`` is since when they want no letters about going on.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[Ref]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    password_set_at: Mapped[datetime]
    time_factor: Mapped[int] = mapped_column(default=100)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    nudges_off_at: Mapped[datetime | None]

    @property
    def first_name(self) -> str:
        """How a page greets: the first word of the name."""
        return self.name.split(" ")[0]


class Cohort(Base):
    """A group that goes through one program together."""

    __tablename__ = "cohorts"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[Ref]
    title: Mapped[str]
    program_id: Mapped[str]
    created_at: Mapped[datetime]


class GrantRow(Base):
    """One role of one person, in a cohort or (without one) in the whole school."""

    __tablename__ = "grants"
    __table_args__ = (
        UniqueConstraint("person_id", "role", "cohort_id"),
        Index(
            "uq_grants_person_id_role_school",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("cohort_id IS NULL"),
            postgresql_where=text("cohort_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[PersonId]
    role: Mapped[str]
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohorts.id"), index=True)


class Device(Base):
    """A sign-in on one device. The token itself is only in the browser; here is its digest."""

    __tablename__ = "devices"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[Ref]
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    person_id: Mapped[PersonId]
    label: Mapped[str]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInFailure(Base):
    """A failed sign-in, counted by account and by address, both as keyed digests."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (
        Index(None, "account_digest", "at"),
        Index(None, "address_digest", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_digest: Mapped[Digest]
    address_digest: Mapped[Digest]
    at: Mapped[datetime]


class Invitation(Base):
    """A link that lets one person join a cohort in a role, once.

    An open sign-up keeps its name and password hash here until the address is confirmed.
    """

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    email: Mapped[str]
    role: Mapped[str]
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohorts.id"), index=True)
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str] = mapped_column(default="")
