"""One rater, two raters, and the third who settles it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.rubric import LEVELS, Decision, Status, Verdict, apart, decide, judge
from tests.domain.making import rubric, sheet

THREE = rubric(3, 75)
WAITING = (Status.WAITING, None, None, ())
GOOD, WEAK = sheet(3, 3, 3), sheet(3, 3, 2)
HARM = sheet(3, 3, 3, flag="c3")

any_sheet = st.builds(
    sheet,
    *(st.sampled_from(LEVELS) for _ in range(3)),
    flag=st.sampled_from(["", "", "", "c1", "c2", "c3"]),
)


def outcome(decision: Decision) -> tuple[Status, tuple[int, ...] | None, bool | None, tuple]:
    verdict = decision.verdict
    if verdict is None:
        return decision.status, None, None, decision.apart
    return decision.status, tuple(verdict.levels.values()), verdict.passed, decision.apart


@pytest.mark.parametrize(
    ("sheets", "raters", "expected", "why"),
    [
        ([], 1, WAITING, "nobody has signed"),
        ([GOOD], 1, (Status.DECIDED, (3, 3, 3), True, ()), "one rater decides"),
        ([WEAK], 1, (Status.DECIDED, (3, 3, 2), False, ()), "one rater decides, not yet"),
        ([HARM], 1, (Status.DECIDED, (3, 3, 1), False, ()), "one rater's red flag counts"),
        ([GOOD, WEAK], 1, (Status.DECIDED, (3, 3, 3), True, ()), "the first signed, if one asked"),
        ([], 2, WAITING, "nobody has signed"),
        ([GOOD], 2, WAITING, "one of two"),
        ([GOOD, GOOD], 2, (Status.DECIDED, (3, 3, 3), True, ()), "two agree"),
        (
            [sheet(4, 4, 3), sheet(3, 4, 4)],
            2,
            (Status.DECIDED, (3, 4, 3), True, ()),
            "a level apart, both pass: the lower of each",
        ),
        (
            [sheet(2, 3, 3), sheet(3, 3, 2)],
            2,
            (Status.DECIDED, (2, 3, 2), False, ()),
            "a level apart, both say not yet: the lower of each",
        ),
        (
            [sheet(3, 4, 2), sheet(3, 2, 4)],
            2,
            (Status.THIRD, None, None, ("c2", "c3")),
            "two levels apart, though both pass",
        ),
        (
            [sheet(4, 4, 4), sheet(1, 4, 4)],
            2,
            (Status.THIRD, None, None, ("c1",)),
            "three levels apart",
        ),
        ([GOOD, WEAK], 2, (Status.THIRD, None, None, ()), "on either side of the pass mark"),
        (
            [GOOD, HARM],
            2,
            (Status.THIRD, None, None, ("c3",)),
            "a red flag by one, a pass by the other",
        ),
        (
            [sheet(3, 3, 2), sheet(3, 3, 3, flag="c3")],
            2,
            (Status.DECIDED, (3, 3, 1), False, ()),
            "a red flag by one, not yet by both",
        ),
        ([HARM, HARM], 2, (Status.DECIDED, (3, 3, 1), False, ()), "both saw the red flag"),
        (
            [sheet(3, 4, 2), sheet(3, 2, 4), sheet(3, 3, 3)],
            2,
            (Status.DECIDED, (3, 3, 3), True, ("c2", "c3")),
            "the third settles it: the middle of three",
        ),
        ([GOOD, WEAK, GOOD], 2, (Status.DECIDED, (3, 3, 3), True, ()), "the third passes"),
        ([GOOD, WEAK, WEAK], 2, (Status.DECIDED, (3, 3, 2), False, ()), "the third does not"),
        (
            [GOOD, HARM, GOOD],
            2,
            (Status.DECIDED, (3, 3, 3), True, ("c3",)),
            "a red flag by one of three falls away",
        ),
        (
            [GOOD, HARM, HARM],
            2,
            (Status.DECIDED, (3, 3, 1), False, ("c3",)),
            "a red flag by two of three counts",
        ),
        (
            [sheet(4, 4, 4, flag="c2"), sheet(4, 4, 4), sheet(4, 4, 4, flag="c3")],
            2,
            (Status.DECIDED, (4, 4, 4), False, ("c2",)),
            "two saw a red flag, not the same one: no level falls, and no pass",
        ),
    ],
)
def test_signed_sheets_settle_a_role_play(sheets, raters, expected, why):
    assert outcome(decide(THREE, sheets, raters)) == expected, why


def test_what_both_raters_pass_is_passed_though_lower_levels_together_miss_the_mark():
    rules = rubric(7, 70, critical=())
    one, two = sheet(3, 3, 3, 3, 3, 3, 2), sheet(2, 3, 3, 3, 3, 3, 3)
    assert judge(rules, one).passed
    assert judge(rules, two).passed
    together = decide(rules, [one, two], 2)
    assert together.status is Status.DECIDED
    assert (together.verdict.points, together.verdict.passed) == (19, True)


def test_a_decision_keeps_whether_a_red_flag_was_seen():
    seen = {
        "by both": [HARM, HARM],
        "by one, both not yet": [WEAK, HARM],
        "by two of three": [GOOD, HARM, HARM],
    }
    for who, sheets in seen.items():
        assert decide(THREE, sheets, 2).verdict.flagged, who
    assert not decide(THREE, [GOOD, HARM, GOOD], 2).verdict.flagged


@pytest.mark.parametrize(
    ("one", "two", "far"),
    [
        ((3, 3, 3), (3, 3, 3), ()),
        ((3, 3, 3), (4, 2, 3), ()),
        ((3, 3, 4), (4, 1, 2), ("c2", "c3")),
        ((1, 4, 2), (4, 1, 2), ("c1", "c2")),
    ],
)
def test_raters_are_apart_at_two_levels(one, two, far):
    verdicts = [judge(THREE, sheet(*levels)) for levels in (one, two)]
    assert apart(THREE, *verdicts) == apart(THREE, *verdicts[::-1]) == far


@given(any_sheet, any_sheet)
def test_it_does_not_matter_which_of_two_signed_first(one, two):
    assert decide(THREE, [one, two], 2) == decide(THREE, [two, one], 2)


@given(any_sheet, any_sheet)
def test_two_raters_never_give_more_than_either_of_them(one, two):
    decision = decide(THREE, [one, two], 2)
    if decision.status is Status.DECIDED:
        alone = [judge(THREE, s) for s in (one, two)]
        assert all(
            level == min(v.levels[name] for v in alone)
            for name, level in decision.verdict.levels.items()
        )
        assert not decision.verdict.passed or all(v.passed for v in alone)


@given(any_sheet, any_sheet, any_sheet)
def test_a_third_sheet_always_settles_it(one, two, three):
    decision = decide(THREE, [one, two, three], 2)
    assert decision.status is Status.DECIDED
    assert isinstance(decision.verdict, Verdict)


@given(any_sheet, any_sheet, any_sheet)
def test_after_a_third_each_level_is_the_middle_of_three(one, two, three):
    if decide(THREE, [one, two], 2).status is Status.THIRD:
        settled = decide(THREE, [one, two, three], 2).verdict
        alone = [judge(THREE, s) for s in (one, two, three)]
        for name, level in settled.levels.items():
            assert level == sorted(v.levels[name] for v in alone)[1]
        assert settled.flagged is (sum(v.flagged for v in alone) >= 2)


@given(any_sheet, any_sheet, any_sheet)
def test_nobody_whom_all_raters_held_back_is_passed_by_arithmetic_after_two(one, two, three):
    alone = [judge(THREE, s).passed for s in (one, two)]
    if not any(alone):
        decision = decide(THREE, [one, two], 2)
        assert decision.verdict is None or not decision.verdict.passed
