"""The files of the public log: tiles of 256 hashes, and bundles of entries (C2SP tlog-tiles)."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from lms.domain.translog import HASH_BYTES, Reader, complete

HEIGHT = 8
WIDTH = 1 << HEIGHT
ENTRIES = "entries"
_PLACE = re.compile(
    r"(?P<level>entries|0|[1-9]\d?)/(?P<number>(?:x\d{3}/)*\d{3})(?P<part>\.p/\d+)?"
)
_TOP_LEVEL = 63
_MOST_PLACE = 60

TileStore = Callable[[int, int], bytes]
"""The hashes of the tile at a level and number, as many as are there: ``store(level, number)``."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file of the log: the level of a tile, or None for a bundle of entries; and its width."""

    level: int | None
    number: int
    width: int = WIDTH

    def __str__(self) -> str:
        """Its address below ``tile/``: ``0/x001/234`` or ``entries/000.p/17``."""
        digits = str(self.number)
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        path = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
        part = f".p/{self.width}" if self.width < WIDTH else ""
        return f"{ENTRIES if self.level is None else self.level}/{path}{part}"

    @property
    def start(self) -> int:
        """The first index at its level."""
        return self.number * WIDTH

    def is_in(self, size: int) -> bool:
        """True when a log of that size has this file."""
        return self.start + self.width <= size >> HEIGHT * (self.level or 0)


def read_place(address: str) -> Place | None:
    """The file that an address below ``tile/`` means, or None; each file has one address only."""
    found = _PLACE.fullmatch(address) if len(address) <= _MOST_PLACE else None
    if found is None:
        return None
    level = None if found["level"] == ENTRIES else int(found["level"])
    number = int(found["number"].replace("x", "").replace("/", ""))
    width = int(found["part"].removeprefix(".p/")) if found["part"] else WIDTH
    place = Place(level, number, width)
    fits = 0 < width <= WIDTH and (level or 0) <= _TOP_LEVEL
    return place if fits and str(place) == address else None


def places(size: int) -> Iterator[Place]:
    """Every tile of a log of that size, lowest level first."""
    level = 0
    while count := size >> HEIGHT * level:
        yield from (Place(level, number) for number in range(count // WIDTH))
        if count % WIDTH:
            yield Place(level, count // WIDTH, count % WIDTH)
        level += 1


def hashes_in(tile: bytes) -> list[bytes]:
    """The hashes of a tile."""
    return [tile[at : at + HASH_BYTES] for at in range(0, len(tile), HASH_BYTES)]


def reader_over(store: TileStore) -> Reader:
    """A reader of the tree over its tiles; each tile is asked for once."""

    @cache
    def tile(level: int, number: int) -> Sequence[bytes]:
        return hashes_in(store(level, number))

    @cache
    def read(level: int, n: int) -> bytes:
        floor, rest = divmod(level, HEIGHT)
        number, first = divmod(n << rest, WIDTH)
        hashes = tile(floor, number)[first : first + (1 << rest)]
        if len(hashes) < 1 << rest:
            raise LookupError(f"The tile {Place(floor, number)} of the log is not whole.")
        return complete(hashes)

    return read


def grown(size: int, leaves: Sequence[bytes], store: TileStore) -> Iterator[tuple[Place, bytes]]:
    """The tiles that change when leaf hashes are added to a log of that size, with their bytes."""
    level, fresh = 0, list(leaves)
    while fresh:
        number, filled = divmod(size >> HEIGHT * level, WIDTH)
        held = hashes_in(store(level, number)[: filled * HASH_BYTES]) if filled else []
        held, fresh = held + fresh, []
        for start in range(0, len(held), WIDTH):
            row = held[start : start + WIDTH]
            yield Place(level, number + start // WIDTH, len(row)), b"".join(row)
            if len(row) == WIDTH:
                fresh.append(complete(row))
        level += 1


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries as the log serves them: each after its length in two bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def entries_in(held: bytes) -> list[bytes]:
    """The entries of a bundle. Raises ValueError when it is cut off."""
    found, at = [], 0
    while at < len(held):
        end = at + 2 + int.from_bytes(held[at : at + 2], "big")
        if end > len(held) or at + 2 > len(held):
            raise ValueError("A bundle of entries is cut off.")
        found.append(held[at + 2 : end])
        at = end
    return found
