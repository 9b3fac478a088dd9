"""Who is in the demo school and what becomes of each: ``school.yaml`` and ``learners.yaml``.

Times are whole days before the demo is built, so that the demo is never stale.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TypeVar

import cattrs
import yaml

from lms.domain.certificate import ReasonClass
from lms.domain.hours import Modality
from lms.domain.people import Role

HERE = Path(__file__).parent
_EXACT = cattrs.Converter(forbid_extra_keys=True)
Shape = TypeVar("Shape")


class End(StrEnum):
    """How far a go at a role-play has come."""

    OPEN = "open"
    WAITING = "waiting"
    DRAFTED = "drafted"
    ONE_SHEET = "one-sheet"
    DECIDED = "decided"
    RELEASED = "released"


class Result(StrEnum):
    """How an attempt at a quiz ends."""

    PASSED = "passed"
    NOT_PASSED = "not-passed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Amendment:
    """An appeal that was heard: the levels it changed, and the reason the learner reads."""

    reason: str
    levels: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Go:
    """One go at a role-play. ``script`` "" takes one that passes; ``by`` names the raters in
    order; ``ago`` is for one that was left for a later day than its module.
    """

    end: End = End.RELEASED
    script: str = ""
    by: tuple[str, ...] = ()
    live: bool = False
    amended: Amendment | None = None
    ago: int | None = None


@dataclass(frozen=True, slots=True)
class Renaming:
    """A corrected name, so many days ago."""

    days: int
    name: str


@dataclass(frozen=True, slots=True)
class Revocation:
    """A certificate taken back, so many days ago."""

    days: int
    reason: ReasonClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Someone's time in a cohort: joined, read as far as the section ``at``, and was last active
    so many days ago.

    Quizzes and role-plays of finished modules were passed at the first go unless they are named
    here. ``meetings`` is how many were attended; at the first of them ``late`` minutes late.
    """

    cohort: str
    joined: int
    active: int
    at: str = ""
    quizzes: Mapping[str, tuple[Result, ...]] = field(default_factory=dict)
    goes: Mapping[str, tuple[Go, ...]] = field(default_factory=dict)
    meetings: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner(Course):
    """A learner in their first cohort and, if there is one, in the cohort they joined ``then``.

    What became of a certificate is about the first. ``about`` is said of accounts worth a visit.
    """

    id: str
    name: str
    then: Course | None = None
    time_factor: int = 100
    certified: int | None = None
    renamed: Renaming | None = None
    revoked: Revocation | None = None
    disabled: int | None = None
    about: str = ""

    @property
    def courses(self) -> tuple[Course, ...]:
        """Their time in each cohort, the first one first."""
        return (self,) if self.then is None else (self, self.then)


@dataclass(frozen=True, slots=True)
class Member:
    """Someone on the staff, in these cohorts or (none) in the whole school."""

    id: str
    name: str
    role: Role
    about: str
    cohorts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """Attendance put right later: when the person left in truth, or None when they were not
    there.
    """

    who: str
    days: int
    left_after: int | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting with a trainer; ``days`` is moved back to the cohort's weekday.

    Of a planned one its ``guide`` says title, topics, minutes and breaks.
    """

    cohort: str
    days: int
    by: str
    modality: Modality
    guide: str = ""
    title: str = ""
    topics: Mapping[str, int] = field(default_factory=dict)
    minutes: int = 90
    break_minutes: int = 10
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A cohort, its program, the weekday it meets (0 is Monday), and the hour."""

    id: str
    title: str
    program: str
    weekday: int
    hour: int


@dataclass(frozen=True, slots=True)
class Letter:
    """An invitation that nobody has used yet."""

    email: str
    cohort: str
    days: int


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone and everything of the demo school."""

    opened: int
    groups: tuple[Group, ...]
    staff: tuple[Member, ...]
    meetings: tuple[Meeting, ...]
    letters: tuple[Letter, ...]
    learners: tuple[Learner, ...]

    def group(self, name: str) -> Group:
        """A cohort by its id in the cast."""
        return next(group for group in self.groups if group.id == name)

    @property
    def courses(self) -> list[tuple[str, Course]]:
        """Everyone's time in every cohort, each with who it is."""
        return [(learner.id, course) for learner in self.learners for course in learner.courses]

    def raters(self, group: str) -> list[str]:
        """The assessors of a cohort."""
        return [m.id for m in self.staff if m.role is Role.ASSESSOR and group in m.cohorts]

    def one(self, role: Role) -> str:
        """The first of the staff in that role."""
        return next(member.id for member in self.staff if member.role is role)


def told(name: str, shape: type[Shape]) -> Shape:
    """A file of this folder in its shape. Raises cattrs errors when a field is unknown or wrong."""
    return _EXACT.structure(yaml.safe_load((HERE / name).read_text(encoding="utf-8")), shape)


@cache
def cast() -> Cast:
    """The cast as the two files tell it."""
    school = yaml.safe_load((HERE / "school.yaml").read_text(encoding="utf-8"))
    learners = yaml.safe_load((HERE / "learners.yaml").read_text(encoding="utf-8"))
    return _EXACT.structure({**school, "learners": learners}, Cast)
