"""The lines of a ledger that stand, and the days between which they count."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from lms.domain.hours import Entry, Standing
from lms.domain.months import months_on
from lms.domain.packs import Version, Window
from lms.domain.record import Record
from lms.domain.renewal import clock
from lms.domain.requirements import Counted


class Sort(NamedTuple):
    """What decides where minutes fit, and who stands behind them."""

    modality: str
    topic: str
    origin: str
    pay: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Ledger:
    """Lines that stand, oldest first, and what every requirement asks of them, found once.

    Of each line, by its number here: the ``days`` it began, its ``pieces`` (the number of a sort,
    and minutes), and its answer if ``whole``. ``ways`` are the numbers by modality; ``twice`` those
    whose event stands in another line too.
    """

    lines: tuple[Entry, ...]
    days: tuple[date, ...]
    sorts: tuple[Sort, ...]
    pieces: tuple[tuple[tuple[int, int], ...], ...]
    whole: tuple[Counted, ...]
    ways: Mapping[str, Sequence[int]]
    twice: frozenset[int]


def ledger(entries: Iterable[Entry]) -> Ledger:
    """Take back what was taken back, whatever the order, and find events that stand twice.

    An event stands once: in the line we vouch for, if there is one, else in the first.
    """
    written = list(entries)
    taken: dict[int, list[Entry]] = {}
    for entry in written:
        if entry.reverses is not None:
            taken.setdefault(entry.reverses, []).append(entry)
    left = [_less(e, taken[e.id]) if e.id in taken else e for e in written if e.reverses is None]
    lines = sorted((e for e in left if e.minutes > 0), key=lambda e: (e.starts_at, e.id))
    sorts: dict[Sort, int] = {}
    ways: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        ways.setdefault(line.modality, []).append(number)
    return Ledger(
        tuple(lines),
        tuple(line.starts_at.date() for line in lines),
        pieces=tuple(tuple(_pieces(line, sorts)) for line in lines),
        sorts=tuple(sorts),
        whole=tuple(Counted(line.id, line.minutes, line.minutes) for line in lines),
        ways=ways,
        twice=frozenset(_twice(lines)),
    )


def _pieces(line: Entry, sorts: dict[Sort, int]) -> Iterator[tuple[int, int]]:
    """The minutes of a line by sort; what no topic names has the topic ""."""
    left = line.minutes
    for topic, part in (*line.topics.items(), ("", left)):
        minutes = min(part, left)
        if minutes > 0:
            left -= minutes
            sort = Sort(line.modality, topic, line.origin, line.pay, line.standing)
            yield sorts.setdefault(sort, len(sorts)), minutes


def _twice(lines: Iterable[Entry]) -> Iterator[int]:
    """The numbers of lines whose event stands in another, which counts instead."""
    seen: dict[tuple[object, ...], tuple[int, Standing]] = {}
    for number, line in enumerate(lines):
        event = (line.evidence, line.title, line.starts_at, line.ends_at, line.modality)
        first, standing = seen.setdefault(event, (number, line.standing))
        if first != number:
            ours = line.standing is Standing.VOUCHED and standing is not Standing.VOUCHED
            if ours:
                seen[event] = (number, line.standing)
            yield first if ours else number


def _less(entry: Entry, taken: list[Entry]) -> Entry:
    topics = {
        topic: part + sum(each.topics.get(topic, 0) for each in taken)
        for topic, part in entry.topics.items()
    }
    minutes = entry.minutes + sum(each.minutes for each in taken)
    return replace(entry, minutes=minutes, topics={t: part for t, part in topics.items() if part})


@dataclass(frozen=True, slots=True)
class Span:
    """The days a line may begin on. ``ends`` is the last day to get more done, where one is known.

    ``unknown`` says that the first day is one that the record does not name.
    """

    first: date | None
    last: date
    ends: date | None = None
    unknown: bool = False

    def holds(self, day: date) -> bool:
        """Whether a line that begins on a day may count."""
        return (self.first is None or self.first <= day) and day <= self.last


def span(window: Window, version: Version, record: Record, today: date) -> Span:
    """The days that a window leaves on a day. Of several first days the latest holds."""
    first = [window.since] if window.since else []
    if window.within_months is not None:
        first.append(months_on(today, -window.within_months))
    ends, began = None, None
    if window.after == "certification":
        began = record.certified_on
    elif window.after == "period":
        running = clock(version.renewal, record, today)
        began, ends = running.starts, running.ends
    if began is not None:
        first.append(began)
    last = today
    if began is not None and window.first_months is not None:
        ends = months_on(began, window.first_months)
        last = min(today, ends)
    unknown = bool(window.after) and began is None
    return Span(max(first, default=None), last, ends, unknown)
