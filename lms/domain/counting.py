"""Which lines and minutes a requirement counts, and why the others are left out."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lms.domain import sentences as s
from lms.domain.hours import Entry
from lms.domain.lines import Ledger, Span
from lms.domain.packs import OF, Floor, Limit, Requirement, Version
from lms.domain.requirements import Sentence

Sort = tuple[str, str, str, str]
"""What decides where minutes fit: modality, topic, origin, pay."""

Pieces = list[tuple[int, int]]
"""Minutes of lines: the number of a line in its ledger, and how many."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Numbers of the shares, limits and floors of a requirement that minutes fall under."""

    shares: tuple[int, ...]
    limits: tuple[int, ...]
    floors: tuple[int, ...]


@dataclass(slots=True)
class Sorted:
    """The lines looked at (numbers of a ledger's), the pieces of those that count by what they fit
    (line, minutes), and what is left out for a reason."""

    looked_at: list[int] = field(default_factory=list)
    pieces: dict[Fit, Pieces] = field(default_factory=dict)
    out: dict[int, Sentence] = field(default_factory=dict)


def topics_of(version: Version, domains: Iterable[str]) -> frozenset[str]:
    """Our topics that may count under any of these domains of a version."""
    wanted = set(domains)
    return frozenset(t for d in version.domains if d.id in wanted for t in d.topics)


class Counting:
    """The rules of one requirement over its days, ready to look at lines."""

    def __init__(self, asked: Requirement, version: Version, days: Span) -> None:
        self.asked, self.days = asked, days
        self.ways = frozenset((asked.modalities or OF[asked.of]) + asked.includes)
        self.like = self.ways | frozenset(OF[asked.of])
        self.only = topics_of(version, asked.domains) if asked.domains else None
        self.refused = topics_of(version, asked.excludes)
        self.shares = [topics_of(version, share.domains) for share in asked.shares]
        self.limits = [(limit, topics_of(version, limit.domains)) for limit in asked.limits]
        self.floors = [(floor, topics_of(version, floor.domains)) for floor in asked.floors]
        self.places: dict[Sort, Pieces | Sentence] = {}
        self.first_said = s.say(s.TOO_OLD, day=s.day_words(days.first)) if days.first else None

    def sort(self, ledger: Ledger) -> Sorted:
        """Look at every line of this kind of time."""
        found = Sorted()
        for number, line in enumerate(ledger.lines):
            if line.modality not in self.like:
                continue
            found.looked_at.append(number)
            why = s.say(s.TWICE) if line.id in ledger.twice else self._left_out(line)
            if why is not None:
                found.out[number] = why
            else:
                self._pieces(number, line, found)
        return found

    def _left_out(self, line: Entry) -> Sentence | None:
        """Why a whole line does not count, None when it may."""
        day, asked = line.starts_at.date(), self.asked
        if line.modality not in self.ways:
            return s.say(s.OTHER_WAY)
        if self.days.first is not None and day < self.days.first:
            return self.first_said
        if day > self.days.last:
            return s.say(s.TOO_LATE, day=s.day_words(self.days.last))
        approval = asked.approval
        if approval is None or approval.body in line.approvals:
            return None
        if approval.since is not None and day < approval.since:
            return None
        return s.say(s.NOT_APPROVED, body=approval.body)

    def _pieces(self, number: int, line: Entry, found: Sorted) -> None:
        left = line.minutes
        for topic, minutes in line.topics.items():
            left -= minutes
            self._piece(number, line, topic, minutes, found)
        if left > 0:
            self._piece(number, line, "", left, found)

    def _piece(self, number: int, line: Entry, topic: str, minutes: int, found: Sorted) -> None:
        sort = (line.modality, topic, line.origin, line.pay)
        place = self.places.get(sort)
        if place is None:
            fit = self._fit(*sort)
            place = fit if isinstance(fit, Sentence) else found.pieces.setdefault(fit, [])
            self.places[sort] = place
        if isinstance(place, list):
            place.append((number, minutes))
        else:
            found.out.setdefault(number, place)

    def _fit(self, modality: str, topic: str, origin: str, pay: str) -> Fit | Sentence:
        if topic in self.refused:
            return s.say(s.EXCLUDED)
        if self.only is not None and topic not in self.only:
            return s.say(s.OTHER_TOPIC)
        return Fit(
            tuple(n for n, topics in enumerate(self.shares) if topic in topics),
            tuple(
                n
                for n, (limit, topics) in enumerate(self.limits)
                if _matches(limit, topics, modality, topic) and limit.origin in ("", origin)
            ),
            tuple(
                n
                for n, (floor, topics) in enumerate(self.floors)
                if _matches(floor, topics, modality, topic) and floor.pay in ("", pay)
            ),
        )


def _matches(rule: Limit | Floor, topics: frozenset[str], modality: str, topic: str) -> bool:
    by_way = not rule.modalities or modality in rule.modalities
    return by_way and (not rule.domains or topic in topics)
