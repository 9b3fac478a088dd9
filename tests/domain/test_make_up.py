"""Making up for what was missed: never more meetings than needed, and each minute once."""

from datetime import timedelta
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain import make_up
from lms.domain.make_up import EXACT, Offer, Plan, Seen, missing, smallest
from tests.domain.making import NOON

DAY = timedelta(days=1)


def seen(day: int, full: dict[str, int], got: dict[str, int]) -> Seen:
    return Seen(NOON + day * DAY, full, got)


def offer(day: int, **minutes: int) -> Offer:
    return Offer(f"m{day}", NOON + day * DAY, minutes)


ALL, HALF = {"crisis": 60, "ethics": 30}, {"crisis": 30, "ethics": 15}
MISSED = [
    ([], {}),
    ([seen(1, ALL, ALL)], {}),
    ([seen(1, ALL, HALF)], {"crisis": 30, "ethics": 15}),
    ([seen(1, ALL, {"crisis": 57, "ethics": 29})], {}),  # four minutes are no gap
    ([seen(1, ALL, {"crisis": 55, "ethics": 30})], {"crisis": 5}),
    ([seen(1, ALL, HALF), seen(2, {"crisis": 20}, {"crisis": 20})], {"crisis": 10, "ethics": 15}),
    ([seen(1, ALL, HALF), seen(2, ALL, ALL)], {}),  # made up for: closed by itself
    ([seen(1, ALL, ALL), seen(2, ALL, HALF)], {"crisis": 30, "ethics": 15}),  # not by the past
    ([seen(1, ALL, HALF), seen(2, ALL, HALF)], {"crisis": 30, "ethics": 15}),
    ([seen(1, {"crisis": 60}, {}), seen(2, {}, {"crisis": 20})], {"crisis": 40}),
]


@pytest.mark.parametrize(("meetings", "left"), MISSED)
def test_what_is_missing_is_paid_by_later_meetings_only(meetings, left):
    assert missing(meetings) == left
    assert missing(reversed(meetings)) == left


CHOICES = [
    ({}, [offer(1, crisis=60)], [], {}),
    ({"crisis": 30}, [], [], {"crisis": 30}),
    ({"crisis": 30}, [offer(1, ethics=90)], [], {"crisis": 30}),
    ({"crisis": 30}, [offer(2, crisis=60), offer(1, crisis=60)], [1], {}),  # the earlier of two
    ({"crisis": 30}, [offer(1, crisis=20), offer(2, crisis=20), offer(3, crisis=30)], [3], {}),
    ({"crisis": 50}, [offer(1, crisis=20), offer(2, crisis=20)], [1, 2], {"crisis": 10}),
    ({"a": 30, "b": 30}, [offer(1, a=30), offer(2, b=30), offer(3, a=30, b=30)], [3], {}),
    ({"a": 30, "b": 0}, [offer(1, b=30)], [], {"a": 30}),
]


@pytest.mark.parametrize(("need", "offers", "days", "uncovered"), CHOICES)
def test_the_fewest_meetings_are_chosen_and_the_rest_is_said(need, offers, days, uncovered):
    plan = smallest(need, offers)
    assert [o.id for o in plan.chosen] == [f"m{day}" for day in days]
    assert plan.uncovered == uncovered
    assert plan.is_closed is (not plan.missing)


topics = st.dictionaries(st.sampled_from("abc"), st.integers(1, 6), max_size=3)
needs = st.dictionaries(st.sampled_from("abc"), st.integers(0, 9), max_size=3)


def offers_of(found: list[dict[str, int]]) -> list[Offer]:
    return [Offer(f"m{n:02}", NOON + n * DAY, minutes) for n, minutes in enumerate(found)]


def left(need: dict[str, int], chosen) -> dict[str, int]:
    sums = {t: sum(o.minutes.get(t, 0) for o in chosen) for t in need}
    return {t: m - sums[t] for t, m in need.items() if m > sums[t]}


def by_brute_force(need: dict[str, int], offers: list[Offer]) -> tuple[Offer, ...]:
    every = chain.from_iterable(combinations(offers, n) for n in range(len(offers) + 1))
    best = left(need, offers)
    good = [c for c in every if left(need, c) == best]
    return min(good, key=lambda c: (len(c), [(o.starts_at, o.id) for o in c]))


@given(needs, st.lists(topics, max_size=8), st.data())
def test_it_chooses_what_trying_everything_would(need, found, data):
    offers = offers_of(found)
    shuffled = data.draw(st.permutations(offers))
    assert smallest(need, shuffled).chosen == by_brute_force(need, offers)


@given(needs, st.lists(topics, min_size=EXACT + 1, max_size=30))
def test_beyond_the_exact_it_covers_as_much_and_takes_nothing_in_vain(need, found):
    offers = [Offer(o.id, o.starts_at, {"a": 1} | dict(o.minutes)) for o in offers_of(found)]
    plan = smallest(need, offers)
    assert plan.uncovered == left(need, offers)
    assert left(need, plan.chosen) == plan.uncovered
    for one in plan.chosen:
        assert left(need, [o for o in plan.chosen if o is not one]) != plan.uncovered
    assert list(plan.chosen) == sorted(plan.chosen, key=lambda o: o.starts_at)


def test_many_meetings_are_chosen_from_quickly_and_earliest_first():
    offers = [offer(day, crisis=10) for day in range(200)]
    plan = smallest({"crisis": 25}, offers)
    assert [o.id for o in plan.chosen] == ["m0", "m1", "m2"]


def test_a_meeting_taken_first_is_dropped_when_others_cover_it():
    fillers = [offer(day, a=1) for day in range(20, 20 + EXACT)]
    offers = [offer(1, a=4, b=4), offer(2, a=5, c=1), offer(3, b=5, c=1), *fillers]
    plan = smallest({"a": 5, "b": 5}, offers)
    assert [o.id for o in plan.chosen] == ["m2", "m3"]


def test_an_empty_plan_is_closed():
    assert Plan({}, (), {}).is_closed
    assert make_up.WORTH_IT == 5
