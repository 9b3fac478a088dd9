"""Who takes which program in which edition, and what they have read."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.models.base import Base, CohortId, PersonId


class Enrolment(Base):
    """A learner in a program, in the publication they began with."""

    __tablename__ = "enrolments"
    __table_args__ = (UniqueConstraint("person_id", "program_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[PersonId]
    program_id: Mapped[str]
    cohort_id: Mapped[CohortId]
    publication_id: Mapped[int] = mapped_column(ForeignKey("publications.id"))
    started_at: Mapped[datetime]


class Reading(Base):
    """A section finished once. Reading it again changes nothing.

    ``seconds_seen`` is how long the page said it was on screen, None where no script measured it:
    information only, never hours.
    """

    __tablename__ = "readings"
    __table_args__ = (UniqueConstraint("person_id", "module_id", "section_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    module_id: Mapped[str]
    section_id: Mapped[str]
    edition: Mapped[str]
    finished_at: Mapped[datetime]
    seconds_seen: Mapped[int | None]


class Nudge(Base):
    """A letter to a learner who had stopped on the way, as their coordinator sent it."""

    __tablename__ = "nudges"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[PersonId]
    cohort_id: Mapped[CohortId]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
