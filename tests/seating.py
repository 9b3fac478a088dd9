"""The head of a board at work: with a browser, and with keys for programs."""

from dataclasses import dataclass

from lms.domain.api_keys import KeyScope
from lms.domain.release import Scope, Seat
from lms.models.boards import Board
from lms.models.people import Person
from lms.records import api_keys, desks
from tests import bureau
from tests.browsing import Browser
from tests.bureau import Bureau
from tests.school import School

BOTH = (KeyScope.VERIFY, KeyScope.RELEASES)


@dataclass
class Seated:
    """A board, and the browser of its head."""

    bureau: Bureau
    browser: Browser

    @property
    def school(self) -> School:
        """The school the board has its desk at."""
        return self.bureau.school

    @property
    def board(self) -> Board:
        """The board."""
        return self.bureau.board

    @property
    def head(self) -> Person:
        """The head of the board."""
        return self.bureau.head

    def of(self, seat: Seat) -> Person:
        """Whoever has that seat."""
        return {Seat.READER: self.bureau.reader, Seat.REVIEWER: self.bureau.reviewer}[seat]

    def key(self, *scopes: KeyScope, days: int = 30, name: str = "A program") -> str:
        """A key of the board, as its program holds it."""
        with self.school.database.writing() as session:
            desk = desks.desk_of(session, self.head.id)
            made = api_keys.make(
                session, self.school.now, desk, name, list(scopes or BOTH), days, self.head
            )
            session.commit()
            return made

    def release(self, holder: Person, scope: Scope = Scope.FULL, pack: str = "") -> str:
        """A record released to the board; its reference."""
        return self.bureau.release(holder, scope, 30, pack)


def seat(school: School, name: str = "Ohio Board") -> Seated:
    """A board with its people."""
    made = bureau.bureau(school, name)
    return Seated(made, school.browser(made.head))
