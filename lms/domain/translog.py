"""The Merkle tree of the public log: roots and proofs over stored hashes (RFC 6962, section 2.1).

A tree is read through a function that gives the hash of a complete subtree, so that a proof from a
million leaves reads a few tiles and not a million leaves.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

Reader = Callable[[int, int], bytes]
"""The hash of the n-th complete subtree of 2**level leaves: ``read(level, n)``."""

EMPTY_ROOT = sha256(b"").digest()
HASH_BYTES = 32


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry. The first byte keeps leaves and nodes apart."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees beside each other."""
    return sha256(b"\x01" + left + right).digest()


def complete(hashes: Sequence[bytes]) -> bytes:
    """The hash over a power of two of hashes that stand beside each other."""
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=True)
        # As node_hash does; most of the work of a proof is here.
        hashes = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
    return hashes[0]


def reader_of(leaves: Sequence[bytes]) -> Reader:
    """A reader over leaf hashes held in memory."""
    return lambda level, n: complete(leaves[n << level : (n + 1) << level])


def split(size: int) -> int:
    """The largest power of two below a size of 2 or more: where RFC 6962 parts a tree."""
    return 1 << ((size - 1).bit_length() - 1)


def root(size: int, read: Reader) -> bytes:
    """The root over the first ``size`` leaves."""
    return _span(0, size, read) if size else EMPTY_ROOT


def _span(start: int, end: int, read: Reader) -> bytes:
    """The hash over leaves ``start`` to ``end``, as they hang in a tree."""
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return read(level, start >> level)
    middle = start + split(size)
    return node_hash(_span(start, middle, read), _span(middle, end, read))


def inclusion(index: int, size: int, read: Reader) -> list[bytes]:
    """The proof that leaf ``index`` is in the tree of ``size`` leaves: siblings, lowest first.

    Raises ValueError for a leaf that the tree does not have.
    """
    if not 0 <= index < size:
        raise ValueError(f"A tree of {size} leaves has no leaf {index}.")
    start, end, path = 0, size, list[bytes]()
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            path.append(_span(middle, end, read))
            end = middle
        else:
            path.append(_span(start, middle, read))
            start = middle
    return path[::-1]


def consistency(old: int, new: int, read: Reader) -> list[bytes]:
    """The proof that the tree of ``new`` leaves only grew from that of ``old`` leaves.

    Raises ValueError unless 0 <= old <= new. Nothing has to be proved from 0 or to the same size.
    """
    if not 0 <= old <= new:
        raise ValueError(f"A tree of {new} leaves did not grow from one of {old}.")
    if old in (0, new):
        return []
    start, end, path = 0, new, list[bytes]()
    # The old tree's own root is known to whoever checks, so it is only sent as a part.
    while end != old:
        middle = start + split(end - start)
        if old <= middle:
            path.append(_span(middle, end, read))
            end = middle
        else:
            path.append(_span(start, middle, read))
            start = middle
    if start:
        path.append(_span(start, end, read))
    return path[::-1]
