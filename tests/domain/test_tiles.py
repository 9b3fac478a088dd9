"""The files of the log: one address each, the same bytes however the log grew."""

import random

import pytest

from lms.domain import tiles
from lms.domain.tiles import Place, bundle, entries_in, hashes_in, places, read_place, reader_over
from lms.domain.translog import consistency, inclusion, reader_of, root
from tests.domain.logs import Tiles, leaves

ADDRESSES = {
    "0/000": Place(0, 0),
    "0/001.p/17": Place(0, 1, 17),
    "2/999": Place(2, 999),
    "63/000.p/1": Place(63, 0, 1),
    "0/x001/000": Place(0, 1_000),
    "1/x001/x234/067.p/255": Place(1, 1_234_067, 255),
    "entries/000": Place(None, 0),
    "entries/x012/345.p/9": Place(None, 12_345, 9),
}
NONE = [
    "", "0", "0/", "0/0", "0/00", "0/0000", "00/000", "64/000", "-1/000", "0/000.p/0",
    "0/000.p/256", "0/000.p/01", "0/000.p", "0/000.p/", "0/x000/001", "0/001/002", "0/x001",
    "x/000", "Entries/000", "0/000 ", "0/000\n", "0/\u0660\u0660\u0661", "0/000.p/\u0661",
    "0/../0/000", "0/" + "x999/" * 40 + "000",
]  # fmt: skip


@pytest.mark.parametrize(("address", "place"), ADDRESSES.items())
def test_a_file_has_one_address(address: str, place: Place):
    assert read_place(address) == place
    assert str(place) == address


@pytest.mark.parametrize("address", NONE)
def test_any_other_address_is_none(address: str):
    assert read_place(address) is None


def test_the_files_of_a_log_are_those_of_the_specification():
    # The example of C2SP tlog-tiles, of a tree of 70,000.
    found = list(places(70_000))
    level = [[place for place in found if place.level == n] for n in range(4)]
    assert [len(one) for one in level] == [274, 2, 1, 0]
    assert (level[0][-1].width, level[1][-1].width, level[2][-1].width) == (112, 17, 1)
    assert all(place.is_in(70_000) for place in found)
    assert [str(place) for place in places(256)] == ["0/000", "1/000.p/1"]
    assert list(places(0)) == []


@pytest.mark.parametrize(
    ("place", "size", "there"),
    [
        (Place(0, 0), 255, False),
        (Place(0, 0), 256, True),
        (Place(0, 0, 17), 17, True),
        (Place(0, 0, 18), 17, False),
        (Place(1, 0, 1), 255, False),
        (Place(1, 0, 1), 256, True),
        (Place(None, 1, 1), 257, True),
        (Place(None, 1, 2), 257, False),
    ],
)
def test_a_log_has_the_files_its_size_allows(place: Place, size: int, there: bool):
    assert place.is_in(size) is there


@pytest.fixture(scope="module")
def hashed() -> list[bytes]:
    return leaves(1_400)


def test_tiles_are_the_same_however_the_log_grew(hashed: list[bytes]):
    at_once, bit_by_bit = Tiles(), Tiles()
    at_once.grow(0, hashed)
    chance, size = random.Random(3), 0  # noqa: S311
    while size < len(hashed):
        more = min(chance.choice([1, 2, 255, 256, 300]), len(hashed) - size)
        bit_by_bit.grow(size, hashed[size : size + more])
        size += more
    assert at_once == bit_by_bit
    assert {(p.level, p.number): p.width * 32 for p in places(size)} == {
        key: len(held) for key, held in at_once.items()
    }


def test_nothing_added_changes_nothing():
    assert Tiles().grow(0, []) == []


@pytest.mark.parametrize("size", [1, 255, 256, 257, 600, 1_400])
def test_the_tree_over_tiles_is_the_tree_over_leaves(hashed: list[bytes], size: int):
    stored = Tiles()
    stored.grow(0, hashed)
    over, plain = reader_over(stored), reader_of(hashed)
    assert root(size, over) == root(size, plain)
    for index in {0, size // 2, size - 1}:
        assert inclusion(index, size, over) == inclusion(index, size, plain)
    assert consistency(size // 3, size, over) == consistency(size // 3, size, plain)


def test_a_proof_from_a_million_leaves_reads_few_tiles():
    asked = []

    def store(level: int, number: int) -> bytes:
        asked.append((level, number))
        return bytes(32 * tiles.WIDTH)

    inclusion(654_321, 1_000_000, reader_over(store))
    assert len(asked) == len(set(asked)) <= 6


def test_a_tile_that_is_not_whole_is_named(hashed: list[bytes]):
    stored = Tiles()
    stored.grow(0, hashed[:300])
    stored[0, 1] = stored[0, 1][:-32]
    with pytest.raises(LookupError, match=r"tile 0/001 "):
        root(300, reader_over(stored))


def test_entries_travel_in_bundles():
    entries = [b"", b"a", b"x" * 65_535]
    assert entries_in(bundle(entries)) == entries
    assert hashes_in(b"a" * 32 + b"b" * 32) == [b"a" * 32, b"b" * 32]


@pytest.mark.parametrize("held", [b"\x00", b"\x00\x05abcd", b"\x00\x00\x00"])
def test_a_bundle_that_is_cut_off_is_refused(held: bytes):
    with pytest.raises(ValueError, match="cut off"):
        entries_in(held)
