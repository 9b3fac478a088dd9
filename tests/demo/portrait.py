"""What the demo school looks like to someone who may see everything."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.cli.shop import Shop
from lms.demo.cast import cast
from lms.demo.opening import address
from lms.models.attempts import Attempt
from lms.models.people import Person
from lms.models.role_plays import RolePlay
from lms.records import certificates, learning, people, role_plays
from lms.records.learning import Way
from tests.demo.conftest import MOMENT


@dataclass(frozen=True)
class Part:
    """How far a learner has come in one program."""

    program: str
    percent: int
    minutes: tuple[tuple[str, int], ...]
    waiting: tuple[tuple[str, str], ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True)
class Portrait:
    """One learner; nothing random such as codes and references."""

    name: str
    parts: tuple[Part, ...]
    attempts: tuple[tuple[object, ...], ...]
    plays: tuple[tuple[object, ...], ...]
    standings: tuple[str, ...]

    @property
    def percent(self) -> int:
        """How far they have come in the program they began last."""
        return self.parts[-1].percent

    def play(self, scenario: str) -> tuple[object, ...]:
        """The newest go at a scenario."""
        return [play for play in self.plays if play[0] == scenario][-1]


def portraits(session: Session, shop: Shop) -> dict[str, Portrait]:
    """Every learner, by id in the cast."""
    return {learner.id: _portrait(session, shop, learner.id) for learner in cast().learners}


def _portrait(session: Session, shop: Shop, who: str) -> Portrait:
    person = people.by_email(session, address(who))
    held = certificates.of_person(session, person.id, MOMENT, shop.office)
    return Portrait(
        name=person.name,
        parts=tuple(_part(way) for way in learning.ways(session, shop.shelf, person.id)),
        attempts=tuple(_attempt(row) for row in rows_of(session, Attempt, person)),
        plays=tuple(_play(session, row) for row in rows_of(session, RolePlay, person)),
        standings=tuple(str(record.standing.state) for record in held),
    )


def _part(way: Way) -> Part:
    return Part(
        program=way.program.id,
        percent=way.progress.percent,
        minutes=tuple(sorted(way.minutes.items())),
        waiting=tuple(sorted((key, str(state)) for key, state in way.waiting.items())),
        gaps=tuple(gap.title for gap in way.gaps),
    )


def rows_of(session: Session, table: type, person: Person) -> list:
    """A person's rows, oldest first."""
    mine = select(table).where(table.person_id == person.id)
    return list(session.scalars(mine.order_by(table.started_at, table.id)))


def _attempt(row: Attempt) -> tuple[object, ...]:
    return (row.quiz_id, row.number, row.passed, row.started_at, row.submitted_at)


def _play(session: Session, row: RolePlay) -> tuple[object, ...]:
    passed = [outcome.passed for outcome in role_plays.outcomes(session, row)]
    return (row.scenario_id, row.number, row.mode, row.state, tuple(passed), row.released_at)
