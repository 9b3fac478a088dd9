"""Judging a role-play: levels, red flags, one or two raters, and the third who settles it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import median_low

HARMFUL, NOT_YET, COMPETENT, STRONG = 1, 2, 3, 4
LEVELS = (HARMFUL, NOT_YET, COMPETENT, STRONG)


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A behaviour that must not happen, and why it matters."""

    id: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One observable behaviour with four anchors. A critical one must reach level 3."""

    id: str
    title: str
    competencies: tuple[str, ...]
    levels: Mapping[int, str]
    next_step: str
    red_flags: tuple[RedFlag, ...] = ()
    critical: bool = False


@dataclass(frozen=True, slots=True)
class Rubric:
    """Six to eight criteria and a pass mark.

    Source: domain.md 5.2 (four levels and separate harmful behaviours after ENACT and EQUIP, S140,
    S142, S231).
    """

    id: str
    title: str
    pass_percent: int
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Persona:
    """The person the learner meets."""

    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Line:
    """What the persona says; ``note`` is for the actor and the assessor only."""

    says: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A role-play: where, who, and the persona's scripted turns."""

    id: str
    title: str
    module: str
    rubric: str
    raters: int
    competencies: tuple[str, ...]
    minutes: int
    setting: str
    your_role: str
    persona: Persona
    turns: tuple[Line, ...]
    content_note: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """What one rater says of one criterion. ``turns`` are the turn numbers cited as evidence."""

    level: int | None = None
    flags: tuple[str, ...] = ()
    turns: tuple[int, ...] = ()
    comment: str = ""

    @property
    def counted(self) -> int | None:
        """The level that counts: any red flag makes it 1, whatever else was seen (domain.md 5.2
        no. 2).
        """
        return HARMFUL if self.flags else self.level


Sheet = Mapping[str, Rating]
"""One rater's ratings by criterion id."""


class Fault(StrEnum):
    """Why a sheet cannot be signed yet."""

    LEVEL = "level"
    COMMENT = "comment"
    TURN = "turn"


def faults(rubric: Rubric, sheet: Sheet, last_turn: int) -> tuple[tuple[str, Fault], ...]:
    """What is missing before signing: (criterion id, fault). A level below 3 asks for a comment.

    Source: ux.md A3 (comments where a person is below "meets" raised feedback for borderline
    people).
    """
    found: list[tuple[str, Fault]] = []
    for criterion in rubric.criteria:
        rating = sheet.get(criterion.id, Rating())
        if rating.counted not in LEVELS:
            found.append((criterion.id, Fault.LEVEL))
        elif rating.counted < COMPETENT and not rating.comment.strip():
            found.append((criterion.id, Fault.COMMENT))
        if any(not 1 <= turn <= last_turn for turn in rating.turns):
            found.append((criterion.id, Fault.TURN))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Levels by criterion and whether they pass."""

    levels: Mapping[str, int]
    points: int
    out_of: int
    flagged: bool
    passed: bool


def verdict(rubric: Rubric, levels: Mapping[str, int], flagged: bool) -> Verdict:
    """Pass: enough points, no level 1, every critical criterion at 3, and no red flag.

    Whole numbers, so there is no rounding at the pass mark. Source: domain.md 5.2, 7 no. 31.
    """
    points = sum(levels[c.id] for c in rubric.criteria)
    out_of = STRONG * len(rubric.criteria)
    safe = not flagged and min(levels.values()) > HARMFUL
    critical = all(levels[c.id] >= COMPETENT for c in rubric.criteria if c.critical)
    enough = points * 100 >= rubric.pass_percent * out_of
    return Verdict(levels, points, out_of, flagged, safe and critical and enough)


def judge(rubric: Rubric, sheet: Sheet) -> Verdict:
    """What one complete sheet says by itself. Raises ValueError when a level is missing."""
    levels = {c.id: sheet[c.id].counted for c in rubric.criteria if c.id in sheet}
    complete = {name: level for name, level in levels.items() if level is not None}
    if len(complete) < len(rubric.criteria):
        raise ValueError("a criterion has no level")
    return verdict(rubric, complete, any(rating.flags for rating in sheet.values()))


class Status(StrEnum):
    """Where a role-play stands once sheets come in."""

    WAITING = "waiting"
    THIRD = "third"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of all sheets so far; ``verdict`` is set once it is decided."""

    status: Status
    verdict: Verdict | None = None
    apart: tuple[str, ...] = ()


def apart(rubric: Rubric, one: Verdict, two: Verdict) -> tuple[str, ...]:
    """Criteria on which two raters stand two levels apart or more."""
    return tuple(c.id for c in rubric.criteria if abs(one.levels[c.id] - two.levels[c.id]) >= 2)


def decide(rubric: Rubric, sheets: Sequence[Sheet], raters: int) -> Decision:
    """Settle a role-play from its signed sheets, in the order they were signed.

    One rater: that sheet. Two who agree within a level and on passing: what both say of passing,
    and the lower level of each criterion, so that nobody is called strong by one of two. Two
    levels apart, or on either side of the pass mark: a third rater, and then the middle level of
    the three. A red flag by one of two goes to the third whenever the other rater would pass the
    learner or stands two levels apart; where both would not, the outcome is "not yet" and the flag
    stands. Of three raters, two must have seen a red flag, the same one or not.
    """
    if len(sheets) < raters:
        return Decision(Status.WAITING)
    verdicts = [judge(rubric, sheet) for sheet in sheets]
    if raters == 1:
        return Decision(Status.DECIDED, verdicts[0])
    far = apart(rubric, verdicts[0], verdicts[1])
    agreed = verdicts[0].passed
    if not far and verdicts[1].passed is agreed:
        together = _together(rubric, verdicts[:2], votes=1)
        return Decision(Status.DECIDED, replace(together, passed=agreed))
    if len(sheets) == raters:
        return Decision(Status.THIRD, apart=far)
    return Decision(Status.DECIDED, _together(rubric, verdicts[:3], votes=2), far)


def _together(rubric: Rubric, verdicts: Sequence[Verdict], votes: int) -> Verdict:
    levels = {c.id: median_low([v.levels[c.id] for v in verdicts]) for c in rubric.criteria}
    return verdict(rubric, levels, sum(v.flagged for v in verdicts) >= votes)
