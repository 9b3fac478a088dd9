"""Goes at a quiz: which were had, which are left, and one more from a coordinator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain import quiz as rules
from lms.domain.quiz import Earlier, Entry, Quiz, Refusal
from lms.models.attempts import Attempt, ExtraGo
from lms.models.people import Person
from lms.records import journal


class AlreadyPassed(Exception):
    """The quiz is passed, so another go would be of no use."""


@dataclass(frozen=True, slots=True)
class Goes:
    """How far a person is with one quiz."""

    quiz: Quiz
    attempts: tuple[Attempt, ...]
    extra: int

    @property
    def passed(self) -> bool:
        """True once an attempt passed."""
        return any(attempt.passed for attempt in self.attempts)

    @property
    def used(self) -> int:
        """Attempts that were handed in."""
        return sum(attempt.submitted_at is not None for attempt in self.attempts)

    @property
    def allowed(self) -> int | None:
        """How many goes there are in all; None for no limit."""
        return None if self.quiz.attempts is None else self.quiz.attempts + self.extra


def of_quiz(session: Session, person_id: int, quiz_id: str) -> list[Attempt]:
    """A person's attempts at a quiz, oldest first."""
    mine = select(Attempt).where(Attempt.person_id == person_id, Attempt.quiz_id == quiz_id)
    return list(session.scalars(mine.order_by(Attempt.number)))


def live(attempts: Sequence[Attempt]) -> Attempt | None:
    """The attempt that has not been handed in, or None."""
    return next((a for a in attempts if a.submitted_at is None), None)


def entry(session: Session, quiz: Quiz, attempts: Sequence[Attempt], now: datetime) -> Entry:
    """Whether another attempt may start, given all of a person's attempts at the quiz."""
    finished = [Earlier(a.submitted_at, bool(a.passed)) for a in attempts if a.submitted_at]
    given = _given(session, attempts[0].person_id, quiz.id) if finished else []
    return rules.may_start(quiz, finished, now, given)


def _given(session: Session, person_id: int, quiz_id: str) -> Sequence[datetime]:
    mine = select(ExtraGo.given_at).where(
        ExtraGo.person_id == person_id, ExtraGo.quiz_id == quiz_id
    )
    return session.scalars(mine).all()


def standing(session: Session, person_id: int, quizzes: Iterable[Quiz]) -> list[Goes]:
    """How far a person is with each of these quizzes; two statements."""
    had = session.scalars(
        select(Attempt).where(Attempt.person_id == person_id).order_by(Attempt.number)
    ).all()
    extra = session.scalars(select(ExtraGo.quiz_id).where(ExtraGo.person_id == person_id)).all()
    return [
        Goes(quiz, tuple(a for a in had if a.quiz_id == quiz.id), extra.count(quiz.id))
        for quiz in quizzes
    ]


def give(session: Session, now: datetime, person: Person, quiz: Quiz, by: Person) -> None:
    """Give one more go, open at once. Raises AlreadyPassed."""
    earlier = of_quiz(session, person.id, quiz.id)
    if entry(session, quiz, earlier, now).refusal is Refusal.PASSED:
        raise AlreadyPassed
    session.add(ExtraGo(person_id=person.id, quiz_id=quiz.id, given_by=by.id, given_at=now))
    journal.note(session, now, by.id, "quiz:extra-go:give", f"person:{person.ref}", quiz=quiz.id)
    journal.send_mail(
        session,
        now,
        person.email,
        "You have another go at a quiz",
        f"Your coordinator has given you one more go at {quiz.title}. It is open now, and there is "
        "no hurry. Sign in and open the quiz from your path.",
    )
