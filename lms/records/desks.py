"""Boards and who works there: made by the operator, filled by their own head."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lms.domain.people import Grant, Role, clean_line
from lms.domain.release import Seat
from lms.models.boards import Board, BoardInvitation, BoardMember
from lms.models.database import take_turn
from lms.models.people import GrantRow, Invitation, Person
from lms.records import journal, signing_in

NAME_LIMIT = 120


@dataclass(frozen=True, slots=True)
class Desk:
    """Where someone sits: their board, and what they are there."""

    board: Board
    member: BoardMember

    @property
    def seat(self) -> Seat:
        """What they are at their board."""
        return Seat(self.member.role)


def make(session: Session, now: datetime, name: str, pack_ids: Sequence[str], by: Person) -> Board:
    """Make a board. Raises ValueError with a sentence when its name is empty or taken."""
    kept = clean_line(name)
    if not kept or len(kept) > NAME_LIMIT:
        raise ValueError(f"Enter the name of the board, up to {NAME_LIMIT} characters.")
    if session.scalar(select(Board.id).where(Board.name == kept)) is not None:
        raise ValueError("A board of this name exists already. Open it in the list.")
    board = Board(name=kept, pack_ids=list(pack_ids), created_at=now)
    session.add(board)
    session.flush()
    journal.note(session, now, by.id, "board:make", f"board:{board.ref}")
    return board


def set_packs(
    session: Session, now: datetime, board: Board, pack_ids: Sequence[str], by: Person
) -> None:
    """Say which requirement packs are a board's own."""
    board.pack_ids = list(pack_ids)
    journal.note(session, now, by.id, "board:packs", f"board:{board.ref}", packs=len(pack_ids))


def every(session: Session) -> list[Board]:
    """All boards by name: for the operator, and for holders to choose from."""
    return list(session.scalars(select(Board).order_by(Board.name)))


def by_ref(session: Session, ref: str) -> Board | None:
    """The board of an opaque reference, or None."""
    return session.scalar(select(Board).where(Board.ref == ref))


def desk_of(session: Session, person_id: int) -> Desk | None:
    """Where someone sits now, or None."""
    row = session.execute(
        select(Board, BoardMember)
        .join(BoardMember, BoardMember.board_id == Board.id)
        .where(BoardMember.person_id == person_id, BoardMember.left_at.is_(None))
    ).one_or_none()
    return Desk(row[0], row[1]) if row else None


def members(session: Session, board_id: int) -> list[tuple[BoardMember, Person]]:
    """Who works at a board now, by name."""
    rows = session.execute(
        select(BoardMember, Person)
        .join(Person, Person.id == BoardMember.person_id)
        .where(BoardMember.board_id == board_id, BoardMember.left_at.is_(None))
        .order_by(Person.name, Person.id)
    )
    return [(member, person) for member, person in rows]


def invite(
    session: Session, now: datetime, board: Board, email: str, seat: Seat, by: Person
) -> str:
    """Make an invitation to a board and return its token."""
    token = signing_in.invite(session, now, email, Grant(Role.BOARD), by.id)
    session.flush()
    letter = session.scalars(
        select(Invitation).where(Invitation.token_digest == signing_in.token_digest(token))
    ).one()
    session.add(BoardInvitation(invitation_id=letter.id, board_id=board.id, role=seat))
    return token


def of_invitation(session: Session, letter: Invitation) -> Board | None:
    """The board an invitation leads to, or None."""
    return session.scalar(
        select(Board)
        .join(BoardInvitation, BoardInvitation.board_id == Board.id)
        .where(BoardInvitation.invitation_id == letter.id)
    )


def take_seat(session: Session, now: datetime, letter: Invitation, person: Person) -> None:
    """Seat whoever accepted an invitation to a board. Raises ValueError with a sentence when they
    work at a board already.
    """
    invited = session.get(BoardInvitation, letter.id)
    if invited is None:
        return
    if desk_of(session, person.id) is not None:
        raise ValueError(
            "You work at a board here already. Leave it first, or use another address."
        )
    session.add(
        BoardMember(
            board_id=invited.board_id, person_id=person.id, role=invited.role, joined_at=now
        )
    )
    journal.note(session, now, person.id, "board:join", f"person:{person.ref}", role=invited.role)


def member_by_ref(session: Session, board_id: int, ref: str) -> BoardMember | None:
    """A member of this board by reference. Changes of one board wait for each other, so that of two
    heads who go at once the second sees that they are the last.
    """
    take_turn(session, f"board:{board_id}")
    return session.scalar(
        select(BoardMember).where(
            BoardMember.ref == ref, BoardMember.board_id == board_id, BoardMember.left_at.is_(None)
        )
    )


def _refuse_last_head(session: Session, member: BoardMember) -> None:
    heads = select(BoardMember.id).where(
        BoardMember.board_id == member.board_id,
        BoardMember.role == Seat.HEAD,
        BoardMember.left_at.is_(None),
    )
    if session.scalars(heads).all() == [member.id]:
        raise ValueError("A board needs a head. Make someone else head first.")


def set_seat(session: Session, now: datetime, member: BoardMember, seat: Seat, by: Person) -> None:
    """Change what someone is at the board. Raises ValueError when nobody would be head."""
    if member.role == seat:
        return
    if member.role == Seat.HEAD:
        _refuse_last_head(session, member)
    member.role = seat
    journal.note(session, now, by.id, "board:seat", f"member:{member.ref}", role=seat)


def leave(session: Session, now: datetime, member: BoardMember, by: Person) -> None:
    """End someone's work at the board, at once. Raises ValueError when nobody would be head."""
    if member.role == Seat.HEAD:
        _refuse_last_head(session, member)
    member.left_at = now
    session.execute(
        delete(GrantRow).where(GrantRow.person_id == member.person_id, GrantRow.role == Role.BOARD)
    )
    journal.note(session, now, by.id, "board:leave", f"member:{member.ref}")
