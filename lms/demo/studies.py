"""What a learner does alone: reading sections and sitting quizzes."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from lms.demo import answers
from lms.demo.cast import Result
from lms.demo.clock import die
from lms.demo.stage import Stage
from lms.domain.curriculum import StepKind
from lms.domain.quiz import UNTIMED
from lms.records import attempts, learning
from lms.records.attempts import Sitting

_SLOW_FROM = 150
_CHECKING = timedelta(minutes=1)


def read(
    stage: Stage,
    at: datetime,
    *,
    who: str,
    program: str,
    sections: Sequence[tuple[datetime, str]],
) -> Iterator[datetime]:
    """Finish sections, each at its moment; nobody else reads for them, so one look is enough."""
    way = stage.way(who, program)
    for moment, key in sections:
        yield moment
        module_id, _, section_id = key.partition("/")
        learning.finish_section(stage.session, moment, way, module_id, section_id)


def sit(
    stage: Stage, at: datetime, *, who: str, program: str, quiz_id: str, result: Result
) -> Iterator[datetime]:
    """Start an attempt, answer one item after the other, and hand it in.

    Raises ValueError when the rules would not let this learner start.
    """
    way, person = stage.way(who, program), stage.people[who]
    step = way.step(StepKind.QUIZ, quiz_id)
    if step is None or not way.is_open(step):
        raise ValueError(f"{who} has not read everything before {quiz_id}")
    attempt = attempts.start(stage.session, way, at, person, quiz_id)
    sitting = attempts.sitting(stage.session, stage.shelf, person, attempt.ref)
    if sitting is None:
        raise LookupError(attempt.ref)
    slow = person.time_factor >= _SLOW_FROM or person.time_factor == UNTIMED
    for after in _answer(stage, at, sitting, f"{who}:{attempt.number}", result, slow):
        at = after
        yield at
    if result is not Result.OPEN:
        attempts.submit(stage.session, at, sitting, stage.office.provider.approvals)
    if attempt.passed is not {Result.PASSED: True, Result.NOT_PASSED: False}.get(result):
        raise ValueError(f"{who} ended {quiz_id} otherwise than the cast says")


def _answer(
    stage: Stage, at: datetime, sitting: Sitting, who: str, result: Result, slow: bool
) -> Iterator[datetime]:
    chosen = answers.sheet(sitting.quiz.pass_percent, sitting.items, result, who)
    answered = sitting.items[: len(sitting.items) // 2] if result is Result.OPEN else sitting.items
    for place, item in enumerate(answered):
        at += timedelta(seconds=(190 if slow else 50) + die(70, who, place))
        yield at
        attempts.save(stage.session, at, sitting, item, chosen[item.id], 0)
    yield at + _CHECKING
