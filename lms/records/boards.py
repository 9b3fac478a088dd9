"""The boards a learner follows, and the credentials they say they hold."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.models.people import Person
from lms.models.standing import CredentialHeld, FollowedBoard
from lms.records import journal


def followed(session: Session, person_id: int) -> list[FollowedBoard]:
    """The packs a learner follows now, the first followed first."""
    mine = select(FollowedBoard).where(
        FollowedBoard.person_id == person_id, FollowedBoard.ended_at.is_(None)
    )
    return list(session.scalars(mine.order_by(FollowedBoard.id)))


def follow(session: Session, now: datetime, person: Person, pack_ids: Iterable[str]) -> int:
    """Follow packs; one already followed changes nothing. Returns how many are new."""
    have = {row.pack_id for row in followed(session, person.id)}
    new = [pack_id for pack_id in dict.fromkeys(pack_ids) if pack_id not in have]
    session.add_all(FollowedBoard(person_id=person.id, pack_id=name, since=now) for name in new)
    journal.note(session, now, person.id, "board:follow", f"person:{person.ref}", boards=len(new))
    return len(new)


def leave(session: Session, now: datetime, person: Person, pack_id: str) -> None:
    """Follow a pack no longer. What was said for it stays, and counts again when it is followed."""
    for row in followed(session, person.id):
        if row.pack_id == pack_id:
            row.ended_at = now
    journal.note(session, now, person.id, "board:leave", f"person:{person.ref}")


def credentials(session: Session, person_id: int) -> dict[str, CredentialHeld]:
    """The newest word on each credential, by pack id; those taken back are left out."""
    mine = select(CredentialHeld).where(CredentialHeld.person_id == person_id)
    newest = {row.pack_id: row for row in session.scalars(mine.order_by(CredentialHeld.revision))}
    return {name: row for name, row in newest.items() if row.certified_on is not None}


def hold(
    session: Session,
    now: datetime,
    today: date,
    person: Person,
    pack_id: str,
    certified_on: date | None,
    valid_until: date | None = None,
) -> CredentialHeld:
    """Note since when a credential is held, or with no day that it is not. Raises ValueError with
    a sentence.
    """
    if certified_on and certified_on > today:
        raise ValueError("This day has not come yet. Enter the day your credential began.")
    if certified_on and valid_until and valid_until <= certified_on:
        raise ValueError("It must be good until a day after it began. Check both days.")
    if any(day and not 1970 <= day.year <= today.year + 20 for day in (certified_on, valid_until)):
        raise ValueError("Check the year. No credential of peers is that old, or good for so long.")
    row = CredentialHeld(
        person_id=person.id,
        pack_id=pack_id,
        revision=_revision(session, person.id, pack_id) + 1,
        certified_on=certified_on,
        valid_until=valid_until if certified_on else None,
        said_at=now,
    )
    session.add(row)
    journal.note(session, now, person.id, "credential:say", f"person:{person.ref}")
    return row


def _revision(session: Session, person_id: int, pack_id: str) -> int:
    revisions = select(CredentialHeld.revision).where(
        CredentialHeld.person_id == person_id, CredentialHeld.pack_id == pack_id
    )
    return max(session.scalars(revisions), default=0)
