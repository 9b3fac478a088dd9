"""Limits that lie inside each other can be counted for sure; limits that cross cannot."""

from collections.abc import Iterable, Sequence
from itertools import combinations, product

from lms.domain.allocation import nested
from lms.domain.counting import topics_of
from lms.domain.hours import Modality
from lms.domain.packs import Domain, Limit

ORIGINS = ("ours", "transferred")


def crossing(limits: Iterable[Limit], domains: Sequence[Domain]) -> tuple[tuple[Limit, Limit], ...]:
    """The pairs of limits that share some kind of minute while each has another of its own.

    Such limits cannot be counted one inside the other, so a pack with them is refused.
    """
    under = [(limit, _under(limit, domains)) for limit in limits]
    return tuple(
        (one, other)
        for (one, ones), (other, others) in combinations(under, 2)
        if not nested(ones, others)
    )


def cross(fits: Sequence[tuple[int, ...]]) -> bool:
    """Whether limits cross on kinds of minutes at hand, each given by the limits it is under."""
    numbers = {number for fit in fits for number in fit}
    under = [frozenset(k for k, fit in enumerate(fits) if n in fit) for n in numbers]
    return any(not nested(one, other) for one, other in combinations(under, 2))


def _under(limit: Limit, domains: Sequence[Domain]) -> frozenset[tuple[str, str, str]]:
    """Every kind of minute a limit matches: way, topic ("" for one of no domain), origin."""
    every = topics_of(domains, (domain.id for domain in domains)) | {""}
    return frozenset(
        product(
            limit.modalities or tuple(str(way) for way in Modality),
            topics_of(domains, limit.domains) if limit.domains else every,
            (limit.origin,) if limit.origin else ORIGINS,
        )
    )
