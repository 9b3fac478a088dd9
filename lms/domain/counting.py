"""Which lines and minutes a requirement counts, and why the others are left out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from lms.domain import sentences as s
from lms.domain.hours import Standing
from lms.domain.lines import Ledger, Sort, Span
from lms.domain.packs import OF, Domain, Floor, Limit, Requirement, Version
from lms.domain.requirements import Sentence


class Fit(NamedTuple):
    """Numbers of the shares, limits and floors of a requirement that minutes fall under."""

    shares: tuple[int, ...]
    limits: tuple[int, ...]
    floors: tuple[int, ...]


Pieces = list[tuple[int, int]]
"""Minutes of lines: the number of a line in its ledger, and how many; the oldest first."""

Fitting = dict[Fit, Pieces]


@dataclass(slots=True)
class Sorted:
    """The lines looked at (numbers of a ledger's), the pieces of those that may count by who stands
    behind them and what they fit, and what is left out for a reason."""

    looked_at: list[int]
    pieces: dict[Standing, Fitting] = field(default_factory=lambda: {each: {} for each in Standing})
    out: dict[int, Sentence] = field(default_factory=dict)

    def fits(self) -> list[Fit]:
        """Everything that some minutes fit, always in the same order."""
        return sorted({fit for fitting in self.pieces.values() for fit in fitting})


def topics_of(domains: Iterable[Domain], wanted: Iterable[str]) -> frozenset[str]:
    """Our topics that may count under any of the domains that are wanted."""
    names = set(wanted)
    return frozenset(t for d in domains if d.id in names for t in d.topics)


class Counting:
    """The rules of one requirement over its days, ready to look at lines."""

    def __init__(self, asked: Requirement, version: Version, days: Span) -> None:
        self.asked, self.days = asked, days
        self.ways = {*(asked.modalities or OF[asked.of]), *asked.includes}
        self.only = topics_of(version.domains, asked.domains) if asked.domains else None
        self.refused = topics_of(version.domains, asked.excludes)
        self.shares = [topics_of(version.domains, share.domains) for share in asked.shares]
        self.limits = [(limit, topics_of(version.domains, limit.domains)) for limit in asked.limits]
        self.floors = [(floor, topics_of(version.domains, floor.domains)) for floor in asked.floors]

    def sort(self, ledger: Ledger) -> Sorted:
        """Look at every line of this kind of time."""
        like = sorted(self.ways.union(OF[self.asked.of]))
        found = Sorted(sorted(number for way in like for number in ledger.ways.get(way, ())))
        found.out |= self._left_out(found.looked_at, ledger)
        other = s.say(s.OTHER_WAY)
        places = [
            self._place(sort, found) if sort.modality in self.ways else other
            for sort in ledger.sorts
        ]
        for number in found.looked_at:
            if number not in found.out:
                for sort, minutes in ledger.pieces[number]:
                    place = places[sort]
                    if isinstance(place, list):
                        place.append((number, minutes))
                    else:
                        found.out[number] = place
        return found

    def _left_out(self, numbers: Iterable[int], ledger: Ledger) -> dict[int, Sentence]:
        """Why whole lines do not count, by their number."""
        first, last = self.days.first or date.min, self.days.last
        old = s.say(s.TOO_OLD, day=s.day_words(first))
        late = s.say(s.TOO_LATE, day=s.day_words(last))
        found = {}
        for number in numbers:
            day = ledger.days[number]
            if day < first:
                found[number] = old
            elif day > last:
                found[number] = late
        for way in OF[self.asked.of]:
            if way not in self.ways:
                found |= dict.fromkeys(ledger.ways.get(way, ()), s.say(s.OTHER_WAY))
        return found | self._unapproved(numbers, ledger) | self._twice(numbers, ledger)

    def _unapproved(self, numbers: Iterable[int], ledger: Ledger) -> dict[int, Sentence]:
        approval = self.asked.approval
        if approval is None:
            return {}
        why = s.say(s.NOT_APPROVED, body=approval.body)
        return {
            number: why
            for number in numbers
            if approval.body not in ledger.lines[number].approvals
            and ledger.days[number] >= (approval.since or date.min)
        }

    def _twice(self, numbers: Iterable[int], ledger: Ledger) -> dict[int, Sentence]:
        return dict.fromkeys(ledger.twice.intersection(numbers), s.say(s.TWICE))

    def _place(self, sort: Sort, found: Sorted) -> Pieces | Sentence:
        """Where minutes of a sort are gathered, or why they do not count."""
        if sort.topic in self.refused:
            return s.say(s.EXCLUDED)
        if self.only is not None and sort.topic not in self.only:
            return s.say(s.OTHER_TOPIC)
        return found.pieces[sort.standing].setdefault(self._fit(sort), [])

    def _fit(self, sort: Sort) -> Fit:
        return Fit(
            tuple(n for n, topics in enumerate(self.shares) if sort.topic in topics),
            tuple(
                n
                for n, (limit, topics) in enumerate(self.limits)
                if _matches(limit, topics, sort) and limit.origin in ("", sort.origin)
            ),
            tuple(
                n
                for n, (floor, topics) in enumerate(self.floors)
                if _matches(floor, topics, sort) and floor.pay in ("", sort.pay)
            ),
        )


def _matches(rule: Limit | Floor, topics: frozenset[str], sort: Sort) -> bool:
    by_way = not rule.modalities or sort.modality in rule.modalities
    return by_way and (not rule.domains or sort.topic in topics)
