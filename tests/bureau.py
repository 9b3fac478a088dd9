"""A board with its people, and what holders released to it."""

from dataclasses import dataclass
from datetime import timedelta

from lms.domain.people import Role
from lms.domain.release import Scope, Seat, Verdict
from lms.models.boards import Board, BoardMember, Release
from lms.models.people import Person
from lms.records import desks, releases
from tests.school import School

PACK = "md-cprs"
RULE = """
title: Our own rule
body: Maryland Board
jurisdiction: US-MD
credential: OWN
versions:
  - id: "2027"
    status: current
    as_of: "2026-03-01"
    confidence: high
    sources: [S27]
    domains: [{id: ethics, title: Ethics, topics: [ethics]}]
    stages:
      - id: whole
        title: The whole of it
        needs:
          - {id: training, kind: hours, title: Our training, of: training, hours: 1}
          - {id: age, kind: fact, title: Secret question, fact: age, amount: 18, asks: "18?"}
"""
"""A board's own wording, in the form of our packs."""


@dataclass(frozen=True)
class Bureau:
    """A board with one person in each seat."""

    school: School
    board: Board
    reader: Person
    reviewer: Person
    head: Person

    def release(
        self, holder: Person, scope: Scope = Scope.FULL, days: float = 90, pack: str = PACK
    ) -> str:
        """Release a holder's record to the board; the reference."""
        with self.school.database.writing() as session:
            ends_at = self.school.now + timedelta(days=days)
            row = releases.give(session, self.school.now, holder, self.board, scope, pack, ends_at)
            session.commit()
            return row.ref

    def end(self, ref: str) -> None:
        """End a release as its holder."""
        with self.school.database.writing() as session:
            standing = releases.by_ref(session, self.school.now, ref)
            releases.end(session, self.school.now, standing.release, standing.holder)
            session.commit()

    def look(self, ref: str, who: Person) -> None:
        """Open the record as someone of the board."""
        with self.school.database.writing() as session:
            standing = releases.by_ref(session, self.school.now, ref)
            member = desks.desk_of(session, who.id).member
            releases.look(session, self.school.now, standing, member)
            session.commit()

    def decide(self, ref: str, verdict: Verdict, reasons: str = "Because.") -> None:
        """Answer as the reviewer, who has looked."""
        self.look(ref, self.reviewer)
        with self.school.database.writing() as session:
            standing = releases.by_ref(session, self.school.now, ref)
            member = desks.desk_of(session, self.reviewer.id).member
            releases.decide(session, self.school.now, standing, member, verdict, reasons)
            session.commit()

    def row(self, ref: str) -> Release:
        """The release as stored."""
        with self.school.database.reading() as session:
            return releases.by_ref(session, self.school.now, ref).release


def seat(school: School, board: Board, seat: Seat, person: Person | None = None) -> Person:
    """Someone in a seat of a board."""
    who = person or school.person(Role.BOARD, name=f"{str(seat).title()} of {board.name}")
    with school.database.writing() as session:
        session.add(
            BoardMember(board_id=board.id, person_id=who.id, role=seat, joined_at=school.now)
        )
        session.commit()
    return who


def bureau(
    school: School, name: str = "Maryland Board", packs: tuple[str, ...] = (PACK,)
) -> Bureau:
    """A board with a reader, a reviewer and a head."""
    operator = school.person(Role.OPERATOR)
    with school.database.writing() as session:
        board = desks.make(session, school.now, name, [PACK], operator)
        session.commit()
    people = [seat(school, board, each) for each in (Seat.READER, Seat.REVIEWER, Seat.HEAD)]
    return Bureau(school, board, *people)
