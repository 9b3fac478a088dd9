"""Minutes for reading and for being there, and how they split."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.curriculum import Rounding
from lms.domain.hours import mergener, present_minutes, rounded, split
from tests.domain.making import MINUTE, NOON, SECOND, at

difficulties = st.sampled_from([Fraction(n, 2) for n in range(2, 11)])


@pytest.mark.parametrize(
    ("words", "questions", "difficulty", "minutes", "why"),
    [
        (3774, 16, Fraction(5, 2), "61.93589", "AORN's worked sample (domain.md 4.3, S118)"),
        (6000, 10, 3, "58.09", "domain.md 4.3, computed there"),
        (500, 5, 1, "7.3", "a short easy text: domain.md 4.3"),
        (0, 0, 1, "0", "-6.12 is not credited"),
        (1500, 0, 1, "0", "-3.2985 is not credited either"),
    ],
)
def test_the_formula_gives_the_published_minutes(words, questions, difficulty, minutes, why):
    places = Decimal(minutes).as_tuple().exponent
    found = round(mergener(words, questions, difficulty), -places)
    assert found == Fraction(minutes), why


@given(st.integers(0, 200_000), st.integers(0, 500), difficulties)
def test_the_formula_is_exact_to_the_last_decimal(words, questions, difficulty):
    by_hand = Decimal("0.9") * (
        Decimal("-22.3")
        + Decimal("0.00209") * words
        + Decimal("2.78") * questions
        + Decimal("15.5") * difficulty.numerator / difficulty.denominator
    )
    assert mergener(words, questions, difficulty) == max(Fraction(0), Fraction(by_hand))


@given(st.integers(0, 9999), st.integers(0, 99), difficulties)
def test_more_words_questions_or_difficulty_never_give_less(words, questions, difficulty):
    minutes = mergener(words, questions, difficulty)
    assert minutes >= 0
    assert mergener(words + 1, questions, difficulty) >= minutes
    assert mergener(words, questions + 1, difficulty) >= minutes
    assert mergener(words, questions, difficulty + 1) >= minutes


AORN = Fraction("61.93589")


@pytest.mark.parametrize(
    ("minutes", "rounding", "whole", "why"),
    [
        (AORN, Rounding(), 61, "our usual rule: down to the minute"),
        (AORN, Rounding(60, "down"), 60, "AORN: down to the hour (domain.md 4.3)"),
        (AORN, Rounding(15, "nearest"), 60, "BOC: the nearest quarter hour (domain.md 4.3)"),
        (AORN, Rounding(25, "down"), 50, "NASBA: down to half a credit of 50 minutes"),
        (Fraction("67.4"), Rounding(15, "nearest"), 60, "just below the middle"),
        (Fraction("67.5"), Rounding(15, "nearest"), 75, "the middle goes up"),
        (Fraction(82) + Fraction(1, 2), Rounding(15, "nearest"), 90, "up from even and odd alike"),
        (Fraction(59), Rounding(60, "down"), 0, "short of an hour is none"),
        (Fraction(60), Rounding(60, "down"), 60, "an hour is an hour"),
        (Fraction(0), Rounding(15, "nearest"), 0, "nothing"),
    ],
)
def test_rounding_is_the_programs_rule(minutes, rounding, whole, why):
    assert rounded(minutes, rounding) == whole, why


@given(st.fractions(0, 100_000), st.integers(1, 120), st.sampled_from(["down", "nearest"]))
def test_rounding_lands_on_a_multiple_within_one_step(minutes, to_minutes, mode):
    whole = rounded(minutes, Rounding(to_minutes, mode))
    assert whole % to_minutes == 0
    if mode == "down":
        assert 0 <= minutes - whole < to_minutes
    else:
        assert 2 * abs(minutes - whole) <= to_minutes


@pytest.mark.parametrize(
    ("minutes", "shares", "parts", "why"),
    [
        (60, {"ethics": 100}, {"ethics": 60}, "one topic"),
        (61, {"ethics": 80, "crisis": 20}, {"ethics": 49, "crisis": 12}, "48.8 and 12.2"),
        (10, {"a": 34, "b": 33, "c": 33}, {"a": 4, "b": 3, "c": 3}, "the largest remainder wins"),
        (1, {"a": 50, "b": 50}, {"a": 1}, "a tie goes by topic id, and nothing is not printed"),
        (1, {"b": 50, "a": 50}, {"a": 1}, "in whatever order the file names them"),
        (7, {"a": 1, "b": 1, "c": 1}, {"a": 3, "b": 2, "c": 2}, "shares need not be percents"),
        (0, {"a": 60, "b": 40}, {}, "nothing to divide"),
        (60, {"a": 100, "b": 0}, {"a": 60}, "a share of nothing"),
        (-7, {"a": 50, "b": 50}, {"a": -3, "b": -4}, "minutes taken back add up as well"),
    ],
)
def test_minutes_split_by_share_without_losing_one(minutes, shares, parts, why):
    assert split(minutes, shares) == parts, why


shares = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3), st.integers(0, 100), min_size=1, max_size=8
).filter(lambda found: sum(found.values()) > 0)


@given(st.integers(-100_000, 100_000), shares)
def test_the_parts_add_up_exactly_and_none_is_a_minute_off(minutes, found):
    parts, total = split(minutes, found), sum(found.values())
    assert sum(parts.values()) == minutes
    for topic, share in found.items():
        assert abs(parts.get(topic, 0) - Fraction(minutes * share, total)) < 1


@pytest.mark.parametrize("nothing", [{}, {"ethics": 0}])
def test_minutes_of_no_topic_are_refused_rather_than_lost(nothing):
    with pytest.raises(ValueError, match="must add up to 100"):
        split(60, nothing)


@pytest.mark.parametrize(
    ("came", "left", "break_minutes", "minutes", "why"),
    [
        ("09:00", "11:00", 0, 120, "throughout"),
        ("09:00", "11:00", 15, 105, "throughout, less the break"),
        ("08:30", "12:00", 15, 105, "early and late do not add"),
        ("10:00", "11:00", 0, 60, "half of it"),
        ("10:00", "11:00", 20, 50, "half of it, less half the break"),
        ("10:00", "11:00", 15, 53, "part of a minute of break is not taken off"),
        ("09:00", "09:00:59", 0, 0, "not a whole minute"),
        ("09:00", "09:59:59", 0, 59, "whole minutes only"),
        ("11:00", "12:00", 0, 0, "came when it was over"),
        ("07:00", "09:00", 0, 0, "left when it began"),
        ("12:00", "13:00", 15, 0, "never there"),
        ("10:30", "10:00", 0, 0, "left before coming"),
        ("09:00", "11:00", 120, 0, "all of it was a break"),
        ("09:00", "11:00", 500, 0, "a break longer than the session"),
        ("10:00", "11:00", 500, 0, "never below zero"),
    ],
)
def test_presence_counts_inside_the_session_and_without_breaks(
    came, left, break_minutes, minutes, why
):
    held = (at("09:00"), at("11:00"))
    assert present_minutes(held, (at(came), at(left)), break_minutes) == minutes, why


def test_a_session_without_length_gives_nothing():
    assert present_minutes((NOON, NOON), (NOON, NOON + MINUTE), 15) == 0
    assert present_minutes((NOON, NOON + 59 * SECOND), (NOON, NOON + MINUTE)) == 0


@given(st.integers(1, 600), st.integers(-100, 700), st.integers(-100, 700), st.integers(0, 700))
def test_presence_matches_a_count_of_minutes_on_the_clock(length, came, left, break_minutes):
    held = (NOON, NOON + length * MINUTE)
    there = (NOON + came * MINUTE, NOON + left * MINUTE)
    on_the_clock = sum(came <= minute < left for minute in range(length))
    assert present_minutes(held, there) == on_the_clock
    lost = on_the_clock - present_minutes(held, there, break_minutes)
    assert 0 <= lost <= min(break_minutes, on_the_clock)


@given(st.integers(1, 600), st.integers(0, 600), st.integers(0, 600))
def test_staying_longer_never_earns_less(length, stayed, break_minutes):
    held = (NOON, NOON + length * MINUTE)
    earned = [
        present_minutes(held, (NOON, NOON + m * MINUTE), break_minutes)
        for m in (stayed, stayed + 1)
    ]
    assert earned[0] <= earned[1]
