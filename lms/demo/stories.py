"""When a learner does what: sections, quizzes and role-plays, a few at a sitting."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from lms.content.library import Library
from lms.content.path import steps
from lms.demo import conversations, studies
from lms.demo.cast import Cast, Go, Learner, Result
from lms.demo.clock import Days, die
from lms.demo.scripts import Scripts
from lms.demo.stage import Deed
from lms.domain.curriculum import Step, StepKind

_HOURS = (7, 12, 17, 18, 19, 20)
_READING, _SITTING = 18, 55
_EVENING_LOAD = 3


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: a step, and for a quiz how it ends. ``anew`` needs another day."""

    step: Step
    result: Result = Result.PASSED
    anew: bool = False

    @property
    def load(self) -> int:
        """How much of a sitting it takes."""
        return 1 if self.step.kind is StepKind.SECTION else 2


def tasks(learner: Learner, path: tuple[Step, ...]) -> Iterator[Task]:
    """Everything up to the section where the learner stands, in the order of the program."""
    read: set[str] = set()
    for step in path:
        if step.kind is StepKind.SECTION and not _is_past(learner, read):
            read.add(step.key)
            yield Task(step)
        elif step.kind is StepKind.QUIZ and read.issuperset(step.needs):
            for number, result in enumerate(learner.quizzes.get(step.id, (Result.PASSED,))):
                yield Task(step, result, anew=number > 0)
        elif (
            step.kind is StepKind.ROLE_PLAY
            and read.issuperset(step.needs)
            and learner.goes.get(step.id, (Go(),))
        ):
            yield Task(step)


def _is_past(learner: Learner, read: set[str]) -> bool:
    return not learner.at or (learner.at != "end" and f"{StepKind.SECTION}:{learner.at}" in read)


def sittings(todo: Iterator[Task], days: int) -> list[list[Task]]:
    """Tasks by the day they are done on: three readings' worth a day, more when days are few."""
    everything = list(todo)
    load = max(_EVENING_LOAD, -(-sum(t.load for t in everything) // max(1, days - 2)))
    found: list[list[Task]] = []
    for task in everything:
        if not found or task.anew or sum(t.load for t in found[-1]) + task.load > load:
            found.append([])
        found[-1].append(task)
    return found


def deeds(learner: Learner, cast: Cast, days: Days, library: Library, held: Scripts) -> list[Deed]:
    """A learner's whole story. Raises ValueError when the days do not suffice for it."""
    span = learner.joined - 1 - learner.active
    found = sittings(tasks(learner, steps(library, cast.program)), span + 1)
    if len(found) > span + 1:
        raise ValueError(f"{learner.id} has too few days for {len(found)} sittings")
    story = _Story(learner, cast, days, library, held)
    for place, sitting in enumerate(found):
        ago = learner.active + (len(found) - 1 - place) * span // max(1, len(found) - 1)
        story.tell(ago, sitting)
    return story.ended()


@dataclass(slots=True)
class _Story:
    learner: Learner
    cast: Cast
    days: Days
    library: Library
    held: Scripts
    read: list[tuple[datetime, str]] = field(default_factory=list)
    told: list[Deed] = field(default_factory=list)

    def tell(self, ago: int, sitting: list[Task]) -> None:
        """One day's tasks, from this learner's usual hour on."""
        who = self.learner.id
        minute = 60 * _HOURS[die(len(_HOURS), who)] + die(40, who, ago)
        for task in sitting:
            if task.step.kind is StepKind.SECTION:
                minute += _READING
                self.read.append((self.days.at(ago, minute), task.step.id))
            else:
                self.told.extend(self._tested(task, ago, minute))
                minute += _SITTING

    def _tested(self, task: Task, ago: int, minute: int) -> Iterator[Deed]:
        who, step = self.learner.id, task.step
        if step.kind is StepKind.QUIZ:
            act = partial(studies.sit, who=who, quiz_id=step.id, result=task.result)
            yield Deed(self.days.at(ago, minute), act)
            return
        scenario = self.library.scenarios[step.id]
        player = conversations.Player(
            self.learner, self.cast, self.days, self.library, scenario, self.held
        )
        yield from player.deeds(ago, minute)

    def ended(self) -> list[Deed]:
        """Everything told, the readings as one."""
        if self.read:
            act = partial(studies.read, who=self.learner.id, sections=tuple(self.read))
            self.told.insert(0, Deed(self.read[0][0], act))
        return self.told
