"""A board with its people, and records released to it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from lms.domain.api_keys import KeyScope
from lms.domain.people import Role
from lms.domain.release import Scope, Seat
from lms.models.boards import Board, BoardMember
from lms.models.people import Person
from lms.records import api_keys, desks, releases
from tests.browsing import Browser
from tests.school import School

BOTH = (KeyScope.VERIFY, KeyScope.RELEASES)


@dataclass
class Seated:
    """A board, its head, and the head's browser."""

    school: School
    board: Board
    head: Person
    browser: Browser

    def join(self, seat: Seat, name: str = "") -> Person:
        """Someone else at the same board."""
        return _join(self.school, self.board, seat, name)

    def key(self, *scopes: KeyScope, days: int = 30, name: str = "A program") -> str:
        """A key of the board, as its program holds it."""
        with self.school.database.writing() as session:
            desk = desks.desk_of(session, self.head.id)
            made = api_keys.make(
                session, self.school.now, desk, name, list(scopes or BOTH), days, self.head
            )
            session.commit()
            return made

    def release(self, holder: Person, scope: Scope = Scope.FULL, days: int = 30) -> str:
        """A record released to the board; its reference."""
        with self.school.database.writing() as session:
            row = releases.give(
                session,
                self.school.now,
                session.merge(holder),
                self.board,
                scope,
                "",
                self.school.now + timedelta(days=days),
            )
            session.commit()
            return row.ref


def seat(school: School, name: str = "Ohio Board") -> Seated:
    """A board with a head."""
    operator = school.person(Role.OPERATOR)
    with school.database.writing() as session:
        board = desks.make(session, school.now, name, [], operator)
        session.commit()
    head = _join(school, board, Seat.HEAD)
    return Seated(school, board, head, school.browser(head))


def _join(school: School, board: Board, seat: Seat, name: str = "") -> Person:
    person = school.person(Role.BOARD, name=name)
    with school.database.writing() as session:
        _seat(session, school, board, person, seat)
        session.commit()
    return person


def _seat(session: Session, school: School, board: Board, person: Person, seat: Seat) -> None:
    session.add(
        BoardMember(board_id=board.id, person_id=person.id, role=seat, joined_at=school.now)
    )
