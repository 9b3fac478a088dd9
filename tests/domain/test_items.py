"""Scoring: what each of the five kinds of items gives for each kind of answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.items import (
    POINTS,
    Bank,
    Credit,
    Item,
    ItemType,
    is_answered,
    key,
    score,
)
from tests.domain.making import items, matching, multiple, ordering, single, situational

ALL, SHARE = Credit.ALL, Credit.SHARE


@pytest.mark.parametrize(
    ("answer", "points", "why"),
    [
        ("b", 4, "the right one"),
        ("a", 0, "a wrong one"),
        ("", 0, "nothing chosen"),
        ("ab", 0, "two ticked where one is asked for"),
        ("z", 0, "an option the item does not have"),
    ],
)
def test_a_single_choice_earns_four_points_or_none(answer, points, why):
    assert score(single("b"), tuple(answer)) == points, why


@pytest.mark.parametrize(
    ("right", "answer", "share", "whole", "why"),
    [
        ("ab", "ab", 4, 4, "every right one and nothing else"),
        ("ab", "ba", 4, 4, "the order of ticks says nothing"),
        ("ab", "a", 2, 0, "half of the right ones"),
        ("ab", "abc", 2, 0, "a wrong tick takes a right one away"),
        ("ab", "acd", 0, 0, "never below zero"),
        ("ab", "abcde", 0, 0, "ticking everything earns nothing here"),
        ("ab", "", 0, 0, "nothing chosen"),
        ("abc", "a", 1, 0, "4 x 1/3, rounded down"),
        ("abc", "ab", 2, 0, "4 x 2/3, rounded down"),
        ("abcd", "abcd", 4, 4, "all of four"),
        ("abcd", "abcde", 3, 0, "4 x (4 - 1)/4"),
        ("abcde", "abcde", 4, 4, "an item may have no wrong option"),
        ("ab", "aab", 4, 4, "the same tick twice is one tick"),
        ("ab", "abz", 2, 0, "an option that does not exist is a wrong one"),
    ],
)
def test_ticks_earn_right_less_wrong_as_a_share_of_the_right_ones(right, answer, share, whole, why):
    assert score(multiple(right, credit=SHARE), tuple(answer)) == share, why
    assert score(multiple(right, credit=ALL), tuple(answer)) == whole, why


@pytest.mark.parametrize(
    ("answer", "share", "whole", "why"),
    [
        ("abcde", 4, 4, "the author's order"),
        ("bcdea", 3, 0, "one moved to the end keeps three of four neighbours"),
        ("abced", 2, 0, "the last two swapped keep ab and bc"),
        ("edcba", 0, 0, "backwards: no neighbour stands the right way round"),
        ("deabc", 3, 0, "two blocks in the wrong order keep three neighbours"),
        ("abcd", 0, 0, "one left out"),
        ("", 0, 0, "nothing sent"),
        ("abcdz", 0, 0, "one the item does not have"),
        ("abcdeabcde", 0, 0, "the right order twice is not an order"),
        ("ababcde", 0, 0, "a repeat cannot add neighbours"),
    ],
)
def test_an_order_earns_its_right_neighbours(answer, share, whole, why):
    assert score(ordering("abcde", SHARE), tuple(answer)) == share, why
    assert score(ordering("abcde", ALL), tuple(answer)) == whole, why


@pytest.mark.parametrize(
    ("answer", "share", "whole", "why"),
    [
        (("a", "b", "c"), 4, 4, "every pair"),
        (("a", "c", "b"), 1, 0, "4 x 1/3, rounded down"),
        (("a", "b", "d"), 2, 0, "4 x 2/3, rounded down; d is the spare option"),
        (("a", "", "c"), 2, 0, "one left open"),
        (("", "", ""), 0, 0, "nothing matched"),
        ((), 0, 0, "nothing sent"),
        (("a", "a", "a"), 1, 0, "one option for every prompt is right once"),
        (("b", "c", "a"), 0, 0, "every pair wrong"),
        (("a", "b", "c", "d"), 4, 4, "a place beyond the prompts is not read"),
    ],
)
def test_matching_earns_its_right_pairs(answer, share, whole, why):
    assert score(matching("abc", credit=SHARE), answer) == share, why
    assert score(matching("abc", credit=ALL), answer) == whole, why


@pytest.mark.parametrize(
    ("answer", "points", "why"),
    [
        ("a", 4, "the best"),
        ("b", 2, "acceptable"),
        ("c", 0, "harmful"),
        ("", 0, "nothing chosen"),
        ("ab", 0, "the best and another: one was asked for"),
        ("z", 0, "an option the item does not have"),
    ],
)
def test_a_situation_earns_what_the_chosen_act_is_worth(answer, points, why):
    assert score(situational(4, 2, 0), tuple(answer)) == points, why


@pytest.mark.parametrize(
    ("item", "best"),
    [
        (single("b"), ("b",)),
        (multiple("bd"), ("b", "d")),
        (ordering("cab"), ("c", "a", "b")),
        (matching("cab"), ("c", "a", "b")),
        (situational(0, 4, 3), ("b",)),
    ],
)
def test_the_key_is_the_best_answer_in_the_authors_order(item: Item, best):
    assert key(item) == best


@given(items())
def test_answering_the_key_gives_the_best_mark(item):
    assert score(item, key(item)) == POINTS
    assert is_answered(item, key(item))


@given(items(), st.lists(st.sampled_from(["a", "b", "c", "d", "e", "z", ""]), max_size=12))
def test_no_answer_however_odd_scores_outside_nought_to_four(item, answer):
    assert score(item, tuple(answer)) in range(POINTS + 1)


@given(items())
def test_no_answer_earns_nothing(item):
    assert score(item, ()) == 0
    assert not is_answered(item, ())


@given(items().filter(lambda item: item.type is not ItemType.SITUATIONAL), st.data())
def test_full_marks_are_for_the_key_alone(item, data):
    letters = [o.id for o in item.options]
    answer = tuple(data.draw(st.lists(st.sampled_from(letters), unique=True)))
    same = set(answer) == set(key(item)) if item.type is ItemType.MULTIPLE else answer == key(item)
    if item.type is ItemType.MATCHING:
        same = answer[: len(item.prompts)] == key(item)
    assert (score(item, answer) == POINTS) is same


@pytest.mark.parametrize(
    ("item", "answer", "answered", "why"),
    [
        (single(), ("a",), True, "one chosen"),
        (multiple("ab"), ("e",), True, "one ticked is an answer, right or not"),
        (ordering(), ("a", "b", "c", "d"), True, "an order"),
        (matching("abc"), ("a", "b", "d"), True, "every prompt has one"),
        (matching("abc"), ("a", "", "c"), False, "one prompt is open"),
        (matching("abc"), ("a", "b"), False, "too short"),
    ],
)
def test_an_item_counts_as_answered_when_nothing_more_is_needed(item, answer, answered, why):
    assert is_answered(item, answer) is answered, why


def test_an_option_is_found_by_its_id_or_not_at_all():
    assert single().option("b") == single().options[1]
    assert single().option("z") is None


def test_a_bank_hands_out_an_item_by_id_and_refuses_an_unknown_one():
    bank = Bank("crisis", "crisis", (single(), ordering()))
    assert bank.item("order") == ordering()
    with pytest.raises(KeyError, match="nowhere"):
        bank.item("nowhere")
