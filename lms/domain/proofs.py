"""Checking proofs of the public log, without the log (RFC 9162, sections 2.1.3.2 and 2.1.4.2)."""

from collections.abc import Sequence

from lms.domain.translog import HASH_BYTES, node_hash


def root_of_inclusion(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes | None:
    """The root that a proof of inclusion leads to; None when its shape does not fit the tree."""
    if not 0 <= index < size or not _are_hashes(path):
        return None
    at, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            found = node_hash(sibling, found)
            at, last = _up_to_odd(at, last)
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    return found if last == 0 else None


def is_included(index: int, size: int, leaf: bytes, path: Sequence[bytes], root: bytes) -> bool:
    """True when the proof shows this leaf hash at ``index`` in the tree of that size and root."""
    return root_of_inclusion(index, size, leaf, path) == root


def is_consistent(
    old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """True when the proof shows that the new tree begins with all leaves of the old one.

    Every tree grew from the empty one, so nothing is proved about that.
    """
    if not 0 <= old <= new or not _are_hashes(path):
        return False
    if old in (0, new):
        return not path and (old == 0 or old_root == new_root)
    # An old tree that is complete is a part of the new one, and its root was not sent along.
    parts = [old_root, *path] if old & (old - 1) == 0 else list(path)
    return bool(parts) and _both_roots(old, new, parts) == (old_root, new_root)


def _both_roots(old: int, new: int, parts: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    older = newer = parts[0]
    for part in parts[1:]:
        if last == 0:
            return None
        if at & 1 or at == last:
            older, newer = node_hash(part, older), node_hash(part, newer)
            at, last = _up_to_odd(at, last)
        else:
            newer = node_hash(newer, part)
        at, last = at >> 1, last >> 1
    return (older, newer) if last == 0 else None


def _up_to_odd(at: int, last: int) -> tuple[int, int]:
    """Climb the right edge to the level where the next sibling stands on the left."""
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last


def _are_hashes(path: Sequence[bytes]) -> bool:
    return all(len(part) == HASH_BYTES for part in path)
