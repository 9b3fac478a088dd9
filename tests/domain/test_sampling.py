"""A random sample: fair, repeatable, and honest about how little it can tell."""

from fractions import Fraction
from hashlib import sha256
from itertools import combinations
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.sampling import Bound, bounds, sample

IDS = [f"r{n}" for n in range(40)]
_SETS = st.integers(1, 30).map(lambda size: [f"é{n}" for n in range(size)])


@given(_SETS, st.data())
def test_the_same_seed_draws_the_same_whatever_the_order_of_the_list(ids, data):
    count = data.draw(st.integers(1, len(ids)))
    seed = str(data.draw(st.integers(0, 10**9)))
    first = sample(ids, count, seed)
    assert first == sample(data.draw(st.permutations(ids)), count, seed)
    assert len(set(first)) == count
    assert set(first) <= set(ids)


@given(_SETS.filter(lambda ids: len(ids) > 2), st.integers(0, 10**9).map(str))
def test_a_larger_sample_holds_the_smaller_one(ids, seed):
    assert sample(ids, len(ids), seed)[:2] == sample(ids, 2, seed)


def test_anyone_can_draw_it_again_by_the_rule_on_the_page():
    by_hand = sorted(IDS, key=lambda one: sha256(f"2026-03-02|{one}".encode()).hexdigest())
    assert sample(IDS, 7, "2026-03-02") == by_hand[:7]


def test_every_thing_is_drawn_about_as_often():
    drawn = [one for n in range(2000) for one in sample(IDS, 4, str(n))]
    counts = [drawn.count(one) for one in IDS]
    # 200 expected; five standard deviations of a draw of 1 in 10.
    assert all(abs(count - 200) < 5 * 13.5 for count in counts), counts


@pytest.mark.parametrize(
    ("ids", "count", "seed", "words"),
    [
        (IDS, 0, "s", "from 1 to 40"),
        (IDS, 41, "s", "from 1 to 40"),
        (IDS, -1, "s", "from 1 to 40"),
        ([str(n) for n in range(900)], 501, "s", "from 1 to 500"),
        (IDS, 3, "", "A seed has"),
        (IDS, 3, "a|b", "A seed has"),
        (IDS, 3, "a\nb", "A seed has"),
        (IDS, 3, "x" * 65, "A seed has"),
        ([*IDS, "r1"], 3, "s", "twice"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(ids, count, seed, words):
    with pytest.raises(ValueError, match=words):
        sample(ids, count, seed)


def chance(whole: int, count: int, found: int, faulty: int) -> Fraction:
    """The chance of so few, by looking at every sample there is."""
    hits = [sum(one < faulty for one in drawn) for drawn in combinations(range(whole), count)]
    return Fraction(sum(hit <= found for hit in hits), len(hits))


@pytest.mark.parametrize(("whole", "count"), [(8, 3), (10, 4), (9, 9), (7, 1)])
def test_the_bound_is_the_largest_number_that_chance_could_still_hide(whole, count):
    for bound in bounds(whole, count):
        possible = [
            faulty
            for faulty in range(bound.found, whole - count + bound.found + 1)
            if chance(whole, count, bound.found, faulty) > Fraction(1, 20)
        ]
        assert bound.most == max(possible)


def test_known_values():
    # 30 of 500 without a fault: at most 46, where the rule of three says 10 % of 500 = 50.
    assert bounds(500, 30)[0] == Bound(0, 46)
    assert bounds(10, 10) == [Bound(0, 0), Bound(1, 1), Bound(2, 2), Bound(3, 3)]
    assert bounds(5, 1, up_to=3) == [Bound(0, 4), Bound(1, 5)]


@pytest.mark.parametrize("count", [30, 60, 100, 300])
def test_in_a_long_list_it_is_near_the_rule_of_three(count):
    whole = 100_000
    assert abs(bounds(whole, count)[0].most - ceil(3 * whole / count)) < 0.06 * 3 * whole / count
