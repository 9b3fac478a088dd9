"""Quiz attempts: start, save, hand in once."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.library import Library
from lms.domain import quiz as rules
from lms.domain.items import Chosen, Item
from lms.domain.quiz import Entry, Quiz
from lms.models.attempts import Answer, Attempt
from lms.models.database import held, take_turn
from lms.models.learning import Enrolment
from lms.models.people import Person
from lms.records import goes, hours, journal
from lms.records.learning import Way
from lms.records.shelf import Shelf


class NotNow(Exception):
    """An attempt cannot start; ``entry`` says why."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.refusal)
        self.entry = entry


class Closed(Exception):
    """The attempt was handed in, or its time is over. Saved answers stand."""


class Changed(Exception):
    """The answer was changed elsewhere since this page was shown; ``saved`` is what stands now."""

    def __init__(self, saved: Answer) -> None:
        super().__init__(saved.revision)
        self.saved = saved


@dataclass(frozen=True, slots=True)
class Sitting:
    """An attempt with what is needed to show or score it."""

    attempt: Attempt
    enrolment: Enrolment
    library: Library
    quiz: Quiz
    items: tuple[Item, ...]
    answers: dict[str, Answer]
    ends_at: datetime | None

    def chosen(self, item_id: str) -> Chosen:
        """The saved answer to an item, () when there is none."""
        saved = self.answers.get(item_id)
        return tuple(saved.chosen) if saved else ()

    def revision(self, item_id: str) -> int:
        """The revision of the saved answer, 0 when there is none."""
        saved = self.answers.get(item_id)
        return saved.revision if saved else 0

    @property
    def is_heavy(self) -> bool:
        """True when it may touch what its module warns of; an exam touches everything."""
        quiz = self.quiz
        return quiz.is_exam or bool(self.library.modules[quiz.module].content_note)

    def is_over(self, now: datetime) -> bool:
        """True once it was handed in or its time has passed."""
        return self.attempt.submitted_at is not None or rules.is_over(self.ends_at, now)


def start(session: Session, way: Way, now: datetime, person: Person, quiz_id: str) -> Attempt:
    """Start an attempt, or give back the one already running. Raises NotNow.

    Two at once end in one: the table allows one live attempt a person and quiz.
    """
    take_turn(session, f"enrolment:{way.enrolment.id}")
    library = way.library
    quiz = library.quizzes[quiz_id]
    earlier = goes.of_quiz(session, person.id, quiz_id)
    if running := goes.live(earlier):
        return running
    answer = goes.entry(session, quiz, earlier, now)
    if answer.refusal is not None:
        raise NotNow(answer)
    seed = secrets.token_hex(16)
    attempt = Attempt(
        person_id=person.id,
        quiz_id=quiz_id,
        enrolment_id=way.enrolment.id,
        publication_id=way.enrolment.publication_id,
        number=len(earlier) + 1,
        seed=seed,
        items=[item.id for item in rules.assemble(quiz, library.banks_of(quiz), seed)],
        minutes=quiz.minutes,
        started_at=now,
    )
    session.add(attempt)
    session.flush()
    journal.note(session, now, person.id, "attempt:start", f"attempt:{attempt.ref}")
    return attempt


def sitting(session: Session, shelf: Shelf, person: Person, ref: str) -> Sitting | None:
    """A person's own attempt by its reference, with the answers saved so far; two statements."""
    mine = (
        select(Attempt, Enrolment)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Attempt.ref == ref, Attempt.person_id == person.id)
    )
    row = session.execute(held(session, mine)).first()
    return _sitting(session, shelf, row[0], row[1], person.time_factor) if row else None


def _sitting(
    session: Session, shelf: Shelf, attempt: Attempt, enrolment: Enrolment, time_factor: int
) -> Sitting:
    library = shelf.at(attempt.publication_id)
    quiz = library.quizzes[attempt.quiz_id]
    saved = select(Answer).where(Answer.attempt_id == attempt.id).order_by(Answer.revision)
    return Sitting(
        attempt=attempt,
        enrolment=enrolment,
        library=library,
        quiz=quiz,
        items=tuple(library.items[item_id][1] for item_id in attempt.items),
        answers={answer.item_id: answer for answer in session.scalars(saved)},
        ends_at=rules.deadline(attempt.started_at, attempt.minutes, time_factor),
    )


def save(
    session: Session, now: datetime, sitting: Sitting, item: Item, chosen: Chosen, based_on: int
) -> Answer | None:
    """Save an answer as the next revision. Raises Closed, or Changed when another tab was quicker.

    ``based_on`` is the revision the page was shown with. The same answer again is not a change.
    """
    if sitting.is_over(now):
        raise Closed
    saved = sitting.answers.get(item.id)
    if sitting.chosen(item.id) == chosen:
        return saved
    if saved is not None and saved.revision != based_on:
        raise Changed(saved)
    answer = Answer(
        attempt_id=sitting.attempt.id,
        item_id=item.id,
        revision=sitting.revision(item.id) + 1,
        chosen=list(chosen),
        saved_at=now,
    )
    session.add(answer)
    sitting.answers[item.id] = answer
    journal.note(
        session,
        now,
        sitting.attempt.person_id,
        "attempt:answer:save",
        f"attempt:{sitting.attempt.ref}",
        item=item.id,
        revision=answer.revision,
    )
    return answer


def submit(
    session: Session, now: datetime, sitting: Sitting, approvals: Sequence[str] = ()
) -> bool:
    """Score what is saved, once. False when it was handed in before; the first result stands.

    ``approvals`` are the provider's that are valid now; they stand on the line of hours.
    """
    attempt = sitting.attempt
    if attempt.submitted_at is not None:
        return False
    result = rules.mark(
        sitting.quiz.pass_percent,
        sitting.items,
        {item.id: sitting.chosen(item.id) for item in sitting.items},
    )
    over = rules.is_over(sitting.ends_at, now) and sitting.ends_at is not None
    attempt.submitted_at = sitting.ends_at if over else now
    attempt.item_points = list(result.points)
    attempt.points = result.total
    attempt.out_of = result.out_of
    attempt.passed = result.passed
    if result.passed and sitting.quiz.module:
        about = (sitting.enrolment, sitting.library, sitting.quiz)
        hours.credit_module(session, now, *about, approvals)
    journal.note(
        session,
        now,
        attempt.person_id,
        "attempt:submit",
        f"attempt:{attempt.ref}",
        points=result.total,
        out_of=result.out_of,
    )
    return True


def overdue(session: Session, shelf: Shelf, now: datetime, limit: int = 100) -> list[Sitting]:
    """Running attempts whose time is over, for the job worker to hand in."""
    timed = (
        select(Attempt, Enrolment, Person.time_factor)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Person, Person.id == Attempt.person_id)
        .where(
            Attempt.submitted_at.is_(None),
            Attempt.minutes.is_not(None),
            Person.time_factor != rules.UNTIMED,
        )
        .order_by(Attempt.started_at)
        .limit(limit)
    )
    rows = session.execute(held(session, timed)).all()
    running = (_sitting(session, shelf, *row) for row in rows)
    return [sitting for sitting in running if sitting.is_over(now)]
