"""What the people of a board did: for its head, newest first, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, literal, or_, select, union_all
from sqlalchemy.orm import Session

from lms.models.boards import Decision, Look, Release
from lms.models.people import Person

PAGE = 100
Key = tuple[datetime, str, int]
"""What a page ends with: the moment, the kind and the number of its last line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One look or answer: who, when, what, at which release (by its number, not by whose)."""

    at: datetime
    who: str
    kind: str
    what: str
    release: str
    id: int


def lines(session: Session, board_id: int, after: Key | None = None) -> Sequence[Line]:
    """Looks and answers of a board's people, newest first; with a key, those that follow it."""
    ours = Release.board_id == board_id
    looks = (
        select(
            Look.at, Look.person_id, literal("look").label("kind"), Look.what, Release.ref, Look.id
        )
        .join(Release, Release.id == Look.release_id)
        .where(ours)
    )
    answers = (
        select(
            Decision.at,
            Decision.by,
            literal("decision"),
            Decision.verdict,
            Release.ref,
            Decision.id,
        )
        .join(Release, Release.id == Decision.release_id)
        .where(ours)
    )
    both = union_all(looks, answers).subquery()
    found = (
        select(both.c.at, Person.name, both.c.kind, both.c.what, both.c.ref, both.c.id)
        .join(Person, Person.id == both.c.person_id)
        .order_by(both.c.at.desc(), both.c.kind, both.c.id.desc())
        .limit(PAGE)
    )
    if after is not None:
        at, kind, last = after
        same = both.c.at == at
        found = found.where(
            or_(
                both.c.at < at,
                and_(same, both.c.kind > kind),
                and_(same, both.c.kind == kind, both.c.id < last),
            )
        )
    return [Line(*row) for row in session.execute(found)]
