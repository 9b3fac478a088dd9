"""Keys of a board's programs: made, shown once, counted, ended."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, select, update
from sqlalchemy.orm import Session

from lms.domain import api_keys as rules
from lms.domain.api_keys import KeyScope, Turn
from lms.domain.people import clean_line
from lms.models.api_keys import ApiKey
from lms.models.boards import Board, BoardMember
from lms.models.database import held, take_turn
from lms.models.people import Person
from lms.records import journal
from lms.records.desks import Desk
from lms.records.signing_in import token_digest


@dataclass(frozen=True, slots=True)
class Caller:
    """A program that asks: its key, the board, whoever made the key there, and this request."""

    key: ApiKey
    desk: Desk
    turn: Turn

    @property
    def scopes(self) -> frozenset[KeyScope]:
        """What the key opens."""
        return frozenset(KeyScope(scope) for scope in self.key.scopes)


def make(
    session: Session,
    now: datetime,
    desk: Desk,
    name: str,
    scopes: list[KeyScope],
    days: int,
    by: Person,
) -> str:
    """Make a key of a board and return it: nobody can see it again. Raises ValueError with a
    sentence.
    """
    take_turn(session, f"api-keys:{desk.board.id}")
    kept = clean_line(name)
    if not kept or len(kept) > rules.NAME_LIMIT:
        raise ValueError(f"Name the key, in up to {rules.NAME_LIMIT} characters.")
    if not scopes:
        raise ValueError("Choose what the key may ask.")
    live = [key for key in of_board(session, desk.board.id) if is_live(key, now)]
    if len(live) >= rules.MOST_KEYS:
        raise ValueError(f"Your board has {rules.MOST_KEYS} keys. End one that is not used.")
    token = rules.PREFIX + secrets.token_urlsafe(32)
    key = ApiKey(
        board_id=desk.board.id,
        name=kept,
        key_digest=token_digest(token),
        scopes=sorted(scopes),
        made_by=by.id,
        made_at=now,
        ends_at=rules.ends_at(now, days),
    )
    session.add(key)
    session.flush()
    journal.note(
        session, now, by.id, "api-key:make", f"api-key:{key.ref}", scopes=" ".join(key.scopes)
    )
    return token


def is_live(key: ApiKey, now: datetime) -> bool:
    """True while the key opens anything."""
    return rules.stands(key.ends_at, key.ended_at, now)


def of_board(session: Session, board_id: int) -> list[ApiKey]:
    """A board's keys, newest first."""
    theirs = select(ApiKey).where(ApiKey.board_id == board_id)
    return list(session.scalars(theirs.order_by(ApiKey.id.desc()).limit(100)))


def by_ref(session: Session, ref: str, board_id: int) -> ApiKey | None:
    """A key of this board, or None."""
    found = select(ApiKey).where(ApiKey.ref == ref, ApiKey.board_id == board_id)
    return session.scalar(held(session, found))


def end(session: Session, now: datetime, key: ApiKey, by: Person) -> bool:
    """End a key at once; False when it was over before."""
    if not is_live(key, now):
        return False
    key.ended_at = now
    journal.note(session, now, by.id, "api-key:end", f"api-key:{key.ref}")
    return True


def admit(session: Session, now: datetime, token: str, today: date) -> Caller | None:
    """Who asks with this key, counting the request; None for a key that opens nothing.

    Two statements. The count is one row of the key itself, so it needs no clearing.
    """
    minute = rules.minute(now)
    used = case((ApiKey.minute == minute, ApiKey.used + 1), else_=1)
    counted = session.execute(
        update(ApiKey)
        .where(
            ApiKey.key_digest == token_digest(token),
            ApiKey.ends_at > now,
            ApiKey.ended_at.is_(None),
        )
        .values(minute=minute, used=used, last_used_on=today)
        .returning(ApiKey.id)
    ).scalar()
    if counted is None:
        return None
    row = session.execute(
        select(ApiKey, Board, BoardMember)
        .join(Board, Board.id == ApiKey.board_id)
        .join(
            BoardMember,
            (BoardMember.board_id == Board.id) & (BoardMember.person_id == ApiKey.made_by),
        )
        .where(ApiKey.id == counted)
        .order_by(BoardMember.id.desc())
        .limit(1)
    ).one()
    key, board, member = row
    return Caller(key, Desk(board, member), Turn(key.used, now))
