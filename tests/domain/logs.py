"""Logs made for tests: entries, tiles in memory, and a signature that needs no library."""

from collections.abc import Sequence
from hashlib import sha256

from lms.domain.log_entries import EntryKind, LogEntry, commitment
from lms.domain.tiles import Place, grown
from lms.domain.translog import leaf_hash


class Tiles(dict[tuple[int, int], bytes]):
    """The tiles of a log, in memory."""

    def __call__(self, level: int, number: int) -> bytes:
        return self.get((level, number), b"")

    def grow(self, size: int, leaves: Sequence[bytes]) -> list[Place]:
        """Add leaves; which tiles changed."""
        made = list(grown(size, leaves, self))
        for place, held in made:
            self[place.level or 0, place.number] = held
        return [place for place, _held in made]


def entry(n: int, ends: int | None = None) -> bytes:
    """An entry that differs from every other one."""
    kind = EntryKind.ISSUE if ends is None else EntryKind.REVOKE
    return bytes(LogEntry(kind, commitment(n.to_bytes(32, "big"), b"record"), ends))


def leaves(size: int) -> list[bytes]:
    """The hashes of so many entries."""
    return [leaf_hash(entry(n)) for n in range(size)]


def mark(public: bytes, message: bytes) -> bytes:
    """Stands for a signature: whoever knows the public key can make it."""
    return sha256(public + message).digest() * 2


def holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether such a mark fits."""
    return signature == mark(public, message)
