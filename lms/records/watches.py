"""Telling a board when a certificate it accepted changes: what anyone with its code can see too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.certificate import State
from lms.domain.release import Seat
from lms.models.boards import Board, BoardMember, Watch
from lms.models.certificates import Certificate
from lms.models.people import Person
from lms.records import certificates, journal
from lms.records.office import Office


@dataclass(frozen=True, slots=True)
class Watched:
    """A watch and the code it is about."""

    watch: Watch
    code: str


def of_board(session: Session, board_id: int) -> list[Watched]:
    """What a board watches, newest first."""
    rows = session.execute(
        select(Watch, Certificate.code)
        .join(Certificate, Certificate.id == Watch.certificate_id)
        .where(Watch.board_id == board_id)
        .order_by(Watch.id.desc())
    )
    return [Watched(watch, code) for watch, code in rows]


def begin(session: Session, now: datetime, board_id: int, holder_id: int, office: Office) -> int:
    """Watch a holder's certificates that have not ended; returns how many were not watched before.

    One that has expired is watched, too: it can still be revoked or replaced.
    """
    mine = certificates.of_person(session, holder_id, now, office)
    watched = select(Watch.certificate_id).where(Watch.board_id == board_id)
    known = set(session.scalars(watched))
    new = [
        one.certificate.id
        for one in mine
        if one.standing.state in (State.VALID, State.EXPIRED) and one.certificate.id not in known
    ]
    session.add_all(Watch(board_id=board_id, certificate_id=row, since=now) for row in new)
    return len(new)


def by_ref(session: Session, board_id: int, ref: str) -> Watch | None:
    """A watch of this board, or None."""
    return session.scalar(select(Watch).where(Watch.ref == ref, Watch.board_id == board_id))


def stop(session: Session, now: datetime, watch: Watch, by: Person) -> None:
    """Watch no longer."""
    journal.note(session, now, by.id, "watch:stop", f"watch:{watch.ref}")
    session.delete(watch)


def tell(
    session: Session, now: datetime, row: Certificate, newer: Certificate | None = None
) -> int:
    """Write to the reviewers of boards that watch a certificate; returns how many letters.

    The letter names no person and no code. What took its place is watched from now on.
    """
    letters = 0
    for watch in session.scalars(select(Watch).where(Watch.certificate_id == row.id)).all():
        watch.told_at = now
        if newer is not None:
            session.add(Watch(board_id=watch.board_id, certificate_id=newer.id, since=now))
        for address in _reviewers(session, watch.board_id):
            journal.send_mail(
                session,
                now,
                address,
                "A certificate you accepted has changed",
                "Sign in and open Certificates you watch. Nothing else is said in a letter.",
            )
            letters += 1
    return letters


def _reviewers(session: Session, board_id: int) -> Sequence[str]:
    """Addresses of who decides at a board."""
    found = (
        select(Person.email)
        .join(BoardMember, BoardMember.person_id == Person.id)
        .join(Board, Board.id == BoardMember.board_id)
        .where(
            Board.id == board_id,
            BoardMember.left_at.is_(None),
            BoardMember.role.in_([Seat.REVIEWER, Seat.HEAD]),
            Person.disabled_at.is_(None),
        )
    )
    return session.scalars(found.order_by(Person.id)).all()
