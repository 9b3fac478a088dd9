"""Reading the public log as it is stored: tiles, bundles, checkpoints and proofs from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select, true
from sqlalchemy.orm import Session

from lms.domain.checkpoints import ProofFile
from lms.domain.notes import Note, NoteLine, read_note
from lms.domain.tiles import WIDTH, Place, TileStore, bundle, reader_over
from lms.domain.translog import HASH_BYTES, inclusion
from lms.models.base import Base
from lms.models.certificates import Certificate
from lms.models.translog import (
    END,
    LogCheckpoint,
    LogCosignature,
    LogLeaf,
    LogSalt,
    LogWitness,
)

# A proof asks this several times: made once, and without what the mapper would add, it is quick.
_TILES = Base.metadata.tables["log_hashes"].c
_TILE = select(_TILES.hashes).where(
    _TILES.level == bindparam("level"), _TILES.number == bindparam("number")
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A witness saw the log at a moment, and that it had only grown."""

    name: str
    at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Entered:
    """Where a certificate stands in the log, and what was last signed over it.

    ``signed`` is None until a checkpoint covers the leaf.
    """

    index: int
    ended: int | None
    signed: LogCheckpoint | None
    seen: tuple[Seen, ...]


def store(session: Session) -> TileStore:
    """The tiles of the database."""

    def hashes(level: int, number: int) -> bytes:
        asked = {"level": level, "number": number}
        return bytes(session.connection().execute(_TILE, asked).scalar() or b"")

    return hashes


def size(session: Session) -> int:
    """How many leaves there are, signed or not."""
    newest = session.scalar(select(func.max(LogLeaf.index)))
    return 0 if newest is None else newest + 1


def newest(session: Session) -> LogCheckpoint | None:
    """What was signed last."""
    return session.scalar(select(LogCheckpoint).order_by(LogCheckpoint.size.desc()).limit(1))


def cosigned(session: Session, size: int) -> Sequence[tuple[LogCosignature, str]]:
    """The signatures of witnesses under the checkpoint of a size, with their names."""
    found = (
        select(LogCosignature, LogWitness.name)
        .join(LogWitness, LogWitness.key == LogCosignature.key)
        .where(LogCosignature.size == size)
        .order_by(LogWitness.name)
    )
    return [(row, name) for row, name in session.execute(found)]


def note_of(session: Session, checkpoint: LogCheckpoint) -> Note:
    """A checkpoint with every signature under it."""
    lines = [_line(row, name) for row, name in cosigned(session, checkpoint.size)]
    return read_note(checkpoint.note.encode()).with_lines(lines)


def _line(row: LogCosignature, name: str) -> NoteLine:
    (line,) = read_note(f"{name}\n\n{row.line}".encode()).lines
    return line


def keys(session: Session) -> list[str]:
    """Every key that ever signed, newest first."""
    rows = session.scalars(select(LogCheckpoint.key).order_by(LogCheckpoint.size.desc()))
    return list(dict.fromkeys(rows))


def file_at(session: Session, place: Place) -> bytes | None:
    """The bytes of a tile or bundle that a signed checkpoint covers, or None."""
    signed = newest(session)
    if signed is None or not place.is_in(signed.size):
        return None
    if place.level is not None:
        return store(session)(place.level, place.number)[: place.width * HASH_BYTES]
    within = LogLeaf.index.between(place.start, place.start + place.width - 1)
    return bundle(session.scalars(select(LogLeaf.body).where(within).order_by(LogLeaf.index)))


def entered(session: Session, row: Certificate) -> Entered | None:
    """Where a certificate stands in the log, in one statement; None once its salts are deleted."""
    rows = session.execute(_about(row.id)).all()
    parts = {part: index for part, index, *_ in rows}
    ended = parts.pop(END, None)
    if not parts:
        return None
    (index,) = parts.values()
    signed: LogCheckpoint | None = rows[0][2]
    if signed is None or signed.size <= index:
        return Entered(index, ended, None, ())
    seen = {name: Seen(name, at, size) for *_, name, at, size in rows if size and size > index}
    return Entered(index, ended, signed, tuple(seen.values()))


def _about(certificate_id: int) -> Select[*tuple[Any, ...]]:
    """The leaves of a certificate, each with the newest checkpoint and what each witness last
    signed.
    """
    newest_size = select(func.max(LogCheckpoint.size)).scalar_subquery()
    last = (
        select(func.max(LogCosignature.size))
        .where(LogCosignature.key == LogWitness.key)
        .correlate(LogWitness)
        .scalar_subquery()
    )
    is_last = (LogCosignature.key == LogWitness.key) & (LogCosignature.size == last)
    return (
        select(
            LogSalt.part,
            LogSalt.index,
            LogCheckpoint,
            LogWitness.name,
            LogCosignature.at,
            LogCosignature.size,
        )
        .select_from(LogSalt)
        .outerjoin(LogCheckpoint, LogCheckpoint.size == newest_size)
        .outerjoin(LogWitness, true())
        .outerjoin(LogCosignature, is_last)
        .where(LogSalt.certificate_id == certificate_id)
        .order_by(LogWitness.name)
    )


def prove(session: Session, index: int, extra: bytes = b"") -> ProofFile | None:
    """The proof that a leaf is in the log; None while no checkpoint covers it.

    It leads to the newest checkpoint that a witness signed too, or else to the newest.
    """
    covering = select(func.max(LogCosignature.size)).where(LogCosignature.size > index)
    seen = session.scalar(covering)
    signed = session.get(LogCheckpoint, seen) if seen else newest(session)
    if signed is None or signed.size <= index:
        return None
    path = inclusion(index, signed.size, reader_over(store(session)))
    return ProofFile(index, tuple(path), note_of(session, signed), extra)


def leaves(session: Session, start: int, count: int = WIDTH) -> Sequence[LogLeaf]:
    """Leaves from an index on, in order; some may be missing if somebody deleted them."""
    found = select(LogLeaf).where(LogLeaf.index.between(start, start + count - 1))
    return session.scalars(found.order_by(LogLeaf.index)).all()
