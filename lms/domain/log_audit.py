"""Going over a stored log from its first leaf: which is the first that is not what was signed?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lms.domain.log_entries import LogEntry, NoEntry
from lms.domain.tiles import HEIGHT, WIDTH, Place, TileStore, hashes_in
from lms.domain.translog import EMPTY_ROOT, complete, leaf_hash, node_hash

Opened = Callable[[int, LogEntry], bool]
"""Whether the record that is kept with a leaf, if any, is the one the leaf was made from."""


class Wrong(StrEnum):
    """What does not hold at an index."""

    MISSING = "missing"
    ENTRY = "entry"
    HASH = "hash"
    EARLIER = "earlier"
    TILE = "tile"
    RECORD = "record"
    ROOT = "root"


@dataclass(frozen=True, slots=True)
class Bad:
    """The first bad index, what is wrong there, and the last index it may be instead."""

    index: int
    wrong: Wrong
    last: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class StoredLeaf:
    """A leaf as it is stored."""

    index: int
    leaf_hash: bytes
    body: bytes


@dataclass(slots=True)
class Audit:
    """A walk over a log. ``tiled`` is how many leaves the tiles cover; ``roots`` those signed."""

    store: TileStore
    tiled: int
    roots: Mapping[int, bytes]
    opened: Opened
    size: int = 0
    good: int = 0
    _rows: list[list[bytes]] = field(default_factory=list)
    _peaks: list[tuple[int, bytes]] = field(default_factory=list)
    _stored: dict[int, tuple[int, list[bytes]]] = field(default_factory=dict)

    def first_bad(self, leaves: Iterable[StoredLeaf]) -> Bad | None:
        """The first leaf that does not hold; None when all do and none is missing at the end."""
        if self.roots.get(0, EMPTY_ROOT) != EMPTY_ROOT:
            return Bad(0, Wrong.ROOT, 0)
        for leaf in leaves:
            if bad := self._next(leaf):
                return bad
        if self.size < max([self.tiled, *self.roots]):
            return Bad(self.size, Wrong.MISSING, self.size)
        return None

    def _next(self, leaf: StoredLeaf) -> Bad | None:
        at = self.size
        wrong = self._leaf(leaf)
        if wrong:
            return Bad(at, wrong, at)
        self.size += 1
        if at < self.tiled and (bad := self._tile(0, at, leaf.leaf_hash)):
            return bad
        self._peak(leaf.leaf_hash)
        if self.size in self.roots:
            if self.roots[self.size] != self._root():
                return Bad(self.good, Wrong.ROOT, at)
            self.good = self.size
        return None

    def _leaf(self, leaf: StoredLeaf) -> Wrong | None:
        if leaf.index != self.size:
            return Wrong.MISSING
        if leaf_hash(leaf.body) != leaf.leaf_hash:
            return Wrong.HASH
        try:
            entry = LogEntry.read(leaf.body)
        except NoEntry:
            return Wrong.ENTRY
        if entry.ends is not None and entry.ends >= leaf.index:
            return Wrong.EARLIER
        return None if self.opened(leaf.index, entry) else Wrong.RECORD

    def _tile(self, level: int, n: int, found: bytes) -> Bad | None:
        """Compare a hash with its place in the tiles, and the one above it once a tile is full."""
        number, within = divmod(n, WIDTH)
        if self._stored.get(level, (-1, []))[0] != number:
            self._stored[level] = number, hashes_in(self.store(level, number))
        stored = self._stored[level][1]
        if within >= len(stored) or stored[within] != found:
            first = n << HEIGHT * level
            return Bad(first, Wrong.TILE, self.size - 1, f"tile/{Place(level, number)}")
        if level == len(self._rows):
            self._rows.append([])
        self._rows[level].append(found)
        if len(self._rows[level]) < WIDTH:
            return None
        above, self._rows[level] = complete(self._rows[level]), []
        return self._tile(level + 1, number, above)

    def _peak(self, found: bytes) -> None:
        level = 0
        while self._peaks and self._peaks[-1][0] == level:
            found = node_hash(self._peaks.pop()[1], found)
            level += 1
        self._peaks.append((level, found))

    def _root(self) -> bytes:
        *left, (_level, found) = self._peaks
        for _level, peak in reversed(left):
            found = node_hash(peak, found)
        return found
