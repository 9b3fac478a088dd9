"""Publishing the log: its tiles, and the next checkpoint over them, if it extends the last one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from lms.domain.checkpoints import Checkpoint
from lms.domain.notes import Note, NoteKey, Sign, sign
from lms.domain.tiles import WIDTH, Place, grown, reader_over
from lms.domain.translog import HASH_BYTES, root
from lms.models.database import take_turn
from lms.models.journal import AuditEvent
from lms.models.translog import LogCheckpoint, LogTile
from lms.records import journal, log_tree, translog

_AT_ONCE = 100 * WIDTH
REFUSED, PUBLISHED = "log:refused", "log:publish"


class Stale(Exception):
    """The records do not extend what was signed before; the message says how to mend it."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint just signed."""

    checkpoint: Checkpoint
    note: Note


def grow(session: Session) -> bool:
    """Bring the tiles up to the leaves, a piece at a time; True while there is more to do.

    Raises Stale when leaves are missing.
    """
    take_turn(session, "log-publish")
    done = covered(session)
    fresh = log_tree.leaves(session, done, _AT_ONCE)
    if not fresh:
        return False
    if [leaf.index for leaf in fresh] != list(range(done, done + len(fresh))):
        raise Stale(_CHANGED)
    keep(session, grown(done, [leaf.leaf_hash for leaf in fresh], log_tree.store(session)))
    return True


def empty(session: Session) -> None:
    """Throw the tiles away: they are made again from the leaves, to the byte."""
    take_turn(session, "log-publish")
    session.execute(delete(LogTile))


def keep(session: Session, tiles: Iterable[tuple[Place, bytes]]) -> None:
    """Store tiles, in the place of narrower ones."""
    for place, held in tiles:
        level = place.level or 0
        row = session.get(LogTile, (level, place.number))
        if row is None:
            session.add(LogTile(level=level, number=place.number, hashes=held))
        else:
            row.hashes = held
    session.flush()


def covered(session: Session) -> int:
    """How many leaves the tiles cover."""
    last = session.scalar(select(func.max(LogTile.number)).where(LogTile.level == 0))
    if last is None:
        return 0
    tile = session.get_one(LogTile, (0, last))
    return last * WIDTH + len(tile.hashes) // HASH_BYTES


_CHANGED = (
    "The records of the public log do not lead to what was signed before: an entry was changed, or "
    "an older backup was restored and used since. Nothing was signed. Run lms log verify: it names "
    "the entry. If it finds none, restore the newest backup."
)


def _shorter(size: int, before: int) -> str:
    return (
        f"The records hold {size} entries of the public log, and {before} were signed before: an "
        "older backup was restored. Nothing was signed, for a log must never take anything back. "
        "Restore the newest backup."
    )


def refuse_unless_grown(session: Session, known: Iterable[Checkpoint]) -> None:
    """Raise Stale unless the tiles and leaves extend every checkpoint that is known."""
    read = reader_over(log_tree.store(session))
    size = covered(session)
    for before in known:
        if before.size > size:
            raise Stale(_shorter(size, before.size))
        try:
            is_extended = root(before.size, read) == before.root
        except LookupError as fault:
            raise Stale(f"{fault} Make the tiles anew: lms log checkpoint --rebuild") from fault
        if not is_extended:
            raise Stale(_CHANGED)
    # Tiles are made from leaves: those at the edge are compared, all of them by lms log verify.
    edge = size - size % WIDTH
    held = b"".join(leaf.leaf_hash for leaf in log_tree.leaves(session, edge))
    if held[: (size - edge) * HASH_BYTES] != log_tree.store(session)(0, edge // WIDTH):
        raise Stale(_CHANGED)


def sign_newest(
    session: Session,
    now: datetime,
    key: NoteKey,
    by: Sign,
    known: Iterable[Checkpoint],
) -> Signed | None:
    """Sign a checkpoint over all tiles, unless it was signed already. Raises Stale.

    ``known`` are checkpoints signed before that the database may have lost.
    """
    take_turn(session, "log-publish")
    last = log_tree.newest(session)
    here = [Checkpoint(key.name, last.size, last.root)] if last else []
    refuse_unless_grown(session, [*known, *here])
    size = covered(session)
    if size == 0 or (last is not None and last.size == size and last.key == str(key)):
        return None
    checkpoint = Checkpoint(key.name, size, root(size, reader_over(log_tree.store(session))))
    note = Note(str(checkpoint), (sign(str(checkpoint), key, by),))
    row = LogCheckpoint(size=size, root=checkpoint.root, note=str(note), key=str(key), at=now)
    session.merge(row)
    session.flush()
    journal.note(session, now, None, PUBLISHED, translog.JOB, size=size)
    return Signed(checkpoint, note)


def refused(session: Session, now: datetime, why: str) -> None:
    """Note in the journal that nothing was signed, once for each reason."""
    last = session.scalar(
        select(AuditEvent)
        .where(AuditEvent.subject == translog.JOB)
        .order_by(AuditEvent.id.desc())
        .limit(1)
    )
    if last is None or last.tag != REFUSED or last.detail.get("why") != why:
        journal.note(session, now, None, REFUSED, translog.JOB, why=why)
