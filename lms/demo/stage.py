"""Where deeds happen: the session, the shelf, and everyone who has come so far."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

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
    program: str
    password_hash: str
    people: dict[str, Person] = field(default_factory=dict)
    cohorts: dict[str, Cohort] = field(default_factory=dict)

    def way(self, who: str) -> Way:
        """How far a learner has come. Raises LookupError before they have joined."""
        way = learning.way(self.session, self.shelf, self.people[who].id, self.program)
        if way is None:
            raise LookupError(f"{who} has not joined {self.program}")
        return way


Act = Callable[[Stage, datetime], None]


@dataclass(frozen=True, slots=True)
class Deed:
    """What someone does at a moment."""

    at: datetime
    act: Act


def perform(stage: Stage, deeds: Iterable[Deed], until: datetime) -> None:
    """Let every deed happen in the order of time. Raises ValueError for one after ``until``."""
    for deed in sorted(deeds, key=lambda deed: deed.at):
        if deed.at > until:
            raise ValueError(f"the cast has something happen in the future: {deed}")
        deed.act(stage, deed.at)
