"""Role-plays: what the learner said, what raters signed, what was decided and released."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.models.base import Base, CohortId, Digest, PersonId, Ref


class RolePlay(Base):
    """One go at a scenario. ``mode`` is "written" or "live"; ``queue_key`` shuffles the queue
    stably.

    ``state`` is open, waiting, third or decided: a copy of what sheets and outcomes say, kept in
    the same transaction so that a queue is one index range.
    """

    __tablename__ = "role_plays"
    __table_args__ = (
        UniqueConstraint("person_id", "scenario_id", "number"),
        Index(
            "uq_role_plays_one_live",
            "person_id",
            "scenario_id",
            unique=True,
            sqlite_where=text("state <> 'decided'"),
            postgresql_where=text("state <> 'decided'"),
        ),
        Index(None, "cohort_id", "state", "handed_in_on", "queue_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[Ref]
    person_id: Mapped[PersonId]
    scenario_id: Mapped[str]
    cohort_id: Mapped[CohortId]
    publication_id: Mapped[int] = mapped_column(ForeignKey("publications.id"))
    mode: Mapped[str]
    number: Mapped[int]
    state: Mapped[str]
    started_at: Mapped[datetime]
    handed_in_at: Mapped[datetime | None]
    handed_in_on: Mapped[str | None]
    queue_key: Mapped[Digest]
    released_at: Mapped[datetime | None]


class Reply(Base):
    """What the learner answered to one of the persona's turns; later revisions supersede earlier
    ones.
    """

    __tablename__ = "replies"
    __table_args__ = (UniqueConstraint("role_play_id", "turn", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    role_play_id: Mapped[int] = mapped_column(ForeignKey("role_plays.id"))
    turn: Mapped[int]
    revision: Mapped[int]
    text: Mapped[str]
    saved_at: Mapped[datetime]


class SheetRow(Base):
    """One rater's sheet: a draft that only they see until it is signed, and never changed after."""

    __tablename__ = "sheets"
    __table_args__ = (
        UniqueConstraint("role_play_id", "rater_id"),
        UniqueConstraint("role_play_id", "seat"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    role_play_id: Mapped[int] = mapped_column(ForeignKey("role_plays.id"))
    rater_id: Mapped[PersonId]
    seat: Mapped[int]
    revision: Mapped[int]
    ratings: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
    signed_at: Mapped[datetime | None]


class Outcome(Base):
    """What was decided, or how it was amended and why. The newest row of a role-play stands."""

    __tablename__ = "outcomes"
    __table_args__ = (UniqueConstraint("role_play_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    role_play_id: Mapped[int] = mapped_column(ForeignKey("role_plays.id"))
    revision: Mapped[int]
    passed: Mapped[bool]
    levels: Mapped[dict[str, int]]
    points: Mapped[int]
    out_of: Mapped[int]
    flagged: Mapped[bool]
    decided_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime]
    reason: Mapped[str]
