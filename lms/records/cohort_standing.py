"""A cohort's learners against packs, in hours alone, a page at a time."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from lms.domain.caps import NO_CAPS, Caps
from lms.domain.evaluate import evaluate_each
from lms.domain.hours_alone import Cell, cell, hours_alone
from lms.domain.packs import Pack
from lms.domain.people import Role
from lms.domain.record import Record
from lms.domain.requirements import Answer
from lms.models.people import GrantRow, Person
from lms.records import standing

Row = tuple[Person, tuple[Cell, ...]]


def page(
    session: Session,
    cohort_id: int,
    packs: Sequence[Pack],
    today: date,
    after: str = "",
    most: int = 50,
    caps: Caps = NO_CAPS,
) -> tuple[list[Row], str]:
    """Learners by name after the one of a reference, each with a cell for every pack; and the
    reference to go on after, "" at the end.
    """
    found = _learners(session, cohort_id, after, most + 1)
    shown = found[:most]
    records = standing.hours_of(session, [p.id for p in shown], caps) if packs else {}
    cells = cells_of((records.get(p.id, Record()) for p in shown), packs, today)
    following = shown[-1].ref if len(found) > most else ""
    return list(zip(shown, cells, strict=True)), following


def cells_of(
    records: Iterable[Record], packs: Sequence[Pack], today: date
) -> list[tuple[Cell, ...]]:
    """A cell for each record and pack; the packs are cut down to hours once."""
    versions = [hours_alone(pack.version(today)) for pack in packs]
    return [
        tuple(cell(_asked(whole)) for whole in evaluate_each(versions, record, today))
        for record in records
    ]


def _asked(whole: Answer) -> tuple[Answer, ...]:
    return tuple(answer for stage in whole.parts for answer in stage.parts)


def _learners(session: Session, cohort_id: int, after: str, most: int) -> list[Person]:
    found = (
        select(Person)
        .join(GrantRow, GrantRow.person_id == Person.id)
        .where(GrantRow.role == Role.LEARNER, GrantRow.cohort_id == cohort_id)
    )
    if after:
        last = select(Person.name, Person.id).where(Person.ref == after)
        here = session.execute(last).one_or_none()
        if here is not None:
            found = found.where(tuple_(Person.name, Person.id) > tuple_(here[0], here[1]))
    return list(session.scalars(found.order_by(Person.name, Person.id).limit(most)))
