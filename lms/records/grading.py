"""Rating role-plays: the queue, private sheets, decisions, amendments, release."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain import rubric as rules
from lms.domain.rubric import Fault, Rating, Sheet, Status
from lms.models.people import Person
from lms.models.role_plays import Outcome, RolePlay, SheetRow
from lms.records import journal
from lms.records.role_plays import DECIDED, THIRD, WAITING, Scene, outcomes


class NotYours(Exception):
    """This person may not rate this role-play; the message says why."""


class Incomplete(Exception):
    """A sheet cannot be signed; ``faults`` name what is missing."""

    def __init__(self, faults: tuple[tuple[str, Fault], ...]) -> None:
        super().__init__(len(faults))
        self.faults = faults


class SheetChanged(Exception):
    """The draft was changed in another tab since this page was shown."""

    def __init__(self, saved: SheetRow) -> None:
        super().__init__(saved.revision)
        self.saved = saved


@dataclass(frozen=True, slots=True)
class Waiting:
    """One role-play in the queue, without the learner's name."""

    play: RolePlay
    mine: SheetRow | None


def queue(session: Session, rater_id: int, cohort_ids: Iterable[int]) -> list[Waiting]:
    """What a rater can rate now: oldest day first, in a stable shuffled order inside a day.

    Left out: their own role-plays, those they have signed, and (unless a third is asked for) those
    whose seats are all taken by others.
    """
    mine = SheetRow
    rows = session.execute(
        select(RolePlay, mine)
        .outerjoin(mine, (mine.role_play_id == RolePlay.id) & (mine.rater_id == rater_id))
        .where(
            RolePlay.cohort_id.in_(list(cohort_ids)),
            RolePlay.state.in_((WAITING, THIRD)),
            RolePlay.person_id != rater_id,
            mine.signed_at.is_(None),
        )
        .order_by(RolePlay.handed_in_on, RolePlay.queue_key)
        .limit(200)
    )
    return [Waiting(play, sheet) for play, sheet in rows]


def seats_taken(session: Session, play_ids: Iterable[int]) -> dict[int, int]:
    """How many raters have begun each role-play."""
    rows = session.execute(
        select(SheetRow.role_play_id, func.count())
        .where(SheetRow.role_play_id.in_(list(play_ids)))
        .group_by(SheetRow.role_play_id)
    )
    return {play_id: int(count) for play_id, count in rows}


def sheets(session: Session, play: RolePlay) -> list[SheetRow]:
    """All sheets of a role-play in the order of their seats."""
    found = select(SheetRow).where(SheetRow.role_play_id == play.id).order_by(SheetRow.seat)
    return list(session.scalars(found))


def seats(scene: Scene) -> int:
    """How many raters a role-play has room for now."""
    return scene.scenario.raters + (1 if scene.play.state == THIRD else 0)


def may_rate(scene: Scene, taken: list[SheetRow], rater: Person) -> None:
    """Raise NotYours unless the rater may fill a sheet now."""
    if scene.play.person_id == rater.id:
        raise NotYours("Nobody grades themselves. Another trainer will rate this role-play.")
    mine = next((sheet for sheet in taken if sheet.rater_id == rater.id), None)
    if mine is not None and mine.signed_at is not None:
        raise NotYours("You have signed your sheet. It cannot be changed any more.")
    if scene.play.state not in (WAITING, THIRD):
        raise NotYours("This role-play has been decided. Its outcome can only be amended.")
    if mine is None and len(taken) >= seats(scene):
        raise NotYours("Other trainers are already rating this role-play. Choose another one.")


def as_sheet(row: SheetRow | None) -> Sheet:
    """A stored sheet as the rules see it."""
    if row is None:
        return {}
    return {
        name: Rating(r["level"], tuple(r["flags"]), tuple(r["turns"]), r["comment"])
        for name, r in row.ratings.items()
    }


def _stored(sheet: Sheet) -> dict[str, Any]:
    return {name: asdict(rating) for name, rating in sheet.items()}


def save_draft(
    session: Session, now: datetime, scene: Scene, rater: Person, sheet: Sheet, based_on: int
) -> SheetRow:
    """Keep a rater's unsigned sheet. Raises NotYours, or SheetChanged when a newer draft stands."""
    taken = sheets(session, scene.play)
    may_rate(scene, taken, rater)
    row = next((s for s in taken if s.rater_id == rater.id), None)
    if row is None:
        row = SheetRow(
            role_play_id=scene.play.id,
            rater_id=rater.id,
            seat=len(taken) + 1,
            revision=0,
            ratings={},
            saved_at=now,
        )
        session.add(row)
    elif row.revision != based_on and as_sheet(row) != dict(sheet):
        raise SheetChanged(row)
    row.ratings = _stored(sheet)
    row.revision += 1
    row.saved_at = now
    journal.note(session, now, rater.id, "sheet:save", f"role-play:{scene.play.ref}", seat=row.seat)
    session.flush()
    return row


def sign(
    session: Session, now: datetime, scene: Scene, rater: Person, sheet: Sheet, based_on: int
) -> Status:
    """Sign a sheet and settle what can be settled. Raises Incomplete, NotYours or SheetChanged."""
    if faults := rules.faults(scene.rubric, sheet, scene.last_turn):
        raise Incomplete(faults)
    row = save_draft(session, now, scene, rater, sheet, based_on)
    row.signed_at = now
    session.flush()
    signed = [s for s in sheets(session, scene.play) if s.signed_at is not None]
    signed.sort(key=lambda s: (s.signed_at or now, s.seat))
    decision = rules.decide(scene.rubric, [as_sheet(s) for s in signed], scene.scenario.raters)
    if decision.status is Status.DECIDED and decision.verdict is not None:
        _store(session, now, scene, decision.verdict, rater, "", 1)
        scene.play.state = DECIDED
    elif decision.status is Status.THIRD:
        scene.play.state = THIRD
    journal.note(
        session,
        now,
        rater.id,
        "sheet:sign",
        f"role-play:{scene.play.ref}",
        seat=row.seat,
        status=decision.status,
    )
    return decision.status


def _store(
    session: Session,
    now: datetime,
    scene: Scene,
    verdict: rules.Verdict,
    by: Person,
    reason: str,
    revision: int,
) -> Outcome:
    outcome = Outcome(
        role_play_id=scene.play.id,
        revision=revision,
        passed=verdict.passed,
        levels=dict(verdict.levels),
        points=verdict.points,
        out_of=verdict.out_of,
        flagged=verdict.flagged,
        decided_by=by.id,
        decided_at=now,
        reason=reason,
    )
    session.add(outcome)
    session.flush()
    return outcome


def amend(
    session: Session,
    now: datetime,
    scene: Scene,
    levels: Mapping[str, int],
    reason: str,
    by: Person,
) -> Outcome:
    """Amend a decided outcome with a reason; the earlier one stays on record.

    Raises ValueError with a sentence when there is no reason, no change, or nothing decided yet.
    """
    found = outcomes(session, scene.play)
    if not found:
        raise ValueError("There is no outcome to amend yet.")
    if not reason.strip():
        raise ValueError("Say why the outcome is amended. The learner will see it.")
    if dict(levels) == found[-1].levels:
        raise ValueError("No level was changed, so there is nothing to amend.")
    flagged = found[-1].flagged and rules.HARMFUL in levels.values()
    verdict = rules.verdict(scene.rubric, levels, flagged)
    journal.note(session, now, by.id, "outcome:amend", f"role-play:{scene.play.ref}")
    return _store(session, now, scene, verdict, by, reason.strip(), found[-1].revision + 1)


def unreleased(session: Session, cohort_ids: Iterable[int]) -> list[tuple[RolePlay, Person]]:
    """Decided role-plays whose learners have not been told, oldest first."""
    rows = session.execute(
        select(RolePlay, Person)
        .join(Person, Person.id == RolePlay.person_id)
        .where(
            RolePlay.cohort_id.in_(list(cohort_ids)),
            RolePlay.state == DECIDED,
            RolePlay.released_at.is_(None),
        )
        .order_by(RolePlay.handed_in_on, RolePlay.queue_key)
        .limit(200)
    )
    return [(play, person) for play, person in rows]


def release(
    session: Session, now: datetime, plays: Iterable[tuple[RolePlay, Person]], by: Person
) -> int:
    """Show outcomes to their learners, in a batch, with one letter each."""
    count = 0
    for play, person in plays:
        if play.released_at is None and play.state == DECIDED:
            play.released_at = now
            journal.send_mail(
                session,
                now,
                person.email,
                "Your role-play has been read",
                "Your trainer has answered your role-play. Sign in to read what they saw "
                "and what to try next.",
            )
            count += 1
    journal.note(session, now, by.id, "role-play:release", f"batch:{count}", count=count)
    return count
