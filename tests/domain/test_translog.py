"""The tree of the log: every proof leads to the root, and nothing that was changed does."""

import random
from collections.abc import Iterator
from hashlib import sha256
from itertools import combinations

import pytest
from pymerkle import InmemoryTree

from lms.domain.proofs import is_consistent, is_included
from lms.domain.translog import (
    EMPTY_ROOT,
    complete,
    consistency,
    inclusion,
    leaf_hash,
    node_hash,
    reader_of,
    root,
    split,
)

LARGEST = 1_025
# The sizes at which trees change their shape, and two without a pattern.
SHAPES = [0, 1, 2, 3, 4, 5, 7, 8, 9, 64, 255, 256, 257, 511, 513, 700, 1_023, 1_024, 1_025]
LEAVES = [leaf_hash(b"entry %d" % n) for n in range(LARGEST)]
READ = reader_of(LEAVES)


def by_definition(leaves: list[bytes]) -> bytes:
    """The root as RFC 6962 defines it, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = split(len(leaves))
    return node_hash(by_definition(leaves[:half]), by_definition(leaves[half:]))


class Remembering:
    """A reader that computes each complete subtree once: the same answers, sooner."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, int], bytes] = {}

    def __call__(self, level: int, n: int) -> bytes:
        if (level, n) not in self.known:
            self.known[level, n] = (
                node_hash(self(level - 1, 2 * n), self(level - 1, 2 * n + 1))
                if level
                else LEAVES[n]
            )
        return self.known[level, n]


QUICK = Remembering()
ROOTS = [root(size, QUICK) for size in range(LARGEST + 1)]

VECTORS = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
VECTOR_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The trees that Certificate Transparency's own tests use for RFC 6962."""


def changed(parts: list[bytes], chance: random.Random) -> list[bytes]:
    """The same parts with one bit turned over."""
    at, bit = chance.randrange(len(parts)), chance.randrange(256)
    flipped = bytearray(parts[at])
    flipped[bit // 8] ^= 1 << bit % 8
    return [*parts[:at], bytes(flipped), *parts[at + 1 :]]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_known_vectors(size: int):
    leaves = [leaf_hash(entry) for entry in VECTORS[:size]]
    assert root(size, reader_of(leaves)).hex() == VECTOR_ROOTS[size]


def test_proofs_are_those_of_the_known_vectors():
    leaves = [leaf_hash(entry) for entry in VECTORS]
    read = reader_of(leaves)
    assert [part.hex() for part in inclusion(5, 8, read)] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert [part.hex() for part in consistency(2, 5, read)] == [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ]


@pytest.mark.parametrize("size", SHAPES)
def test_roots_are_as_the_rfc_defines_them(size: int):
    assert root(size, READ) == ROOTS[size] == by_definition(LEAVES[:size])


def test_roots_equal_those_of_another_library():
    chance = random.Random(6962)  # noqa: S311
    for _ in range(40):
        size = chance.randrange(1, 40)
        entries = [chance.randbytes(chance.randrange(30)) for _ in range(size)]
        other = InmemoryTree(algorithm="sha256")
        for entry in entries:
            other.append_entry(entry)
        assert root(size, reader_of([leaf_hash(entry) for entry in entries])) == other.get_root()


@pytest.mark.long
def test_ten_thousand_roots_equal_those_of_another_library():
    chance = random.Random(10_000)  # noqa: S311
    for _ in range(10_000):
        entries = [chance.randbytes(chance.randrange(9)) for _ in range(chance.randrange(1, 25))]
        other = InmemoryTree(algorithm="sha256")
        for entry in entries:
            other.append_entry(entry)
        leaves = [leaf_hash(entry) for entry in entries]
        assert root(len(leaves), reader_of(leaves)) == other.get_root()


def all_inclusions(sizes: Iterator[int] | list[int] | range) -> Iterator[tuple[int, int]]:
    return ((index, size) for size in sizes for index in range(size))


@pytest.mark.parametrize(
    "sizes", [SHAPES, pytest.param(range(LARGEST + 1), marks=pytest.mark.long)], ids=["few", "all"]
)
def test_every_leaf_is_proved_and_a_changed_bit_proves_nothing(sizes):
    chance = random.Random(1)  # noqa: S311
    for index, size in all_inclusions(sizes):
        path = inclusion(index, size, QUICK)
        assert is_included(index, size, LEAVES[index], path, ROOTS[size])
        wrong = changed([LEAVES[index], ROOTS[size], *path], chance)
        assert not is_included(index, size, wrong[0], wrong[2:], wrong[1])


@pytest.mark.parametrize(
    "sizes", [SHAPES, pytest.param(range(LARGEST + 1), marks=pytest.mark.long)], ids=["few", "all"]
)
def test_growth_is_proved_between_all_sizes_and_a_changed_bit_proves_nothing(sizes):
    chance = random.Random(2)  # noqa: S311
    for old, new in ((old, new) for new in sizes for old in sizes if old <= new):
        path = consistency(old, new, QUICK)
        assert is_consistent(old, ROOTS[old], new, ROOTS[new], path)
        if 0 < old < new:
            wrong = changed([ROOTS[old], ROOTS[new], *path], chance)
            assert not is_consistent(old, wrong[0], new, wrong[1], wrong[2:])


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13])
def test_no_single_bit_of_a_proof_may_differ(size: int):
    for index in range(size):
        parts = [LEAVES[index], ROOTS[size], *inclusion(index, size, QUICK)]
        for at, part in enumerate(parts):
            for bit in range(256):
                flipped = (int.from_bytes(part, "big") ^ 1 << bit).to_bytes(32, "big")
                wrong = [*parts[:at], flipped, *parts[at + 1 :]]
                assert not is_included(index, size, wrong[0], wrong[2:], wrong[1])


@pytest.mark.parametrize("size", [2, 3, 5, 7, 8, 13, 21])
def test_a_proof_is_of_one_place_in_one_tree(size: int):
    for index in range(size):
        path = inclusion(index, size, QUICK)
        for other in range(-1, size + 2):
            holds = is_included(other, size, LEAVES[index], path, ROOTS[size])
            assert holds is (other == index)
        for other in [*range(size), size + 1]:
            assert not is_included(index, other, LEAVES[index], path, ROOTS[other])
        for wrong in (path[1:], path[:-1], [*path, LEAVES[0]], [*path, b""], [b"", *path]):
            assert not is_included(index, size, LEAVES[index], wrong, ROOTS[size])


def test_a_proof_of_growth_is_of_two_trees():
    for old, new in combinations(range(1, 20), 2):
        path = consistency(old, new, QUICK)
        for wrong in (path[1:], path[:-1], [*path, LEAVES[0]], [*path, b""]):
            assert not is_consistent(old, ROOTS[old], new, ROOTS[new], wrong)
        assert not is_consistent(old + 1, ROOTS[old], new, ROOTS[new], path)
        assert not is_consistent(old, ROOTS[old], new, ROOTS[new - 1], path)
        assert not is_consistent(new, ROOTS[new], old, ROOTS[old], path)
    assert not is_consistent(-1, EMPTY_ROOT, 3, ROOTS[3], [])


def test_nothing_is_proved_about_the_same_tree_or_the_empty_one():
    assert consistency(0, 7, QUICK) == consistency(7, 7, QUICK) == []
    assert is_consistent(0, EMPTY_ROOT, 7, ROOTS[7], [])
    assert is_consistent(7, ROOTS[7], 7, ROOTS[7], [])
    assert not is_consistent(7, ROOTS[6], 7, ROOTS[7], [])
    assert not is_consistent(7, ROOTS[7], 7, ROOTS[7], [LEAVES[0]])
    assert not is_consistent(0, EMPTY_ROOT, 7, ROOTS[7], [LEAVES[0]])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_a_leaf_that_is_not_there_cannot_be_proved(index: int, size: int):
    with pytest.raises(ValueError, match="has no leaf"):
        inclusion(index, size, QUICK)


@pytest.mark.parametrize(("old", "new"), [(3, 2), (-1, 2)])
def test_a_tree_does_not_grow_from_a_larger_one(old: int, new: int):
    with pytest.raises(ValueError, match="did not grow"):
        consistency(old, new, QUICK)


def test_a_leaf_can_never_pass_for_a_node():
    assert leaf_hash(LEAVES[0] + LEAVES[1]) != node_hash(LEAVES[0], LEAVES[1])
    assert complete(LEAVES[:1]) == LEAVES[0]
