"""Putting a quiz together, and its result."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.items import POINTS, Bank, Item, ItemType, key, score
from lms.domain.quiz import Draw, Quiz, Result, assemble, mark, reread
from tests.domain.making import items, seeds, single, situational

CRISIS = Bank(
    "crisis",
    "crisis",
    (
        *(single(item_id=f"s{n}") for n in range(8)),
        *(replace(situational(4, 2, 0), id=f"a{n}") for n in range(4)),
    ),
)
ETHICS = Bank("ethics", "ethics", tuple(single(item_id=f"e{n}") for n in range(5)))
BANKS = {"crisis": CRISIS, "ethics": ETHICS}
ACTS = Draw("crisis", 3, ItemType.SITUATIONAL)


def quiz(*draw: Draw, pass_percent: int = 80) -> Quiz:
    return Quiz("crisis-quiz", "Crisis quiz", pass_percent, "crisis", draw)


FULL = quiz(ACTS, Draw("crisis", 6), Draw("ethics", 2))


@given(seeds)
def test_an_attempt_has_the_right_counts_and_no_repeats(seed):
    taken = assemble(FULL, BANKS, seed)
    assert len(taken) == FULL.length == 11
    assert len({item.id for item in taken}) == 11
    assert sum(item in ETHICS.items for item in taken) == 2
    assert sum(item.type is ItemType.SITUATIONAL for item in taken) >= 3


@given(seeds)
def test_an_attempt_is_the_same_each_time_it_is_put_together(seed):
    shelved_otherwise = {
        name: replace(bank, items=bank.items[::-1]) for name, bank in reversed(BANKS.items())
    }
    assert assemble(FULL, BANKS, seed) == assemble(FULL, shelved_otherwise, seed)


@given(seeds)
def test_drawing_a_whole_bank_in_two_draws_takes_every_item_once(seed):
    taken = assemble(quiz(Draw("ethics", 2), Draw("ethics", 3)), BANKS, seed)
    assert sorted(item.id for item in taken) == [item.id for item in ETHICS.items]


def test_every_item_is_drawn_equally_often_and_stands_anywhere():
    drawn, first = Counter(), Counter()
    for n in range(4000):
        taken = assemble(quiz(Draw("ethics", 2)), BANKS, f"attempt-{n}")
        drawn.update(item.id for item in taken)
        first[taken[0].id] += 1
    assert all(abs(drawn[item.id] - 1600) < 130 for item in ETHICS.items), drawn
    assert all(abs(first[item.id] - 800) < 110 for item in ETHICS.items), first


@pytest.mark.parametrize(
    ("draw", "sentence"),
    [
        ((Draw("ethics", 6),), "crisis-quiz draws 6 from ethics, which has 5"),
        ((Draw("ethics", 4), Draw("ethics", 2)), "crisis-quiz draws 2 from ethics, which has 1"),
        (
            (Draw("ethics", 1, ItemType.ORDERING),),
            "crisis-quiz draws 1 from ethics, which has 0",
        ),
    ],
)
def test_a_bank_with_too_few_items_is_named(draw, sentence):
    with pytest.raises(ValueError, match=sentence):
        assemble(quiz(*draw), BANKS, "seed")


def of_points(*points: int) -> tuple[tuple[Item, ...], dict[str, tuple[str, ...]]]:
    """Situations, and the answers that earn just these points."""
    asked = tuple(
        replace(situational(4, 3, 2, 1, 0), id=f"a{n}", section=f"part-{n % 2}")
        for n in range(len(points))
    )
    return asked, {i.id: ("abcde"[4 - p],) for i, p in zip(asked, points, strict=True)}


@pytest.mark.parametrize(
    ("pass_percent", "points", "passed", "why"),
    [
        (80, (4, 4, 4, 4, 0), True, "16 of 20 is 80 percent exactly"),
        (80, (4, 4, 4, 3, 0), False, "15 of 20 is 75"),
        (67, (4, 4, 0), False, "66.67 percent is not 67, whatever rounding would say"),
        (66, (4, 4, 0), True, "and it is more than 66"),
        (34, (4, 0, 0), False, "33.33 is not 34"),
        (33, (4, 0, 0), True, "and it is more than 33"),
        (100, (4, 4, 4), True, "everything"),
        (100, (4, 4, 3), False, "a point short of everything"),
        (29, (4, 4, 4, 4, 4, 4, 4, 1) + (0,) * 17, True, "29 of 100, where 0.29 x 100 is 28.99…"),
    ],
)
def test_the_pass_mark_is_compared_in_whole_numbers(pass_percent, points, passed, why):
    asked, answers = of_points(*points)
    result = mark(pass_percent, asked, answers)
    assert result == Result(points, POINTS * len(points), passed), why
    assert result.total == sum(points)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=30), st.integers(1, 100))
def test_one_more_point_never_turns_a_pass_into_a_fail(points, pass_percent):
    better = [min(4, p + 1) for p in points]
    before, after = (mark(pass_percent, *of_points(*p)).passed for p in (points, better))
    assert before <= after


@given(st.lists(items(), min_size=1, max_size=6), st.integers(0, 100))
def test_all_keys_pass_and_each_item_is_scored_by_its_own_rule(drawn, pass_percent):
    asked = [replace(item, id=f"i{n}") for n, item in enumerate(drawn)]
    result = mark(pass_percent, asked, {item.id: key(item) for item in asked})
    assert result.points == tuple(score(item, key(item)) for item in asked)
    assert result.passed
    assert reread(asked, result) == ()


def test_unanswered_items_and_answers_to_other_items_earn_nothing():
    asked, answers = of_points(4, 4)
    del answers["a1"]
    assert mark(50, asked, answers | {"elsewhere": ("a",)}).points == (4, 0)


@pytest.mark.parametrize(
    ("points", "sections", "why"),
    [
        ((4, 4, 4), (), "nothing to read again"),
        ((4, 3, 4), ("part-1",), "a point short is worth a look"),
        ((4, 0, 0), ("part-1", "part-0"), "in the attempt's order"),
        ((0, 0, 0, 0), ("part-0", "part-1"), "each section once"),
    ],
)
def test_a_learner_is_sent_to_the_sections_of_lost_points(points, sections, why):
    asked, answers = of_points(*points)
    assert reread(asked, mark(80, asked, answers)) == sections, why
