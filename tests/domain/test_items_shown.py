"""What the browser gets of an item, and what it may send back."""

from collections import Counter
from dataclasses import fields
from math import factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.items import Choice, Item, ItemType, Option, Question, ask, chosen, shuffled, tokens
from tests.domain.making import items, matching, multiple, ordering, seeds, single

SEEDS = [f"seed-{n}" for n in range(10_000)]


def words(thing: object) -> list[str]:
    """Every string inside a question, at any depth."""
    if isinstance(thing, str):
        return [thing]
    if isinstance(thing, tuple):
        return [word for part in thing for word in words(part)]
    return [word for field in fields(thing) for word in words(getattr(thing, field.name))]


@given(items(), seeds)
def test_a_question_holds_its_words_and_page_numbers_and_nothing_else(item, seed):
    numbers = [str(n) for n in range(1, len(item.options) + 1)]
    texts = [o.text for o in item.options] + [p.text for p in item.prompts]
    places = numbers + [str(n) for n in range(1, len(item.prompts) + 1)]
    assert sorted(words(ask(item, seed))) == sorted([item.type, item.stem, *texts, *places])


def test_a_question_has_no_place_for_a_key_a_reason_or_an_id():
    assert [f.name for f in fields(Question)] == ["type", "stem", "choices", "prompts"]
    assert [f.name for f in fields(Choice)] == ["token", "text"]


@given(seeds)
def test_secret_words_of_an_item_never_reach_its_question(seed):
    options = tuple(
        Option(f"id-{i}", f"text {i}", f"SECRET reason {i}", correct=i == 1, worth=4, harmful=True)
        for i in range(4)
    )
    item = Item("SECRET", ItemType.SINGLE, ("SECRET",), "SECRET", "Which?", options)
    assert not [w for w in words(ask(item, seed)) if "SECRET" in w or "id-" in w]


@given(items(), seeds)
def test_two_items_that_differ_only_in_their_key_ask_the_same_question(item, seed):
    turned = tuple(
        Option(o.id, o.text, "", not o.correct, 4 - o.worth, not o.harmful) for o in item.options
    )
    other = Item(item.id, item.type, (), "", item.stem, turned, item.prompts)
    assert ask(other, seed) == ask(item, seed)


@given(items(), seeds)
def test_choices_are_numbered_from_one_in_the_order_of_this_attempt(item, seed):
    shown = ask(item, seed).choices
    assert [c.token for c in shown] == [str(n) for n in range(1, len(item.options) + 1)]
    assert [c.text for c in shown] == [o.text for o in shuffled(item, seed)]
    assert set(shuffled(item, seed)) == set(item.options)


@given(items(), seeds, st.data())
def test_what_a_page_sends_back_is_what_it_shows_again(item, seed, data):
    numbers = [c.token for c in ask(item, seed).choices]
    sent = tuple(data.draw(st.lists(st.sampled_from(numbers), unique=True)))
    if item.type is ItemType.MATCHING:
        sent = (*sent, *[""] * len(item.prompts))[: len(item.prompts)]
    assert tokens(item, seed, chosen(item, seed, sent)) == sent


@given(items(), seeds, st.data())
def test_a_stored_answer_survives_the_way_to_the_page_and_back(item, seed, data):
    answer = tuple(data.draw(st.lists(st.sampled_from([o.id for o in item.options]), unique=True)))
    if item.type is ItemType.MATCHING:
        answer = (*answer, *[""] * len(item.prompts))[: len(item.prompts)]
    assert chosen(item, seed, tokens(item, seed, answer)) == answer


@pytest.mark.parametrize(
    ("item", "sent", "left", "why"),
    [
        (
            multiple("ab"),
            ["0", "6", "-1", "one", "", "¹", "\N{FULLWIDTH DIGIT ONE}"],
            (),
            "numbers not on the page",
        ),
        (single(), [], (), "nothing sent"),
        (matching("abc"), [], ("", "", ""), "a place for each prompt"),
        (matching("abc"), ["9", "x"], ("", "", ""), "unknown numbers leave the place open"),
    ],
)
def test_numbers_that_were_not_on_the_page_choose_nothing(item, sent, left, why):
    assert chosen(item, "s", sent) == left, why


def test_a_number_sent_twice_is_one_choice_but_matches_two_prompts():
    first = shuffled(ordering(), "s")[0].id
    assert chosen(ordering(), "s", ["1", "1", "9", "1"]) == (first,)
    spare = shuffled(matching("abc"), "s")[0].id
    assert chosen(matching("abc"), "s", ["1", "1", "1", "1"]) == (spare,) * 3


@given(items(), seeds)
def test_the_order_is_the_same_every_time_the_page_is_opened(item, seed):
    assert shuffled(item, seed) == shuffled(item, seed)


@given(items(), seeds)
def test_the_order_does_not_lean_on_the_order_in_the_file(item, seed):
    backwards = Item(item.id, item.type, (), "", "", item.options[::-1])
    assert [o.id for o in shuffled(backwards, seed)] == [o.id for o in shuffled(item, seed)]


@pytest.mark.parametrize("right", ["a", "b", "c", "d"])
def test_the_right_option_stands_in_every_place_equally_often(right):
    item = single(right, "abcd")
    places = Counter([o.correct for o in shuffled(item, seed)].index(True) for seed in SEEDS)
    assert _chi_square(places, 4) < 21.1, "three degrees of freedom, one in 10,000"


def test_every_order_comes_up_equally_often():
    orders = Counter("".join(o.id for o in shuffled(ordering("abcd"), seed)) for seed in SEEDS)
    assert _chi_square(orders, factorial(4)) < 58.6, "23 degrees of freedom, one in 15,000"


def test_the_place_in_one_item_says_nothing_of_the_place_in_the_next():
    one, two = single("a", "abcd", "one"), single("a", "abcd", "two")
    pairs = Counter(
        ([o.id for o in shuffled(one, s)].index("a"), [o.id for o in shuffled(two, s)].index("a"))
        for s in SEEDS
    )
    assert _chi_square(pairs, 16) < 44.3, "15 degrees of freedom, one in 10,000"


def _chi_square(seen: Counter, kinds: int) -> float:
    expected = len(SEEDS) / kinds
    rare = (kinds - len(seen)) * expected
    return rare + sum((count - expected) ** 2 / expected for count in seen.values())
