"""One rater's sheet: what is missing before it can be signed, and what it says by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.rubric import LEVELS, Fault, Rating, Verdict, faults, judge
from tests.domain.making import rubric, sheet

THREE = rubric(3)
levels = st.sampled_from(LEVELS)


@pytest.mark.parametrize(
    ("rating", "counted", "why"),
    [
        (Rating(4), 4, "the level given"),
        (Rating(4, ("harm",)), 1, "a red flag outweighs every strength"),
        (Rating(None, ("harm",)), 1, "a red flag is a level by itself"),
        (Rating(), None, "not rated yet"),
    ],
)
def test_any_red_flag_makes_the_level_one(rating, counted, why):
    assert rating.counted == counted, why


@pytest.mark.parametrize(
    ("rating", "found", "why"),
    [
        (Rating(3), [], "competent needs no comment"),
        (Rating(4, turns=(1, 8)), [], "the first and the last turn can be cited"),
        (Rating(2, comment="Ask first."), [], "below competent, with a comment"),
        (Rating(), [Fault.LEVEL], "no level"),
        (Rating(comment="Hm."), [Fault.LEVEL], "a comment is not a level"),
        (Rating(0, comment="?"), [Fault.LEVEL], "no such level"),
        (Rating(5), [Fault.LEVEL], "no such level either"),
        (Rating(2), [Fault.COMMENT], "below competent without a word"),
        (Rating(1, comment=" \n"), [Fault.COMMENT], "spaces are not a comment"),
        (Rating(4, ("harm",)), [Fault.COMMENT], "a red flag counts as level 1, so say why"),
        (Rating(None, ("harm",), comment="Promised."), [], "the flag is the level"),
        (Rating(3, turns=(0,)), [Fault.TURN], "turns are numbered from 1"),
        (Rating(3, turns=(2, 9)), [Fault.TURN], "past the last turn"),
        (Rating(2, turns=(9,)), [Fault.COMMENT, Fault.TURN], "both are told at once"),
    ],
)
def test_a_sheet_says_what_it_lacks_before_it_is_signed(rating, found, why):
    lacking = faults(rubric(1), {"c1": rating}, last_turn=8)
    assert lacking == tuple(("c1", fault) for fault in found), why


def test_criteria_left_out_are_named_in_the_rubrics_order():
    assert faults(THREE, {"c2": Rating(3)}, 8) == (("c1", Fault.LEVEL), ("c3", Fault.LEVEL))


@pytest.mark.parametrize(
    ("pass_percent", "given_levels", "flag", "passed", "why"),
    [
        (75, (3, 3, 3), "", True, "9 of 12 is 75 percent exactly"),
        (76, (3, 3, 3), "", False, "and not 76"),
        (67, (3, 3, 2), "", False, "8 of 12 is 66.67: not 67, whatever rounding would say"),
        (66, (3, 3, 2), "", True, "and more than 66"),
        (50, (2, 4, 4), "", False, "a critical criterion below 3"),
        (50, (3, 2, 2), "", True, "others may be below 3 when the points are enough"),
        (50, (4, 4, 1), "", False, "one level 1 fails whatever the points are"),
        (50, (4, 4, 4), "c3", False, "a red flag fails whatever the levels are"),
        (100, (4, 4, 4), "", True, "everything"),
        (100, (4, 4, 3), "", False, "a point short of everything"),
    ],
)
def test_a_pass_needs_points_safety_and_every_critical_criterion(
    pass_percent, given_levels, flag, passed, why
):
    assert judge(rubric(3, pass_percent), sheet(*given_levels, flag=flag)).passed is passed, why


def test_a_verdict_shows_the_levels_that_counted():
    said = judge(THREE, sheet(4, 4, 4, flag="c2"))
    assert said == Verdict({"c1": 4, "c2": 1, "c3": 4}, 9, 12, flagged=True, passed=False)


@pytest.mark.parametrize("unfinished", [sheet(4, None, 4), sheet(4, 4), {}])
def test_an_unfinished_sheet_is_not_judged(unfinished):
    with pytest.raises(ValueError, match="a criterion has no level"):
        judge(THREE, unfinished)


def test_a_rating_of_something_the_rubric_does_not_have_adds_no_points():
    assert judge(THREE, sheet(3, 3, 3) | {"gone": Rating(4)}).points == 9


@given(st.tuples(levels, levels, levels), st.integers(1, 100))
def test_a_pass_is_what_an_exact_fraction_says(given_levels, pass_percent):
    expected = (
        sum(given_levels) / 12 >= pass_percent / 100 - 1e-12
        and min(given_levels) >= 2
        and given_levels[0] >= 3
    )
    assert judge(rubric(3, pass_percent), sheet(*given_levels)).passed is expected


@given(st.tuples(levels, levels, levels), st.sampled_from(["c1", "c2", "c3"]), st.integers(1, 100))
def test_a_red_flag_never_helps(given_levels, flag, pass_percent):
    flagged = judge(rubric(3, pass_percent), sheet(*given_levels, flag=flag))
    assert flagged.flagged
    assert not flagged.passed
    assert flagged.points <= sum(given_levels)
