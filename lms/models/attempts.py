"""Quiz attempts and the answers saved in them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.models.base import Base, PersonId, Ref


class Attempt(Base):
    """One sitting of a quiz. The result is written once, with the edition it was judged by."""

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("person_id", "quiz_id", "number"),
        CheckConstraint("points IS NULL OR (0 <= points AND points <= out_of)", name="points"),
        Index(
            "uq_attempts_one_live",
            "person_id",
            "quiz_id",
            unique=True,
            sqlite_where=text("submitted_at IS NULL"),
            postgresql_where=text("submitted_at IS NULL"),
        ),
        Index(
            "ix_attempts_live",
            "started_at",
            sqlite_where=text("submitted_at IS NULL"),
            postgresql_where=text("submitted_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[Ref]
    person_id: Mapped[PersonId]
    quiz_id: Mapped[str]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"))
    publication_id: Mapped[int] = mapped_column(ForeignKey("publications.id"))
    number: Mapped[int]
    seed: Mapped[str]
    items: Mapped[list[str]]
    minutes: Mapped[int | None]
    started_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    item_points: Mapped[list[int] | None]
    points: Mapped[int | None]
    out_of: Mapped[int | None]
    passed: Mapped[bool | None]


class ExtraGo(Base):
    """One more go at a quiz than its file allows, given by a coordinator."""

    __tablename__ = "extra_goes"
    __table_args__ = (Index(None, "person_id", "quiz_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    quiz_id: Mapped[str]
    given_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    given_at: Mapped[datetime]


class Answer(Base):
    """One saved answer. A later revision supersedes an earlier one; none is overwritten."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("attempt_id", "item_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    item_id: Mapped[str]
    revision: Mapped[int]
    chosen: Mapped[list[str]]
    saved_at: Mapped[datetime]
