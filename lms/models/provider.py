"""What the provider says of itself, what its trainers hold, and how learners judge a course."""

import secrets
from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.models.base import Base, PersonId, Ref


class ProviderStatement(Base):
    """Words on a topic that hold from a day on; a later one of the topic takes their place."""

    __tablename__ = "provider_statements"
    __table_args__ = (Index(None, "topic", "starts_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str]
    words: Mapped[str]
    starts_on: Mapped[date]
    said_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    said_at: Mapped[datetime]


class QualificationHeld(Base):
    """What a trainer holds, as papers print it; ``evidence``, what was seen of it, is not printed.

    Never changed: a mistake is withdrawn, once, and entered anew.
    """

    __tablename__ = "qualifications_held"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[Ref]
    person_id: Mapped[PersonId]
    words: Mapped[str]
    evidence: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    said_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    said_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


def _drawn() -> int:
    return secrets.randbits(62)


class Evaluation(Base):
    """What a learner said of a course, without who. The key is drawn, so that it has no order."""

    __tablename__ = "evaluations"

    id: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, default=_drawn
    )
    program_id: Mapped[str] = mapped_column(index=True)
    answers: Mapped[dict[str, int]]
    words: Mapped[str]
    month: Mapped[date]


class EvaluationGiven(Base):
    """That a learner has evaluated a course, without what they said."""

    __tablename__ = "evaluations_given"
    __table_args__ = (UniqueConstraint("person_id", "program_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[PersonId]
    program_id: Mapped[str]
