"""Making up for what was missed: by topic, with as few coming meetings as can be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

EXACT = 12
"""Up to this many coming meetings the smallest choice is found exactly."""

WORTH_IT = 5
"""Fewer minutes than this are not worth another meeting; a tap at 9:02 is no gap."""

Minutes = Mapping[str, int]
"""Minutes by topic id."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A meeting that someone came to: what all of it was worth by topic, and what they got."""

    starts_at: datetime
    full: Minutes
    got: Minutes


@dataclass(frozen=True, slots=True)
class Offer:
    """A coming meeting and the minutes it brings."""

    id: str
    starts_at: datetime
    minutes: Minutes


@dataclass(frozen=True, slots=True)
class Plan:
    """What is missing, the meetings that make up for it, and what none of them covers."""

    missing: Minutes
    chosen: tuple[Offer, ...]
    uncovered: Minutes

    @property
    def is_closed(self) -> bool:
        """True when nothing is missing (any more)."""
        return not self.missing


def missing(seen: Iterable[Seen]) -> dict[str, int]:
    """Minutes by topic that were missed by coming late or leaving early, and not made up since.

    Only meetings someone came to are looked at: to stay away is no promise broken. Minutes of a
    later meeting pay for minutes missed before it, topic by topic, each minute once. Less than five
    minutes in all is nothing.
    """
    owed: dict[str, int] = {}
    for one in sorted(seen, key=lambda one: one.starts_at):
        for topic in sorted({*one.full, *one.got}):
            got = one.got.get(topic, 0)
            short = max(0, one.full.get(topic, 0) - got)
            owed[topic] = max(0, owed.get(topic, 0) - got) + short
    if sum(owed.values()) < WORTH_IT:
        return {}
    return {topic: minutes for topic, minutes in owed.items() if minutes}


def smallest(need: Minutes, offers: Iterable[Offer]) -> Plan:
    """The fewest coming meetings that cover what is missing, as far as they can; of equally many,
    those that come first.

    Exact for up to twelve meetings that bring a needed topic. Beyond that it is a good choice and
    not always the smallest: the meeting that covers most is taken first, the earlier one of two.
    """
    need = {topic: minutes for topic, minutes in need.items() if minutes > 0}
    useful = sorted(
        (o for o in offers if any(o.minutes.get(topic, 0) > 0 for topic in need)),
        key=lambda offer: (offer.starts_at, offer.id),
    )
    uncovered = _left(need, useful)
    target = {topic: minutes - uncovered.get(topic, 0) for topic, minutes in need.items()}
    choose = _exactly if len(useful) <= EXACT else _greedily
    return Plan(need, choose(target, useful), uncovered)


def _left(need: Minutes, chosen: Sequence[Offer]) -> dict[str, int]:
    left = {t: m - sum(o.minutes.get(t, 0) for o in chosen) for t, m in need.items()}
    return {topic: minutes for topic, minutes in left.items() if minutes > 0}


def _exactly(target: Minutes, offers: Sequence[Offer]) -> tuple[Offer, ...]:
    choices = (chosen for size in range(len(offers) + 1) for chosen in combinations(offers, size))
    return next(chosen for chosen in choices if not _left(target, chosen))


def _greedily(target: Minutes, offers: Sequence[Offer]) -> tuple[Offer, ...]:
    chosen: list[Offer] = []
    while left := _left(target, chosen):
        rest = [offer for offer in offers if offer not in chosen]
        chosen.append(max(rest, key=lambda offer: _worth(left, offer)))
    for offer in list(chosen):
        others = [other for other in chosen if other is not offer]
        if not _left(target, others):
            chosen = others
    return tuple(sorted(chosen, key=lambda offer: (offer.starts_at, offer.id)))


def _worth(left: Minutes, offer: Offer) -> int:
    return sum(min(minutes, offer.minutes.get(topic, 0)) for topic, minutes in left.items())
