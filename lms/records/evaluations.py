"""What learners say of a course: kept without their name, once each."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.evaluations import Given, Summary, summary
from lms.models.database import take_turn
from lms.models.people import Person
from lms.models.provider import Evaluation, EvaluationGiven
from lms.records import journal


class AlreadyGiven(Exception):
    """This person has evaluated this course before."""


def has_given(session: Session, person: Person, program_id: str) -> bool:
    """Whether a learner has evaluated a course."""
    mine = select(EvaluationGiven.id).where(
        EvaluationGiven.person_id == person.id, EvaluationGiven.program_id == program_id
    )
    return session.scalar(mine) is not None


def give(
    session: Session, now: datetime, today: date, person: Person, program_id: str, given: Given
) -> None:
    """Keep an evaluation. Neither it nor the journal says whose it is. Raises AlreadyGiven."""
    take_turn(session, f"evaluation:{person.id}:{program_id}")
    if has_given(session, person, program_id):
        raise AlreadyGiven
    session.add(EvaluationGiven(person_id=person.id, program_id=program_id))
    session.add(
        Evaluation(
            program_id=program_id,
            answers=dict(given.answers),
            words=given.words,
            month=today.replace(day=1),
        )
    )
    journal.note(session, now, None, "evaluation:give", f"program:{program_id}")


def of_program(session: Session, program_id: str) -> Summary:
    """What may be shown of a course's evaluations."""
    rows = session.scalars(
        select(Evaluation).where(Evaluation.program_id == program_id).order_by(Evaluation.id)
    )
    return summary([Given(row.answers, row.words) for row in rows])


def count(session: Session, program_id: str) -> int:
    """How many have evaluated a course."""
    found = select(func.count()).select_from(Evaluation)
    return session.scalar(found.where(Evaluation.program_id == program_id)) or 0
