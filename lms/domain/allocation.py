"""Where minutes that fit several places go, so that the most is met; exact, and always the same.

Minutes run from their limits through kinds of minutes into shares. Minutes that fit the same places
are one kind, so the network does not grow with the record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from lms.domain.flow import Edge, Flow

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kind:
    """Minutes that fit the same places: the numbers of the shares they may fill, of the limits they
    are under, and of the floors they serve."""

    minutes: int
    shares: tuple[int, ...] = ()
    limits: tuple[int, ...] = ()
    floors: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Group:
    """Kinds that are under one limit (``cap``) or serve one floor (``need``)."""

    kinds: frozenset[int]
    cap: int | None = None
    need: int = 0


def allocate(
    kinds: Sequence[Kind],
    needs: Sequence[int | None],
    caps: Sequence[int] = (),
    floors: Sequence[int] = (),
) -> list[list[int]]:
    """How many minutes of each kind go to each share, and last how many fill the rest of the total.

    As many minutes as can be count at all, and of these as many as can be lie in shares (``needs``;
    None takes whatever is left). Then floors are served, then earlier shares come before later
    ones. What a kind gives nowhere is over a limit. ``caps`` must not cross each other.
    """
    rest, first = 1 + len(needs), 3 + len(needs)
    total = sum(kind.minutes for kind in kinds)
    served = len(needs) + 2
    filled = served * (len(floors) + 1) * (len(kinds) + 2)
    tree, loose = _tree(kinds, caps, floors)
    flow = Flow(first + len(kinds) + len(tree))
    for number, need in enumerate(needs):
        cost = 1 if need is None else filled + len(needs) - number
        flow.join(1 + number, 2 + len(needs), total if need is None else need, -cost)
    flow.join(rest, 2 + len(needs), total)
    for number, group in enumerate(tree):
        above = _above(tree[:number], group.kinds, first + len(kinds))
        flow.join(above, first + len(kinds) + number, group.need, -served)
        flow.join(above, first + len(kinds) + number, total if group.cap is None else group.cap)
    gives = []
    for number, kind in enumerate(kinds):
        above = _above(tree, frozenset((number,)), first + len(kinds))
        bonus = served * len(loose.intersection(kind.floors))
        flow.join(above, first + number, kind.minutes, -bonus)
        gives.append([flow.join(first + number, 1 + s, kind.minutes) for s in kind.shares])
        gives[-1].append(flow.join(first + number, rest, kind.minutes))
    flow.run(0, 2 + len(needs))
    return [_row(flow, edges, len(needs)) for edges in gives]


def _row(flow: Flow, edges: Sequence[Edge], shares: int) -> list[int]:
    row = [0] * (shares + 1)
    for edge in edges:
        row[edge.to - 1] = flow.edges[edge.to][edge.back].room
    return row


def _above(tree: Sequence[_Group], kinds: frozenset[int], first: int) -> int:
    """The node of the smallest group around these kinds; 0, where all minutes come from, if none
    is."""
    return max((first + n for n, group in enumerate(tree) if kinds <= group.kinds), default=0)


def _tree(
    kinds: Sequence[Kind], caps: Sequence[int], floors: Sequence[int]
) -> tuple[list[_Group], frozenset[int]]:
    """Groups inside groups, the largest first; and the floors that lie across another group.

    Those cannot stand in the tree: each of their minutes then weighs the same, however many serve.
    """
    tree = [
        _Group(frozenset(k for k, kind in enumerate(kinds) if number in kind.limits), cap)
        for number, cap in enumerate(caps)
    ]
    loose = set()
    for number, need in enumerate(floors):
        served = frozenset(k for k, kind in enumerate(kinds) if number in kind.floors)
        if all(nested(served, group.kinds) for group in tree):
            tree.append(_Group(served, need=need))
        else:
            loose.add(number)
    return sorted(tree, key=lambda group: -len(group.kinds)), frozenset(loose)


def nested(one: frozenset[T], other: frozenset[T]) -> bool:
    """Whether one lies inside the other, or they have nothing in common."""
    return one <= other or other <= one or one.isdisjoint(other)
