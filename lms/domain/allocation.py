"""Where minutes that fit several places go, so that the most is met; exact, and always the same.

Minutes run from their limits through kinds of minutes into shares. Minutes that fit the same places
are one kind, so the network does not grow with the record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from lms.domain.flow import Flow

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
    cap: int
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
    if not any(_binds(kinds, number, cap) for number, cap in enumerate(caps)):
        # Everything counts, so no limit or floor has a say in where it lies.
        caps = floors = ()
        if all(len(kind.shares) < 2 for kind in kinds):
            return _filled(kinds, needs)
    return _through(kinds, needs, caps, floors)


def _binds(kinds: Sequence[Kind], limit: int, cap: int) -> bool:
    return sum(kind.minutes for kind in kinds if limit in kind.limits) > cap


def _filled(kinds: Sequence[Kind], needs: Sequence[int | None]) -> list[list[int]]:
    """Each kind in the one share it fits, the first kinds first, and the rest in the total."""
    left = list(needs)
    rows = []
    for kind in kinds:
        row = [0] * len(needs)
        for share in kind.shares:
            room = left[share]
            row[share] = kind.minutes if room is None else min(kind.minutes, room)
            left[share] = None if room is None else room - row[share]
        rows.append([*row, kind.minutes - sum(row)])
    return rows


def _through(
    kinds: Sequence[Kind],
    needs: Sequence[int | None],
    caps: Sequence[int],
    floors: Sequence[int],
) -> list[list[int]]:
    """The minutes as a flow: costs are what filling a share, serving a floor, and order weigh."""
    tree, loose = _tree(kinds, caps, floors)
    nodes = _Nodes(len(needs), len(kinds))
    total = sum(kind.minutes for kind in kinds)
    served = len(needs) + 2
    filled = served * (len(floors) + 1) * (len(kinds) + 2)
    flow = Flow(nodes.group(len(tree)))
    for number, need in enumerate(needs):
        cost = 1 if need is None else filled + len(needs) - number
        flow.join(nodes.share(number), nodes.end, total if need is None else need, -cost)
    flow.join(nodes.share(len(needs)), nodes.end, total)
    _groups(flow, nodes, tree, served)
    for number, kind in enumerate(kinds):
        bonus = served * len(loose.intersection(kind.floors))
        above = nodes.above(tree, frozenset((number,)))
        flow.join(above, nodes.kind(number), kind.minutes, -bonus)
    gives = [
        {place: flow.join(nodes.kind(number), nodes.share(place), kind.minutes) for place in places}
        for number, kind in enumerate(kinds)
        for places in [(*kind.shares, len(needs))]
    ]
    flow.run(0, nodes.end)
    return [
        [kind.minutes - edges[n].room if n in edges else 0 for n in range(len(needs) + 1)]
        for kind, edges in zip(kinds, gives, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Nodes:
    """The numbers of nodes: 0 where minutes come from, then shares and the rest of the total, the
    end, kinds, and groups."""

    shares: int
    kinds: int

    def share(self, number: int) -> int:
        return 1 + number

    @property
    def end(self) -> int:
        return 2 + self.shares

    def kind(self, number: int) -> int:
        return 3 + self.shares + number

    def group(self, number: int) -> int:
        return 3 + self.shares + self.kinds + number

    def above(self, tree: Sequence[_Group], kinds: frozenset[int]) -> int:
        """The smallest group around these kinds; 0 if there is none."""
        around = (self.group(n) for n, group in enumerate(tree) if kinds <= group.kinds)
        return max(around, default=0)


def _groups(flow: Flow, nodes: _Nodes, tree: Sequence[_Group], served: int) -> None:
    """Each group below the one around it: a limit stops, a floor pulls what it needs."""
    for number, group in enumerate(tree):
        above = nodes.above(tree[:number], group.kinds)
        flow.join(above, nodes.group(number), group.need, -served)
        flow.join(above, nodes.group(number), group.cap)


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
    loose, total = set(), sum(kind.minutes for kind in kinds)
    for number, need in enumerate(floors):
        served = frozenset(k for k, kind in enumerate(kinds) if number in kind.floors)
        if all(nested(served, group.kinds) for group in tree):
            tree.append(_Group(served, total, need))
        else:
            loose.add(number)
    return sorted(tree, key=lambda group: -len(group.kinds)), frozenset(loose)


def nested(one: frozenset[T], other: frozenset[T]) -> bool:
    """Whether one lies inside the other, or they have nothing in common."""
    return one <= other or other <= one or one.isdisjoint(other)
