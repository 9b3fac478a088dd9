"""Releases: given and ended by the holder, looked at and answered by the board."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from lms.domain import release as rules
from lms.domain.release import Scope, State, Terms, Verdict
from lms.models.boards import Board, BoardMember, Decision, Look, Release
from lms.models.database import held, take_turn
from lms.models.people import Person
from lms.records import journal

OPENED, DRAFT, PROGRAM = "record", "draft", "program"
"""What a look names: the page of the record was opened, or a draft of a pack was tried on it."""


class Over(Exception):
    """The release has ended, so the board sees and decides nothing more."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A release with its board, its holder, and where it stands."""

    release: Release
    board: Board
    holder: Person
    state: State
    newest: Decision | None

    @property
    def is_over(self) -> bool:
        """True when the board sees nothing of the record any more."""
        return self.state in rules.OVER


def terms(row: Release) -> Terms:
    """A row as the rules see it."""
    return Terms(Scope(row.scope), row.starts_at, row.ends_at, row.ended_at, row.asked_again_at)


def _standing(
    row: Release, board: Board, holder: Person, newest: Decision | None, now: datetime
) -> Standing:
    answered = (Verdict(newest.verdict), newest.at) if newest else None
    where = rules.state(terms(row), answered, now)
    if holder.disabled_at is not None and where is not State.EXPIRED:
        # Nobody is there to end it, so it does not go on.
        where = State.ENDED
    return Standing(row, board, holder, where, newest)


_NEWEST = (
    select(func.max(Decision.id))
    .where(Decision.release_id == Release.id)
    .correlate(Release)
    .scalar_subquery()
)


def found(*conditions: ColumnElement[bool]) -> Select[Release, Board, Person, Decision]:
    """A statement for releases under conditions, with their newest decision."""
    return (
        select(Release, Board, Person, Decision)
        .join(Board, Board.id == Release.board_id)
        .join(Person, Person.id == Release.person_id)
        .outerjoin(Decision, Decision.id == _NEWEST)
        .where(*conditions)
    )


def held_by(board_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions of a board's releases that hold."""
    return (
        Release.board_id == board_id,
        Release.ended_at.is_(None),
        Release.ends_at > now,
        Person.disabled_at.is_(None),
    )


def read(
    session: Session, now: datetime, statement: Select[Release, Board, Person, Decision]
) -> list[Standing]:
    """What a statement of :func:`found` finds, with where each stands."""
    return [
        _standing(row, board, holder, newest, now)
        for row, board, holder, newest in session.execute(statement)
    ]


def of_person(session: Session, now: datetime, person_id: int) -> list[Standing]:
    """A holder's releases, newest first."""
    mine = found(Release.person_id == person_id)
    return read(session, now, mine.order_by(Release.id.desc()))


def of_board(session: Session, now: datetime, board_id: int) -> list[Standing]:
    """All of a board's releases that hold, oldest first."""
    return read(session, now, found(*held_by(board_id, now)).order_by(Release.id))


def by_ref(session: Session, now: datetime, ref: str) -> Standing | None:
    """The release of an opaque reference, or None. A writing session holds it to its end."""
    row = session.scalar(held(session, select(Release).where(Release.ref == ref)))
    if row is None:
        return None
    return read(session, now, found(Release.id == row.id))[0]


def _make_room(session: Session, now: datetime, holder: Person, board: Board, pack_id: str) -> None:
    """End one that ran out. Raises ValueError with a sentence when one still holds."""
    live = select(Release).where(
        Release.person_id == holder.id,
        Release.board_id == board.id,
        Release.pack_id == pack_id,
        Release.ended_at.is_(None),
    )
    before = session.scalar(held(session, live))
    if before is None:
        return
    if rules.holds(terms(before), now):
        raise ValueError(
            "You have released your record to this board already. End that release first, "
            "then give a new one."
        )
    before.ended_at = before.ends_at
    session.flush()


def give(
    session: Session,
    now: datetime,
    holder: Person,
    board: Board,
    scope: Scope,
    pack_id: str,
    ends_at: datetime,
) -> Release:
    """Release one's record to a board. Raises ValueError with a sentence when there is one already.

    One that expired by itself makes room for the next.
    """
    take_turn(session, f"release:{holder.id}:{board.id}:{pack_id}")
    _make_room(session, now, holder, board, pack_id)
    row = Release(
        person_id=holder.id,
        board_id=board.id,
        scope=scope,
        pack_id=pack_id,
        starts_at=now,
        ends_at=ends_at,
    )
    session.add(row)
    session.flush()
    journal.note(
        session, now, holder.id, "release:give", f"release:{row.ref}", scope=scope, board=board.id
    )
    return row


def end(session: Session, now: datetime, row: Release, by: Person) -> bool:
    """End a release at once; False when it was over before."""
    if row.ended_at is not None or now >= row.ends_at:
        return False
    row.ended_at = now
    journal.note(session, now, by.id, "release:end", f"release:{row.ref}")
    return True


def end_all(session: Session, now: datetime, holder: Person) -> int:
    """End all releases of a holder; returns how many held until now."""
    mine = select(Release).where(Release.person_id == holder.id, Release.ended_at.is_(None))
    return sum(end(session, now, row, holder) for row in session.scalars(held(session, mine)))


def ask_again(session: Session, now: datetime, standing: Standing, by: Person) -> None:
    """Say that the board, which asked back, may look again. Raises ValueError otherwise."""
    if standing.state is not State.ASKED_BACK:
        raise ValueError("This board does not wait for anything from you now.")
    standing.release.asked_again_at = now
    journal.note(session, now, by.id, "release:ask-again", f"release:{standing.release.ref}")


def look(
    session: Session, now: datetime, standing: Standing, member: BoardMember, what: str = OPENED
) -> Look:
    """Write down that a member of the board opens what was released. Raises Over.

    Whoever shows anything of a released record calls this first, in the same transaction.
    """
    if standing.is_over:
        raise Over
    row = Look(
        release_id=standing.release.id,
        person_id=member.person_id,
        role=member.role,
        what=what,
        at=now,
    )
    session.add(row)
    journal.note(
        session, now, member.person_id, "release:look", f"release:{standing.release.ref}", what=what
    )
    return row


def last_look(
    session: Session, release_id: int, person_id: int, what: str = OPENED
) -> datetime | None:
    """When this member last opened this release, or None."""
    return session.scalar(
        select(func.max(Look.at)).where(
            Look.release_id == release_id, Look.person_id == person_id, Look.what == what
        )
    )


def looks(session: Session, release_id: int) -> Sequence[Look]:
    """Every look at a release, newest first."""
    found = select(Look).where(Look.release_id == release_id)
    return session.scalars(found.order_by(Look.id.desc())).all()


def decisions(session: Session, release_id: int) -> Sequence[Decision]:
    """Every answer of the board, newest first."""
    found = select(Decision).where(Decision.release_id == release_id)
    return session.scalars(found.order_by(Decision.id.desc())).all()


def decide(
    session: Session,
    now: datetime,
    standing: Standing,
    member: BoardMember,
    verdict: Verdict,
    reasons: str,
) -> Decision:
    """Answer a release. Raises Over, or ValueError with a sentence.

    A later answer stands beside the earlier one. Nobody decides on what they never opened.
    """
    if standing.is_over:
        raise Over
    if last_look(session, standing.release.id, member.person_id) is None:
        raise ValueError("Open the record before you decide.")
    if verdict is not Verdict.ACCEPTED and not reasons.strip():
        raise ValueError("Say why. The holder reads it and needs to know what to do.")
    row = Decision(
        release_id=standing.release.id,
        by=member.person_id,
        verdict=verdict,
        reasons=reasons.strip(),
        at=now,
    )
    session.add(row)
    journal.note(
        session,
        now,
        member.person_id,
        "release:decide",
        f"release:{standing.release.ref}",
        verdict=verdict,
    )
    return row
