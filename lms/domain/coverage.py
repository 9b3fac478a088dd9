"""What is covered: each competency taught and asked, and minutes by the domains of others."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from lms.domain.curriculum import Category, Competency, Module
from lms.domain.items import Bank
from lms.domain.rubric import Rubric

FEWEST_SECTIONS: Final = 1
FEWEST_ITEMS: Final = 4
FEWEST_CRITERIA: Final = 1
"""Per competency a section and four items; per category a criterion. Our own rule: no board sets
one."""


@dataclass(frozen=True, slots=True)
class Covered:
    """How often one competency is taught, asked and judged."""

    competency: Competency
    sections: int
    items: int
    criteria: int

    @property
    def is_gap(self) -> bool:
        """True when it is taught or asked too little."""
        return self.sections < FEWEST_SECTIONS or self.items < FEWEST_ITEMS


@dataclass(frozen=True, slots=True)
class CategoryCovered:
    """One category with its competencies."""

    category: Category
    rows: tuple[Covered, ...]

    @property
    def criteria(self) -> int:
        """Rubric criteria that judge any of its competencies, counted once for each of them."""
        return sum(row.criteria for row in self.rows)

    @property
    def is_gap(self) -> bool:
        """True when nothing of it is judged, or one of its competencies is a gap."""
        return self.criteria < FEWEST_CRITERIA or any(row.is_gap for row in self.rows)


def coverage(
    categories: Iterable[Category],
    modules: Iterable[Module],
    banks: Iterable[Bank],
    rubrics: Iterable[Rubric],
) -> tuple[CategoryCovered, ...]:
    """Count sections, items and rubric criteria for every competency of the framework."""
    taught = Counter(c for m in modules for s in m.sections for c in s.competencies)
    asked = Counter(c for bank in banks for item in bank.items for c in item.competencies)
    judged = Counter(c for rubric in rubrics for row in rubric.criteria for c in row.competencies)
    return tuple(
        CategoryCovered(
            category,
            tuple(
                Covered(c, taught[c.id], asked[c.id], judged[c.id]) for c in category.competencies
            ),
        )
        for category in categories
    )


@dataclass(frozen=True, slots=True)
class Domain:
    """One domain of somebody else's scheme, and which of our topics we count under it."""

    id: str
    title: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """Domains that others count by. The map from our topics is ours; a board may see it otherwise.

    ``checked_on`` is the ISO day on which its titles were last compared with the source.
    """

    id: str
    title: str
    about: str
    source: str
    checked_on: str
    domains: tuple[Domain, ...]

    @property
    def topics(self) -> frozenset[str]:
        """All topics that are counted somewhere in it."""
        return frozenset(topic for domain in self.domains for topic in domain.topics)


@dataclass(frozen=True, slots=True)
class Offer:
    """Minutes a program gives by topic: alone at one's own pace, and live with a trainer."""

    self_paced: Mapping[str, int]
    live: Mapping[str, int]

    @property
    def minutes(self) -> int:
        """All of them."""
        return sum(self.self_paced.values()) + sum(self.live.values())


@dataclass(frozen=True, slots=True)
class DomainMinutes:
    """Minutes of one domain; ``domain`` is None for topics the scheme has no place for."""

    domain: Domain | None
    self_paced: int
    live: int


def by_domain(scheme: Scheme, offer: Offer) -> tuple[DomainMinutes, ...]:
    """A program's minutes by a scheme's domains; each minute is counted once."""
    rows = [DomainMinutes(d, _of(offer.self_paced, d), _of(offer.live, d)) for d in scheme.domains]
    rest = Domain("", "", tuple({*offer.self_paced, *offer.live} - scheme.topics))
    left = DomainMinutes(None, _of(offer.self_paced, rest), _of(offer.live, rest))
    return (*rows, left) if left.self_paced or left.live else tuple(rows)


def _of(minutes: Mapping[str, int], domain: Domain) -> int:
    return sum(minutes.get(topic, 0) for topic in domain.topics)
