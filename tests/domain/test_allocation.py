"""Minutes go where they meet most: against every possible way, on small cases."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.domain.allocation import Kind, allocate, nested


def ways(minutes: int, places: int) -> list[tuple[int, ...]]:
    """Every way to lay at most so many minutes into so many places."""
    if not places:
        return [()]
    return [
        (here, *rest) for here in range(minutes + 1) for rest in ways(minutes - here, places - 1)
    ]


def brute_force(kinds, needs, caps, floors):
    """The best figures there are: counted, in shares, in floors, then by the order of shares."""
    each = [
        [
            (dict(zip((*kind.shares, len(needs)), way, strict=True)), sum(way))
            for way in ways(kind.minutes, len(kind.shares) + 1)
        ]
        for kind in kinds
    ]
    best = None
    for choice in product(*each):
        if fits(kinds, caps, choice):
            found = figures(kinds, needs, floors, [(places, total) for places, total in choice])
            if found is not None and (best is None or found > best):
                best = found
    return best


def fits(kinds, caps, choice) -> bool:
    return all(
        sum(total for kind, (_, total) in zip(kinds, choice, strict=True) if n in kind.limits)
        <= cap
        for n, cap in enumerate(caps)
    )


def figures(kinds, needs, floors, choice):
    filled = [sum(places.get(n, 0) for places, _ in choice) for n in range(len(needs))]
    if any(have > need for have, need in zip(filled, needs, strict=True)):
        return None
    served = [
        sum(total for kind, (_, total) in zip(kinds, choice, strict=True) if n in kind.floors)
        for n in range(len(floors))
    ]
    met = sum(min(have, need) for have, need in zip(served, floors, strict=True))
    return sum(total for _, total in choice), sum(filled), met, tuple(filled)


@st.composite
def cases(draw: st.DrawFn):
    shares = draw(st.integers(0, 3))
    needs = draw(st.lists(st.integers(0, 4), min_size=shares, max_size=shares))
    caps = draw(st.sampled_from([(), (2,), (3,), (3, 1)]))
    floors = draw(st.sampled_from([(), (2,)]))
    kinds = draw(
        st.lists(
            st.builds(
                Kind,
                st.integers(0, 3),
                st.sets(st.integers(0, shares - 1)).map(lambda s: tuple(sorted(s)))
                if shares
                else st.just(()),
                # The second limit lies inside the first.
                st.sampled_from([tuple(range(n)) for n in range(len(caps) + 1)]),
                st.sampled_from([(), (0,)] if floors else [()]),
            ),
            max_size=3,
        )
    )
    return kinds, needs, caps, floors


@settings(max_examples=120)
@given(cases())
def test_no_other_way_meets_more(case):
    kinds, needs, caps, floors = case
    rows = allocate(*case)
    choice = [
        ({n: row[n] for n in (*kind.shares, len(needs))}, sum(row))
        for kind, row in zip(kinds, rows, strict=True)
    ]
    assert figures(kinds, needs, floors, choice) == brute_force(kinds, needs, caps, floors)
    assert fits(kinds, caps, choice)


@given(cases())
def test_no_minute_lies_in_two_places_and_none_where_it_does_not_fit(case):
    kinds, needs, _, _ = case
    for kind, row in zip(kinds, allocate(*case), strict=True):
        assert len(row) == len(needs) + 1
        assert min(row) >= 0
        assert sum(row) <= kind.minutes
        assert not any(row[n] for n in range(len(needs)) if n not in kind.shares)


@given(cases())
def test_the_same_minutes_lie_in_the_same_places_again(case):
    assert allocate(*case) == allocate(*case)


@pytest.mark.parametrize(
    ("kinds", "needs", "caps", "floors", "rows"),
    [
        # One minute serves two shares and both want it: the board's own order decides.
        ([Kind(4, (0, 1))], [4, 4], (), (), [[4, 0, 0]]),
        # The first share could take all, but then the second would stay empty.
        ([Kind(4, (0, 1)), Kind(4, (0,))], [4, 4], (), (), [[0, 4, 0], [4, 0, 0]]),
        # A chain: each must give way to the next, three deep.
        (
            [Kind(1, (0, 1)), Kind(1, (1, 2)), Kind(1, (0,))],
            [1, 1, 1],
            (),
            (),
            [[0, 1, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0]],
        ),
        # Under a limit the minutes that fill a share come first.
        ([Kind(4), Kind(4, (0,))], [4], (4,), (), [[4, 0][::-1], [4, 0]]),
        # Two kinds under one limit: the one that fills a share counts.
        ([Kind(4, (), (0,)), Kind(4, (0,), (0,))], [4], (4,), (), [[0, 0], [4, 0]]),
        # A limit inside a limit: both hold.
        ([Kind(9, (), (0, 1)), Kind(4, (), (0,))], [], (8, 3), (), [[3], [4]]),
        # Under a limit, minutes that serve a floor come before those that do not.
        ([Kind(5, (), (0,)), Kind(5, (), (0,), (0,))], [], (5,), (5,), [[0], [5]]),
        # A floor gets what it needs; beyond that it is worth nothing.
        ([Kind(5, (), (0,), (0,)), Kind(5, (), (0,), (1,))], [], (5,), (2, 3), [[2], [3]]),
        # A share of unknown size takes what the others leave, before the rest of the total.
        ([Kind(5, (0, 1))], [2, None], (), (), [[2, 3, 0]]),
        # A floor across a limit: it still pulls the minutes that serve it.
        (
            [Kind(4, (), (0,), (0,)), Kind(4, (), (0,)), Kind(4, (), (), (0,))],
            [],
            (4,),
            (8,),
            [[4], [0], [4]],
        ),
        # Filling the share from outside the limit leaves the limit to the floor.
        (
            [Kind(4, (0,), (0,)), Kind(4, (0,)), Kind(4, (), (0,), (0,))],
            [4],
            (4,),
            (4,),
            [[0, 0], [4, 0], [0, 4]],
        ),
        ([], [3], (2,), (1,), []),
    ],
)
def test_minutes_lie_where_a_person_would_put_them(kinds, needs, caps, floors, rows):
    assert allocate(kinds, needs, caps, floors) == rows


def test_groups_are_nested_or_apart_or_cross():
    assert nested(frozenset("ab"), frozenset("abc"))
    assert nested(frozenset("abc"), frozenset("ab"))
    assert nested(frozenset("a"), frozenset("b"))
    assert not nested(frozenset("ab"), frozenset("bc"))
