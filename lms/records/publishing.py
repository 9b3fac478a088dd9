"""Publishing on a live school: what changes, whom it touches, who moves to the new edition."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from lms.content.changes import Change, compare
from lms.content.library import Library
from lms.models.attempts import Attempt
from lms.models.certificates import Certificate
from lms.models.learning import Enrolment
from lms.models.people import Cohort
from lms.models.role_plays import RolePlay
from lms.records import journal
from lms.records.role_plays import DECIDED


@dataclass(frozen=True, slots=True)
class Touched:
    """People of a program who have begun and hold no certificate of it yet."""

    program: str
    people: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing would do. ``stops`` are sentences; with any, it is refused."""

    changes: tuple[Change, ...]
    touched: tuple[Touched, ...]
    stops: tuple[str, ...]


def plan(session: Session, old: Library, new: Library) -> Plan:
    """Compare what is current with what would be, and count whom it touches."""
    changes = compare(old, new)
    stops = [f"{change.about}: {change.words}." for change in changes if change.is_refused]
    for rubric in sorted({change.rubric for change in changes if change.rubric}):
        scenarios = [s.id for s in old.scenarios.values() if s.rubric == rubric]
        if count := _open_sheets(session, scenarios):
            stops.append(
                f"Rubric “{old.rubrics[rubric].title}” loses a criterion while {count} role-plays "
                "wait for their trainers. Publish when they are decided, or keep the criterion."
            )
    return Plan(changes, _touched(session, old), tuple(stops))


def _open_sheets(session: Session, scenarios: list[str]) -> int:
    waiting = select(func.count()).where(
        RolePlay.scenario_id.in_(scenarios), RolePlay.state != DECIDED
    )
    return session.scalar(waiting) or 0


def _touched(session: Session, library: Library) -> tuple[Touched, ...]:
    rows = session.execute(
        select(Enrolment.program_id, func.count())
        .where(_unfinished())
        .group_by(Enrolment.program_id)
        .order_by(Enrolment.program_id)
    )
    names = {program.id: program.title for program in library.programs.values()}
    return tuple(Touched(names.get(program, program), count) for program, count in rows)


def _unfinished() -> ColumnElement[bool]:
    held = select(Certificate.id).where(
        Certificate.person_id == Enrolment.person_id,
        Certificate.program_id == Enrolment.program_id,
    )
    return ~held.exists()


@dataclass(frozen=True, slots=True)
class Moved:
    """How many people went to the new edition, and how many are in the middle of something."""

    moved: int
    busy: int


def move(
    session: Session, now: datetime, library: Library, publication: int, cohorts: Iterable[Cohort]
) -> Moved:
    """Move a cohort's people to a publication, but those with a quiz or role-play under way.

    What they have read and passed stays. Whoever holds the certificate stays.
    """
    found = session.scalars(
        select(Enrolment).where(
            Enrolment.cohort_id.in_([cohort.id for cohort in cohorts]),
            Enrolment.publication_id != publication,
            Enrolment.program_id.in_(list(library.programs)),
            _unfinished(),
        )
    ).all()
    busy = set(
        session.scalars(
            select(Enrolment.id).where(
                Enrolment.id.in_([enrolment.id for enrolment in found]), or_(*_under_way())
            )
        )
    )
    free = [enrolment for enrolment in found if enrolment.id not in busy]
    for enrolment in free:
        enrolment.publication_id = publication
        journal.note(
            session, now, None, "learner:move", f"enrolment:{enrolment.id}", publication=publication
        )
    return Moved(len(free), len(busy))


def _under_way() -> tuple[ColumnElement[bool], ...]:
    quiz = select(Attempt.id).where(
        Attempt.enrolment_id == Enrolment.id, Attempt.submitted_at.is_(None)
    )
    role_play = select(RolePlay.id).where(
        RolePlay.person_id == Enrolment.person_id,
        RolePlay.cohort_id == Enrolment.cohort_id,
        or_(RolePlay.state != DECIDED, RolePlay.released_at.is_(None)),
    )
    return quiz.exists(), role_play.exists()
