"""Learners who have stopped on the way: who, where and why; and letters to them, seldom."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.curriculum import Step, StepKind
from lms.domain.people import Role
from lms.domain.stuck import Letter, Stand, Turn, letter, turn
from lms.models.attempts import Attempt, ExtraGo
from lms.models.database import take_turn
from lms.models.learning import Enrolment, Nudge
from lms.models.people import Cohort, Person
from lms.records import journal, learning, people
from lms.records.finished import Waiting
from lms.records.learning import Way
from lms.records.shelf import Shelf

Counts = dict[tuple[int, str], int]


@dataclass(frozen=True, slots=True)
class Row:
    """A learner of a cohort: where they stand, the step that comes next if any, and whether a
    letter may go out.
    """

    person: Person
    way: Way
    stand: Stand
    step: Step | None
    letter: Letter


def of_cohort(session: Session, shelf: Shelf, now: datetime, cohort: Cohort) -> list[Row]:
    """Every learner of a cohort whose account is open; nine statements, however many they are.

    Who has stood still longest comes first.
    """
    members = people.members(session, [cohort.id], Role.LEARNER)
    learners = {person.id: person for person, _id in members if person.disabled_at is None}
    mine = Enrolment.person_id.in_(learners) & (Enrolment.program_id == cohort.program_id)
    ways = learning.ways_of(session, shelf, mine, now)
    used, given = _goes(session, learners)
    letters = _letters(session, learners)
    rows = [_row(now, learners[way.enrolment.person_id], way, used, given, letters) for way in ways]
    return sorted(rows, key=lambda row: (row.stand.moved_at, row.person.id))


def _row(
    now: datetime,
    person: Person,
    way: Way,
    used: Counts,
    given: Counts,
    letters: dict[int, list[datetime]],
) -> Row:
    locked = {
        step.key
        for step in way.steps
        if step.kind is StepKind.QUIZ and _is_locked(way, step, person.id, used, given)
    }
    aside = locked | {key for key, state in way.waiting.items() if state is Waiting.TRAINER}
    open_steps = [s for s in way.steps if s.key not in way.done | aside and way.is_open(s)]
    own = [step for step in open_steps if step.kind is not StepKind.LIVE]
    whose = turn(
        is_certified=way.certificate is not None,
        is_complete=not way.gaps,
        can_go_on=bool(own),
        with_trainer=Waiting.TRAINER in way.waiting.values(),
        is_locked=bool(locked),
    )
    off = person.nudges_off_at is not None
    stand = Stand(whose, way.moved_at, tuple(letters[person.id]), off)
    step = way.next if way.next in own else next(iter(own), None)
    if whose is Turn.COORDINATOR:
        step = next(step for step in way.steps if step.key in locked)
    return Row(person, way, stand, step, letter(stand, now))


def _is_locked(way: Way, step: Step, person_id: int, used: Counts, given: Counts) -> bool:
    """No go is left at a quiz that is not passed and not begun."""
    most = way.library.quizzes[step.id].attempts
    if most is None or step.key in way.done or step.key in way.waiting:
        return False
    who = (person_id, step.id)
    return used.get(who, 0) >= most + given.get(who, 0)


def _goes(session: Session, ids: Collection[int]) -> tuple[Counts, Counts]:
    """Attempts handed in, and goes given, by person and quiz."""
    handed_in = (
        select(Attempt.person_id, Attempt.quiz_id, func.count())
        .where(Attempt.person_id.in_(ids), Attempt.submitted_at.is_not(None))
        .group_by(Attempt.person_id, Attempt.quiz_id)
    )
    given = (
        select(ExtraGo.person_id, ExtraGo.quiz_id, func.count())
        .where(ExtraGo.person_id.in_(ids))
        .group_by(ExtraGo.person_id, ExtraGo.quiz_id)
    )
    used, more = (
        {(person, quiz): number for person, quiz, number in session.execute(each)}
        for each in (handed_in, given)
    )
    return used, more


def _letters(session: Session, ids: Collection[int]) -> dict[int, list[datetime]]:
    found: dict[int, list[datetime]] = defaultdict(list)
    sent = select(Nudge.person_id, Nudge.at).where(Nudge.person_id.in_(ids))
    for person, at in session.execute(sent):
        found[person].append(at)
    return found


def send(
    session: Session,
    shelf: Shelf,
    now: datetime,
    cohort: Cohort,
    refs: Iterable[str],
    by: Person,
    words: tuple[str, str],
) -> int:
    """Write to those of the learners to whom a letter may go out now; how many it went to.

    The budget is looked at under a lock: two coordinators at once are not two letters.
    """
    take_turn(session, f"nudges:{cohort.id}")
    chosen, sent = set(refs), 0
    for row in of_cohort(session, shelf, now, cohort):
        if row.person.ref in chosen and row.letter is Letter.MAY and row.person.id != by.id:
            session.add(Nudge(person_id=row.person.id, cohort_id=cohort.id, by_id=by.id, at=now))
            journal.send_mail(session, now, row.person.email, *words)
            sent += 1
    journal.note(session, now, by.id, "nudges:send", f"cohort:{cohort.ref}", letters=sent)
    return sent


def switch(session: Session, now: datetime, person: Person, is_on: bool) -> None:
    """A learner turns these letters on or off; what they chose holds at once."""
    person.nudges_off_at = None if is_on else now
    tag = "nudges:on" if is_on else "nudges:off"
    journal.note(session, now, person.id, tag, f"person:{person.ref}")
