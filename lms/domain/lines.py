"""The lines of a ledger that stand, and the days between which they count."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from lms.domain.hours import Entry, Standing
from lms.domain.months import months_on
from lms.domain.packs import Version, Window
from lms.domain.record import Record
from lms.domain.renewal import clock


@dataclass(frozen=True, slots=True)
class Ledger:
    """Lines that stand, oldest first; ``twice`` are those whose event stands in an earlier line."""

    lines: tuple[Entry, ...]
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
    seen: dict[tuple[object, ...], Entry] = {}
    twice = set()
    for line in lines:
        event = (line.evidence, line.title, line.starts_at, line.ends_at, line.modality)
        first = seen.setdefault(event, line)
        if first is not line:
            ours = line.standing is Standing.VOUCHED and first.standing is not Standing.VOUCHED
            seen[event], again = (line, first) if ours else (first, line)
            twice.add(again.id)
    return Ledger(tuple(lines), frozenset(twice))


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
