"""Putting a quiz together, its clock, its attempt limit, and its result."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from lms.domain.items import POINTS, Bank, Chosen, Item, ItemType, score

GRACE = timedelta(seconds=30)
"""A save that arrives this late still counts: slow lines are not the learner's fault (ux.md A12).
"""

UNTIMED = 0
"""The time factor of a person whose accommodation lifts every limit."""


@dataclass(frozen=True, slots=True)
class Draw:
    """How many items to take from a bank, of one type or of any."""

    bank: str
    count: int
    type: ItemType | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """One row of an exam's blueprint: how many items to draw from one part of the field.

    Without ``banks`` its id is a SAMHSA category, and its items are those of no other area's banks
    whose first competency is of that category.
    """

    id: str
    title: str
    count: int
    banks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quiz:
    """The rules of one quiz; ``attempts`` and ``minutes`` None mean no limit.

    A quiz closes a ``module`` and draws from banks; an exam closes a ``program`` and draws by its
    ``blueprint``. ``pass_set_by`` says how its mark was set (domain.md 5.3: with every cut score).
    """

    id: str
    title: str
    pass_percent: int
    module: str = ""
    draw: tuple[Draw, ...] = ()
    program: str = ""
    blueprint: tuple[Area, ...] = ()
    pass_set_by: str = ""
    minutes: int | None = None
    attempts: int | None = None
    wait_hours: int = 0

    @property
    def is_exam(self) -> bool:
        """True when it closes a program."""
        return bool(self.blueprint)

    @property
    def length(self) -> int:
        """Number of items in an attempt."""
        drawn = sum(draw.count for draw in self.draw)
        return drawn + sum(area.count for area in self.blueprint)


def assemble(quiz: Quiz, banks: Mapping[str, Bank], seed: str) -> tuple[Item, ...]:
    """The items of one attempt: drawn without repeats, always the same for a seed.

    ``banks`` are those the quiz may draw from. Raises ValueError when they hold too few items.
    """
    taken: list[Item] = []
    for count, place, pool in _pools(quiz, banks, taken):
        if len(pool) < count:
            raise ValueError(f"{quiz.id} draws {count} from {place}, which has {len(pool)}")
        pool.sort(key=lambda item: sha256(f"{seed}:{item.id}".encode()).digest())
        taken.extend(pool[:count])
    return tuple(sorted(taken, key=lambda item: sha256(f"{seed}/{item.id}".encode()).digest()))


def _pools(
    quiz: Quiz, banks: Mapping[str, Bank], taken: Sequence[Item]
) -> Iterator[tuple[int, str, list[Item]]]:
    """How many to take next, whence, and what is left there; ``taken`` grows in between."""
    for draw in quiz.draw:
        pool = [i for i in banks[draw.bank].items if draw.type in (None, i.type)]
        yield draw.count, draw.bank, [item for item in pool if item not in taken]
    found = pools(quiz.blueprint, banks)
    for area in quiz.blueprint:
        yield area.count, f"area {area.id}", list(found[area.id])


def pools(blueprint: Sequence[Area], banks: Mapping[str, Bank]) -> dict[str, tuple[Item, ...]]:
    """The items of each area of a blueprint; an item is in one area at the most."""
    found: dict[str, list[Item]] = {area.id: [] for area in blueprint}
    claimed = {bank: area.id for area in blueprint for bank in area.banks}
    for bank in banks.values():
        for item in bank.items:
            area = claimed.get(bank.id, item.category)
            if area in found:
                found[area].append(item)
    return {area: tuple(items) for area, items in found.items()}


@dataclass(frozen=True, slots=True)
class AreaResult:
    """Points earned in one area of an exam; ``items`` is how many stand behind them."""

    area: Area
    points: int
    items: int

    @property
    def out_of(self) -> int:
        """Points that could be earned."""
        return POINTS * self.items


def by_area(
    blueprint: Sequence[Area],
    banks: Mapping[str, Bank],
    items: Sequence[Item],
    points: Sequence[int],
) -> tuple[AreaResult, ...]:
    """The points of an attempt by area, in the blueprint's order."""
    held = {area: {item.id for item in pool} for area, pool in pools(blueprint, banks).items()}
    scored = list(zip(items, points, strict=True))
    return tuple(
        AreaResult(
            area,
            sum(got for item, got in scored if item.id in held[area.id]),
            sum(item.id in held[area.id] for item, _got in scored),
        )
        for area in blueprint
    )


def allowed(minutes: int | None, time_factor: int) -> timedelta | None:
    """How long a person has, or None for no limit. ``time_factor`` is a percent: 100 is usual."""
    if minutes is None or time_factor == UNTIMED:
        return None
    return timedelta(minutes=minutes) * time_factor / 100


def deadline(started_at: datetime, minutes: int | None, time_factor: int) -> datetime | None:
    """When the attempt ends, or None.

    Computed from the person's present factor, so that an accommodation reaches a running attempt.
    """
    time = allowed(minutes, time_factor)
    return None if time is None else started_at + time


def is_over(ends_at: datetime | None, now: datetime) -> bool:
    """True once the deadline and the grace for slow lines have passed."""
    return ends_at is not None and now > ends_at + GRACE


class Refusal(StrEnum):
    """Why an attempt cannot start now."""

    PASSED = "passed"
    NONE_LEFT = "none-left"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Entry:
    """Whether an attempt may start; ``left`` is None when attempts are not limited."""

    refusal: Refusal | None
    left: int | None
    opens_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A finished attempt, as far as the limit asks."""

    submitted_at: datetime
    passed: bool


def may_start(
    quiz: Quiz, earlier: Sequence[Earlier], now: datetime, given: Sequence[datetime] = ()
) -> Entry:
    """Attempt limit and waiting time, from the quiz's own file.

    ``given`` are the moments at which a coordinator gave one go more: each adds to the limit, and
    ends a wait that had begun by then.
    """
    left = None
    if quiz.attempts is not None:
        left = max(0, quiz.attempts + len(given) - len(earlier))
    if any(attempt.passed for attempt in earlier):
        return Entry(Refusal.PASSED, left)
    if left == 0:
        return Entry(Refusal.NONE_LEFT, left)
    if earlier:
        last = max(a.submitted_at for a in earlier)
        opens_at = last + timedelta(hours=quiz.wait_hours)
        if now < opens_at and not any(moment >= last for moment in given):
            return Entry(Refusal.WAIT, left, opens_at)
    return Entry(None, left)


@dataclass(frozen=True, slots=True)
class Result:
    """Points of an attempt, by item in the attempt's order. Written once, then a fact."""

    points: tuple[int, ...]
    out_of: int
    passed: bool

    @property
    def total(self) -> int:
        """All points earned."""
        return sum(self.points)


def mark(pass_percent: int, items: Sequence[Item], answers: Mapping[str, Chosen]) -> Result:
    """Score every item; unanswered ones earn nothing. The pass mark is compared in whole
    numbers.
    """
    points = tuple(score(item, answers.get(item.id, ())) for item in items)
    out_of = POINTS * len(items)
    return Result(points, out_of, sum(points) * 100 >= pass_percent * out_of)


def reread(items: Sequence[Item], result: Result) -> tuple[str, ...]:
    """Sections to read again: those of items that did not earn all their points, in order."""
    pairs = zip(items, result.points, strict=True)
    return tuple(dict.fromkeys(item.section for item, got in pairs if got < POINTS))
