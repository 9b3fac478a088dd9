"""When a learner does what: sections, quizzes and role-plays, a few at a sitting."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from lms.content.library import Library
from lms.content.path import steps
from lms.demo import conversations, studies
from lms.demo.cast import Cast, Course, Go, Learner, Result
from lms.demo.clock import Days, die
from lms.demo.scripts import Scripts
from lms.demo.stage import Deed
from lms.domain.curriculum import Step, StepKind

_HOURS = (7, 12, 17, 18, 19, 20)
_READING, _SITTING = 18, 55
_EVENING_LOAD = 3


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: a step, and for a quiz how it ends. ``apart`` needs a day of its own."""

    step: Step
    result: Result = Result.PASSED
    apart: bool = False

    @property
    def load(self) -> int:
        """How much of a sitting it takes."""
        return 1 if self.step.kind is StepKind.SECTION else 2


def tasks(
    course: Course, path: tuple[Step, ...], before: frozenset[str] = frozenset()
) -> Iterator[Task]:
    """Everything up to the section where the learner stands, in the order of the program.

    What was done ``before``, in another program, is not done again.
    """
    done: set[str] = set()
    for step in path:
        is_section = step.kind is StepKind.SECTION
        if (is_section and _is_past(course, done)) or not done.issuperset(step.needs):
            continue
        if step.key not in before:
            yield from _tried(course, step)
        if is_section or _results(course, step)[-1:] == (Result.PASSED,):
            done.add(step.key)


def _tried(course: Course, step: Step) -> Iterator[Task]:
    if step.kind is StepKind.SECTION:
        yield Task(step)
    elif step.kind is StepKind.QUIZ:
        is_exam = not step.module
        for number, result in enumerate(_results(course, step)):
            yield Task(step, result, apart=is_exam or number > 0)
    elif step.kind is StepKind.ROLE_PLAY and course.goes.get(step.id, (Go(),)):
        yield Task(step)


def _results(course: Course, step: Step) -> tuple[Result, ...]:
    return course.quizzes.get(step.id, (Result.PASSED,))


def _is_past(course: Course, done: set[str]) -> bool:
    return not course.at or (course.at != "end" and f"{StepKind.SECTION}:{course.at}" in done)


def sittings(everything: list[Task], days: int) -> list[list[Task]]:
    """Tasks by the day they are done on: three readings' worth a day, more when days are few."""
    load = max(_EVENING_LOAD, -(-sum(t.load for t in everything) // max(1, days - 2)))
    found: list[list[Task]] = []
    for task in everything:
        if not found or task.apart or sum(t.load for t in found[-1]) + task.load > load:
            found.append([])
        found[-1].append(task)
    return found


def deeds(
    learner: Learner, cast: Cast, days: Days, library: Library, held: Scripts
) -> Iterator[Deed]:
    """A learner's whole story, one course after the other.

    Raises ValueError when the days of a course do not suffice for it.
    """
    done: set[str] = set()
    for course in learner.courses:
        path = steps(library, cast.group(course.cohort).program)
        todo = list(tasks(course, path, frozenset(done)))
        done.update(task.step.key for task in todo)
        yield from _Story(learner.id, course, cast, days, library, held).of(todo)


@dataclass(slots=True)
class _Story:
    who: str
    course: Course
    cast: Cast
    days: Days
    library: Library
    held: Scripts
    read: list[tuple[datetime, str]] = field(default_factory=list)
    told: list[Deed] = field(default_factory=list)

    @property
    def program(self) -> str:
        """What the cohort takes."""
        return self.cast.group(self.course.cohort).program

    def of(self, todo: list[Task]) -> list[Deed]:
        """All tasks, spread over the days between joining and the last day of doing anything."""
        span = self.course.joined - 1 - self.course.active
        found = sittings(todo, span + 1)
        if len(found) > span + 1:
            raise ValueError(f"{self.who} has too few days for {len(found)} sittings")
        for place, sitting in enumerate(found):
            ago = self.course.active + (len(found) - 1 - place) * span // max(1, len(found) - 1)
            self.tell(ago, sitting)
        return self.ended()

    def tell(self, ago: int, sitting: list[Task]) -> None:
        """One day's tasks, from this learner's usual hour on."""
        minute = 60 * _HOURS[die(len(_HOURS), self.who)] + die(40, self.who, ago)
        for task in sitting:
            if task.step.kind is StepKind.SECTION:
                minute += _READING
                self.read.append((self.days.at(ago, minute), task.step.id))
            else:
                self.told.extend(self._tested(task, ago, minute))
                minute += _SITTING

    def _tested(self, task: Task, ago: int, minute: int) -> Iterator[Deed]:
        step = task.step
        if step.kind is StepKind.QUIZ:
            act = partial(
                studies.sit,
                who=self.who,
                program=self.program,
                quiz_id=step.id,
                result=task.result,
            )
            yield Deed(self.days.at(ago, minute), act)
            return
        scenario = self.library.scenarios[step.id]
        player = conversations.Player(
            self.who, self.course, self.cast, self.days, self.library, scenario, self.held
        )
        yield from player.deeds(ago, minute)

    def ended(self) -> list[Deed]:
        """Everything told, the readings as one."""
        if self.read:
            sections = tuple(self.read)
            act = partial(studies.read, who=self.who, program=self.program, sections=sections)
            self.told.insert(0, Deed(self.read[0][0], act))
        return self.told
