"""A random sample that anyone can draw again, and what a small one can and cannot tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import comb

MOST_SEED = 64
"""Characters of a seed."""

MOST_SAMPLED = 500
"""Things in one sample: more than that is not looked at by hand."""


def sample(ids: Sequence[str], count: int, seed: str) -> list[str]:
    """The same ``count`` of ``ids`` for the same seed, whatever their order.

    The rule, so that anyone can redo it: write the seed, a vertical bar and the id in UTF-8, take
    the SHA-256 of that as hexadecimal digits, sort by it, and keep the first ``count``. The bar
    cannot stand in a seed, so no two pairs of seed and id read alike. Raises ValueError with a
    sentence when there are not so many, when an id stands twice, or for a seed that is none.
    """
    if not seed or len(seed) > MOST_SEED or "|" in seed or not seed.isprintable():
        raise ValueError(f"A seed has 1 to {MOST_SEED} letters or digits, and no |.")
    if len(set(ids)) != len(ids):
        raise ValueError("The list names something twice, so a sample of it would not be fair.")
    if not 1 <= count <= min(len(ids), MOST_SAMPLED):
        raise ValueError(f"Choose a number from 1 to {min(len(ids), MOST_SAMPLED)}.")
    return sorted(ids, key=lambda one: _draw(seed, one))[:count]


def _draw(seed: str, one: str) -> str:
    return sha256(f"{seed}|{one}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Bound:
    """At most ``most`` of the whole have the fault, when ``found`` of the sample had it."""

    found: int
    most: int


def bounds(whole: int, count: int, up_to: int = 3) -> list[Bound]:
    """The upper 95 % bound on faults in the whole for 0 … ``up_to`` faults found, exactly.

    ``most`` is the largest number of faults under which a sample of ``count`` from ``whole`` shows
    ``found`` or fewer with a chance above 1 in 20: a one-sided exact limit for drawing without
    putting back (hypergeometric; J. P. Buonaccorsi, The American Statistician 41, 1987, 215-218).
    For none found in a large whole it is near the rule of three, 3 / count (J. A. Hanley and
    A. Lippman-Hand, JAMA 249, 1983, 1743-1745). Counted in whole numbers, never rounded.
    """
    return [Bound(found, _most(whole, count, found)) for found in range(min(up_to, count) + 1)]


def _most(whole: int, count: int, found: int) -> int:
    low, high = found, whole - (count - found)
    while low < high:
        middle = (low + high + 1) // 2
        if _likely(whole, count, found, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _likely(whole: int, count: int, found: int, faulty: int) -> bool:
    """Whether so few faults in the sample have a chance above 1 in 20, if ``faulty`` have one."""
    ways = sum(comb(faulty, k) * comb(whole - faulty, count - k) for k in range(found + 1))
    return ways * 20 > comb(whole, count)
