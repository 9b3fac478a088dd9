"""What is taught, and how far a learner has come through it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from lms.domain.promises import Renews, Wording


@dataclass(frozen=True, slots=True)
class Competency:
    """One observable action of the SAMHSA core competencies, in our words.

    ``status`` says how its wording was checked: "verified" against a copy of the source, or
    "recalled".

    Source: domain.md 1.2 (SAMHSA Core Competencies for Peer Workers, 2015).
    """

    id: str
    text: str
    status: str


@dataclass(frozen=True, slots=True)
class Category:
    """One of the twelve SAMHSA categories with its competencies."""

    id: str
    title: str
    competencies: tuple[Competency, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """What minutes are counted by; a board's own domains are mapped from these. ``words`` are its
    titles in other wordings, by their id.
    """

    id: str
    title: str
    about: str
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact of the curriculum comes from."""

    id: str
    title: str
    publisher: str = ""
    year: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim that can go out of date, with the day it was checked and the day to check it
    again.
    """

    claim: str
    source: str
    checked_on: date
    review_by: date


@dataclass(frozen=True, slots=True)
class Section:
    """One reading of a module: safe HTML, and its words as the hours formula counts them."""

    id: str
    title: str
    html: str
    words: int
    competencies: tuple[str, ...]
    content_note: str = ""
    sources: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """Reading time to tell a learner, at 175 words a minute; never used for credit.

        Source: domain.md 4.3, S127 (a peer-run course publishes reading time at that pace).
        """
        return max(1, round(self.words / 175))


@dataclass(frozen=True, slots=True)
class Module:
    """A unit of teaching in one edition; ``topics`` splits its minutes in whole percents.

    ``needs`` are modules to read first, where the program has them.
    """

    id: str
    title: str
    summary: str
    difficulty: int
    difficulty_set_by: str
    competencies: tuple[str, ...]
    objectives: tuple[str, ...]
    topics: Mapping[str, int]
    sections: tuple[Section, ...]
    content_note: str = ""
    sources: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        """Words of learning content in all sections."""
        return sum(section.words for section in self.sections)


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a live session's plan; a ``pause`` is not credited (domain.md 4.3, S39, S120)."""

    minutes: int
    title: str
    pause: bool = False


@dataclass(frozen=True, slots=True)
class Guide:
    """What a trainer holds a live session by; ``topics`` splits its minutes in whole percents."""

    id: str
    title: str
    aim: str
    competencies: tuple[str, ...]
    topics: Mapping[str, int]
    modules: tuple[str, ...]
    outcomes: tuple[str, ...]
    plan: tuple[Part, ...]
    html: str
    role_plays: tuple[str, ...] = ()
    bring: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    content_note: str = ""

    @property
    def pauses(self) -> int:
        """Minutes of pauses."""
        return sum(part.minutes for part in self.plan if part.pause)

    @property
    def minutes(self) -> int:
        """Minutes that count as live time."""
        return sum(part.minutes for part in self.plan) - self.pauses


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a program rounds self-paced minutes: to a multiple of ``to_minutes``, "down" or
    "nearest".

    Source: domain.md 4.3 (AORN down to the hour, BOC to the quarter hour, NASBA down to the half).
    """

    to_minutes: int = 1
    mode: str = "down"


@dataclass(frozen=True, slots=True)
class Requires:
    """What a program asks besides reading: quizzes, exams and role-plays passed, live minutes
    attended.
    """

    quizzes: tuple[str, ...] = ()
    exams: tuple[str, ...] = ()
    role_plays: tuple[str, ...] = ()
    live_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Program:
    """A course of modules that ends in our certificate of completion (never a certification).

    ``sessions`` are the guides of the live sessions it plans; ``wordings`` are by their id.
    """

    id: str
    title: str
    summary: str
    statement: str
    modules: tuple[str, ...]
    requires: Requires
    sessions: tuple[str, ...] = ()
    rounding: Rounding = Rounding()
    valid_months: int | None = None
    renewal: Renews | None = None
    wordings: Mapping[str, Wording] = field(default_factory=dict)


class StepKind(StrEnum):
    """The kinds of things a learner finishes."""

    SECTION = "section"
    QUIZ = "quiz"
    ROLE_PLAY = "role-play"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to finish. ``needs`` are the keys of steps that must be done before it can
    start.
    """

    kind: StepKind
    id: str
    module: str
    title: str
    needs: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name under which finishing is recorded, such as ``section:ethics/what-peers-are``."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Progress:
    """Finished steps of all steps; ``percent`` is rounded down, so 100 means all of them."""

    done: int
    of: int

    @property
    def percent(self) -> int:
        """0 to 100, never above."""
        return self.done * 100 // self.of if self.of else 100


def section_key(module: str, section: str) -> str:
    """The key of a section's step."""
    return f"{StepKind.SECTION}:{module}/{section}"


def progress(steps: Collection[Step], done: Collection[str]) -> Progress:
    """Count only steps of the learner's own edition: what an author adds later cannot lower it."""
    return Progress(sum(step.key in done for step in steps), len(steps))


def is_open(step: Step, done: Collection[str]) -> bool:
    """True when everything the step needs is done."""
    return all(need in done for need in step.needs)


def continue_at(
    steps: Collection[Step],
    done: Collection[str],
    last: str | None,
    set_aside: Collection[str] = (),
) -> Step | None:
    """The one step to offer next: the first open one after ``last``, else the first open one.

    ``last`` is the key finished most recently; ``set_aside`` are steps that wait for someone else,
    such as a role-play with its trainer. None when nothing is left that can be started.
    """
    ordered = tuple(steps)
    keys = [step.key for step in ordered]
    start = keys.index(last) + 1 if last in keys else 0
    left = [s for s in (*ordered[start:], *ordered[:start]) if s.key not in {*done, *set_aside}]
    return next((s for s in left if s.kind is not StepKind.LIVE and is_open(s, done)), None)


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing still missing for a certificate. ``minutes`` is set for live time only."""

    kind: StepKind
    title: str
    minutes: int = 0


def gaps(
    program: Program, steps: Collection[Step], done: Collection[str], live_minutes: int
) -> tuple[Gap, ...]:
    """Everything missing for the program's certificate; empty means it may be issued."""
    missing = [Gap(s.kind, s.title) for s in steps if s.kind != StepKind.LIVE and s.key not in done]
    if (short := program.requires.live_minutes - live_minutes) > 0:
        missing.append(Gap(StepKind.LIVE, program.title, short))
    return tuple(missing)
