"""Whatever is changed in a stored log of a thousand leaves, the audit names the place."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from lms.domain.log_audit import Audit, Bad, StoredLeaf, Wrong
from lms.domain.log_entries import LogEntry
from lms.domain.translog import EMPTY_ROOT, leaf_hash, reader_of, root
from tests.domain.logs import Tiles, entry

SIZE, SIGNED = 1_000, (100, 101, 640, 990)
BODIES = [entry(n, n // 2 if n % 7 == 6 else None) for n in range(SIZE)]
LEAVES = [StoredLeaf(n, leaf_hash(body), body) for n, body in enumerate(BODIES)]
HASHES = [leaf.leaf_hash for leaf in LEAVES]
ROOTS = {size: root(size, reader_of(HASHES)) for size in SIGNED}
TILES = Tiles()
TILES.grow(0, HASHES[:995])


def everything_fits(_index: int, _entry: LogEntry) -> bool:
    return True


def first_bad(
    leaves: list[StoredLeaf],
    tiles: Tiles | None = None,
    roots: dict[int, bytes] | None = None,
    opened: Callable[[int, LogEntry], bool] = everything_fits,
) -> Bad | None:
    audit = Audit(tiles or TILES, 995, ROOTS if roots is None else roots, opened)
    return audit.first_bad(leaves)


def flipped(held: bytes, at: int) -> bytes:
    return held[:at] + bytes([held[at] ^ 1]) + held[at + 1 :]


def with_leaf(index: int, **other: object) -> list[StoredLeaf]:
    return [*LEAVES[:index], replace(LEAVES[index], **other), *LEAVES[index + 1 :]]


def test_a_log_as_it_was_written_holds():
    assert first_bad(LEAVES) is None
    assert Audit(Tiles(), 0, {}, everything_fits).first_bad([]) is None
    assert Audit(Tiles(), 0, {0: EMPTY_ROOT}, everything_fits).first_bad([]) is None


def test_a_changed_byte_of_any_entry_or_its_hash_is_named():
    for index, leaf in enumerate(LEAVES):
        for at in range(0, len(leaf.body), 1 if index in (0, 500, 999) else 40):
            changed = replace(leaf, body=flipped(leaf.body, at))
            assert arrived_at(index, changed) == Bad(index, Wrong.HASH, index)
        for at in range(0, 32, 1 if index in (0, 500, 999) else 11):
            changed = replace(leaf, leaf_hash=flipped(leaf.leaf_hash, at))
            assert arrived_at(index, changed) == Bad(index, Wrong.HASH, index)


def arrived_at(index: int, leaf: StoredLeaf) -> Bad | None:
    """What is found at an index when all before it was right."""
    return Audit(TILES, 995, ROOTS, everything_fits, size=index).first_bad([leaf])


@pytest.mark.parametrize("index", [0, 99, 100, 300, 994])
def test_an_entry_exchanged_with_its_hash_is_named(index: int):
    body = entry(70_000)
    bad = first_bad(with_leaf(index, body=body, leaf_hash=leaf_hash(body)))
    assert bad == Bad(index, Wrong.TILE, index, f"tile/0/{index // 256:03}")


@pytest.mark.parametrize(("index", "first", "last"), [(0, 0, 99), (100, 100, 100), (700, 640, 989)])
def test_an_entry_exchanged_with_hash_and_tiles_is_told_by_the_root_that_was_signed(
    index: int, first: int, last: int
):
    body = entry(70_000)
    leaves = with_leaf(index, body=body, leaf_hash=leaf_hash(body))
    tiles = Tiles()
    tiles.grow(0, [leaf.leaf_hash for leaf in leaves[:995]])
    bad = first_bad(leaves, tiles)
    assert (bad.index, bad.last, bad.wrong) == (first, last, Wrong.ROOT)
    assert first <= index <= last


@pytest.mark.parametrize("index", [0, 500, 994, 998])
def test_an_entry_that_is_deleted_or_put_in_between_is_named(index: int):
    gone = [*LEAVES[:index], *LEAVES[index + 1 :]]
    assert first_bad(gone) == Bad(index, Wrong.MISSING, index)
    tail = [replace(leaf, index=leaf.index - 1) for leaf in LEAVES[index + 1 :]]
    assert is_named(index, [*LEAVES[:index], *tail])
    more = entry(70_000)
    tail = [replace(leaf, index=leaf.index + 1) for leaf in LEAVES[index:]]
    assert is_named(index, [*LEAVES[:index], StoredLeaf(index, leaf_hash(more), more), *tail])


def is_named(index: int, leaves: list[StoredLeaf]) -> bool:
    """The place is named; one that was never signed may look like an entry that is new."""
    bad = first_bad(leaves)
    return index > 994 if bad is None else bad.index == index


def test_the_last_entries_cannot_be_deleted_unseen():
    for size in (0, 500, 989, 994):
        assert first_bad(LEAVES[:size]) == Bad(size, Wrong.MISSING, size)


def test_entries_that_changed_places_are_named():
    for one, other in ((0, 1), (3, 900), (255, 256)):
        swapped = list(LEAVES)
        swapped[one] = replace(LEAVES[other], index=one)
        swapped[other] = replace(LEAVES[one], index=other)
        assert first_bad(swapped).index == one


def test_every_changed_byte_of_a_tile_is_named():
    chance = random.Random(5)  # noqa: S311
    for level, number in TILES:
        for _ in range(12):
            at = chance.randrange(len(TILES[level, number]))
            tiles = Tiles(TILES)
            tiles[level, number] = flipped(TILES[level, number], at)
            bad = first_bad(LEAVES, tiles)
            assert bad.wrong is Wrong.TILE
            assert bad.index == (number * 256 + at // 32) * 256**level
            assert bad.place.startswith(f"tile/{level}/{number:03}")
    short = Tiles(TILES)
    short[0, 3] = short[0, 3][:-32]
    assert first_bad(LEAVES, short) == Bad(994, Wrong.TILE, 994, "tile/0/003")


def test_a_changed_root_is_told_within_the_entries_it_was_signed_over():
    for size in SIGNED:
        bad = first_bad(LEAVES, roots=ROOTS | {size: flipped(ROOTS[size], 7)})
        before = max((one for one in SIGNED if one < size), default=0)
        assert (bad.index, bad.last, bad.wrong) == (before, size - 1, Wrong.ROOT)
    assert first_bad(LEAVES, roots={0: ROOTS[100]}) == Bad(0, Wrong.ROOT, 0)


def test_an_entry_may_only_end_one_before_it_and_has_to_be_one():
    for body, wrong in ((entry(1, 5), Wrong.EARLIER), (b"{}", Wrong.ENTRY)):
        leaves = with_leaf(5, body=body, leaf_hash=leaf_hash(body))
        assert first_bad(leaves) == Bad(5, wrong, 5)


def test_a_record_that_no_longer_fits_is_named():
    bad = first_bad(LEAVES, opened=lambda index, _entry: index != 321)
    assert bad == Bad(321, Wrong.RECORD, 321)
