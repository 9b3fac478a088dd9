"""What learners have finished and what waits, of one or of many at once: a statement a kind."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from lms.domain.curriculum import StepKind, section_key
from lms.models.attempts import Attempt
from lms.models.hours import LedgerEntry
from lms.models.learning import Reading
from lms.models.role_plays import Outcome, RolePlay


class Waiting(StrEnum):
    """What a step that is begun but not done waits for."""

    OPEN = "open"
    TRAINER = "trainer"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Sum:
    """Minutes of the lines that share a modality, a program and a module, and when the last of
    them ended.
    """

    modality: str
    program_id: str
    module_id: str | None
    minutes: int
    last: datetime


@dataclass(slots=True)
class Finished:
    """Of one learner: when each step was finished, what waits, and sums of minutes."""

    when: dict[str, datetime] = field(default_factory=dict)
    waiting: dict[str, Waiting] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)


def of_people(session: Session, ids: Collection[int]) -> Mapping[int, Finished]:
    """What each of these people has finished; four statements, however many they are."""
    found: dict[int, Finished] = defaultdict(Finished)
    _read(session, ids, found)
    _quizzes(session, ids, found)
    _role_plays(session, ids, found)
    _minutes(session, ids, found)
    return found


def _read(session: Session, ids: Collection[int], found: dict[int, Finished]) -> None:
    rows = session.execute(
        select(Reading.person_id, Reading.module_id, Reading.section_id, Reading.finished_at).where(
            Reading.person_id.in_(ids)
        )
    )
    for person, module, section, at in rows:
        found[person].when[section_key(module, section)] = at


def _quizzes(session: Session, ids: Collection[int], found: dict[int, Finished]) -> None:
    rows = session.execute(
        select(Attempt.person_id, Attempt.quiz_id, Attempt.submitted_at).where(
            Attempt.person_id.in_(ids),
            or_(Attempt.passed.is_(True), Attempt.submitted_at.is_(None)),
        )
    )
    for person, quiz, at in rows:
        key = f"{StepKind.QUIZ}:{quiz}"
        if at is None:
            found[person].waiting[key] = Waiting.OPEN
        else:
            found[person].when[key] = at


def _role_plays(session: Session, ids: Collection[int], found: dict[int, Finished]) -> None:
    rows = session.execute(
        select(RolePlay, Outcome.passed)
        .outerjoin(Outcome, Outcome.role_play_id == RolePlay.id)
        .where(RolePlay.person_id.in_(ids))
        .order_by(RolePlay.number, Outcome.revision)
    )
    for play, outcome in rows:
        mine, key = found[play.person_id], f"{StepKind.ROLE_PLAY}:{play.scenario_id}"
        if play.state == "open":
            mine.waiting[key] = Waiting.OPEN
        elif play.released_at is None:
            mine.waiting[key] = Waiting.TRAINER
        elif outcome:
            mine.when[key] = play.released_at
        else:
            mine.when.pop(key, None)
            mine.waiting[key] = Waiting.AGAIN


def _minutes(session: Session, ids: Collection[int], found: dict[int, Finished]) -> None:
    row = LedgerEntry
    kinds = (row.person_id, row.modality, row.program_id, row.module_id)
    sums = (func.sum(row.minutes), func.max(row.ends_at))
    rows = session.execute(select(*kinds, *sums).where(row.person_id.in_(ids)).group_by(*kinds))
    for person, modality, program, module, minutes, last in rows:
        found[person].sums.append(Sum(modality, program, module, int(minutes), last))
