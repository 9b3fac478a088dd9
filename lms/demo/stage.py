"""Where deeds happen: the session, the shelf, and everyone who has come so far."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heapify, heappop, heappush

from sqlalchemy.orm import Session

from lms.models.people import Cohort, Person
from lms.records import learning
from lms.records.learning import Way
from lms.records.office import Office
from lms.records.shelf import Shelf


@dataclass(slots=True)
class Stage:
    """The school while it is being lived through; people and cohorts by the cast's ids."""

    session: Session
    shelf: Shelf
    office: Office
    password_hash: str
    people: dict[str, Person] = field(default_factory=dict)
    cohorts: dict[str, Cohort] = field(default_factory=dict)

    def way(self, who: str, program: str) -> Way:
        """How far a learner has come. Raises LookupError before they have joined."""
        way = learning.way(self.session, self.shelf, self.people[who].id, program)
        if way is None:
            raise LookupError(f"{who} has not joined {program}")
        return way


Act = Callable[[Stage, datetime], Iterator[datetime] | None]
"""Something done at once, or a generator that does it bit by bit and yields when it goes on."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What someone begins to do at a moment."""

    at: datetime
    act: Act


def perform(stage: Stage, deeds: Iterable[Deed], until: datetime) -> None:
    """Let everything happen in the order of time, one person's doings between another's.

    Raises ValueError for what would happen after ``until``.
    """
    everything = list(deeds)
    going = [(deed.at, place, _bits(deed, stage)) for place, deed in enumerate(everything)]
    heapify(going)
    while going:
        at, place, bits = heappop(going)
        if at > until:
            raise ValueError(f"the cast has this happen in the future: {everything[place]}")
        if later := next(bits, None):
            heappush(going, (later, place, bits))


def _bits(deed: Deed, stage: Stage) -> Iterator[datetime]:
    yield from deed.act(stage, deed.at) or ()
