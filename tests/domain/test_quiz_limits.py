"""The clock and the attempt limit of a quiz."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.quiz import (
    GRACE,
    UNTIMED,
    Earlier,
    Entry,
    Quiz,
    Refusal,
    allowed,
    deadline,
    is_over,
    may_start,
)
from tests.domain.making import HOUR, MINUTE, NOON, SECOND


@pytest.mark.parametrize(
    ("minutes", "factor", "after", "why"),
    [
        (30, 100, 30 * MINUTE, "the usual time"),
        (30, 150, 45 * MINUTE, "half as long again"),
        (30, 200, 60 * MINUTE, "twice the time"),
        (7, 133, 558 * SECOND + timedelta(milliseconds=600), "to the tenth of a second"),
        (1, 125, 75 * SECOND, "a quarter more of a minute"),
        (30, UNTIMED, None, "an accommodation that lifts every limit"),
        (None, 100, None, "a quiz without a limit"),
        (None, 150, None, "more time of no limit is no limit"),
    ],
)
def test_an_attempt_ends_after_its_minutes_times_the_persons_factor(minutes, factor, after, why):
    assert allowed(minutes, factor) == after, why
    assert deadline(NOON, minutes, factor) == (after and NOON + after), why


@given(st.integers(1, 600), st.integers(100, 400), st.integers(1, 100))
def test_a_wider_accommodation_never_shortens_a_running_attempt(minutes, factor, more):
    assert deadline(NOON, minutes, factor) < deadline(NOON, minutes, factor + more)


@pytest.mark.parametrize(
    ("late", "over", "why"),
    [
        (-SECOND, False, "a second early"),
        (0 * SECOND, False, "on the second"),
        (SECOND, False, "late, in the grace for slow lines"),
        (GRACE, False, "the last moment of grace"),
        (GRACE + timedelta(microseconds=1), True, "just past it"),
        (GRACE + SECOND, True, "a second past it"),
    ],
)
def test_a_save_counts_until_the_grace_has_passed(late, over, why):
    assert is_over(NOON, NOON + late) is over, why


def test_the_grace_is_half_a_minute_as_the_page_promises():
    assert timedelta(seconds=30) == GRACE


def test_an_attempt_without_a_deadline_is_never_over():
    assert not is_over(None, NOON + timedelta(days=3650))


def quiz(attempts: int | None, wait_hours: int = 0) -> Quiz:
    return Quiz("q", "Quiz", 80, "m", attempts=attempts, wait_hours=wait_hours)


def failed(hours_ago: int) -> Earlier:
    return Earlier(NOON - hours_ago * HOUR, passed=False)


PASSED = Earlier(NOON - 48 * HOUR, passed=True)


@pytest.mark.parametrize(
    ("limits", "earlier", "entry", "why"),
    [
        (quiz(3), [], Entry(None, 3), "the first of three"),
        (quiz(None), [], Entry(None, None), "no limit"),
        (quiz(None), [failed(0)] * 40, Entry(None, None), "no limit after forty tries"),
        (quiz(3), [failed(9), failed(1)], Entry(None, 1), "the last of three"),
        (quiz(2), [failed(9), failed(1)], Entry(Refusal.NONE_LEFT, 0), "both used"),
        (quiz(2), [failed(9)] * 5, Entry(Refusal.NONE_LEFT, 0), "never fewer than none left"),
        (quiz(3), [PASSED], Entry(Refusal.PASSED, 2), "a pass needs no second one"),
        (quiz(1), [PASSED], Entry(Refusal.PASSED, 0), "passed is said before none left"),
        (quiz(None), [PASSED, failed(1)], Entry(Refusal.PASSED, None), "a pass stays a pass"),
        (quiz(3, 12), [], Entry(None, 3), "nothing to wait for"),
        (quiz(3, 12), [failed(12)], Entry(None, 2), "open on the very second"),
        (quiz(3, 12), [failed(11)], Entry(Refusal.WAIT, 2, NOON + HOUR), "an hour to wait"),
        (
            quiz(3, 12),
            [failed(1), failed(40)],
            Entry(Refusal.WAIT, 1, NOON + 11 * HOUR),
            "the latest attempt sets the wait, in whatever order they come",
        ),
        (quiz(1, 12), [failed(1)], Entry(Refusal.NONE_LEFT, 0), "no use in waiting"),
    ],
)
def test_an_attempt_may_start_or_is_refused_with_a_reason(limits, earlier, entry, why):
    assert may_start(limits, earlier, NOON) == entry, why


@pytest.mark.parametrize(
    ("limits", "earlier", "hours_ago", "entry", "why"),
    [
        (quiz(1), [failed(9)], [3], Entry(None, 1), "one used, one given"),
        (quiz(1), [failed(9), failed(2)], [3], Entry(Refusal.NONE_LEFT, 0), "given and used"),
        (quiz(1), [failed(9), failed(2)], [3, 1], Entry(None, 1), "given twice"),
        (quiz(3, 12), [failed(1)], [1], Entry(None, 3), "the wait ends when it is given"),
        (
            quiz(3, 12),
            [failed(9), failed(1)],
            [5],
            Entry(Refusal.WAIT, 2, NOON + 11 * HOUR),
            "a go given before the last attempt ended does not end the wait after it",
        ),
        (quiz(None, 12), [failed(1)], [0], Entry(None, None), "no limit, and no wait"),
        (quiz(1), [PASSED], [0], Entry(Refusal.PASSED, 1), "a pass needs no second one"),
    ],
)
def test_a_go_given_by_a_coordinator_opens_the_quiz_at_once(limits, earlier, hours_ago, entry, why):
    assert may_start(limits, earlier, NOON, [NOON - h * HOUR for h in hours_ago]) == entry, why


@given(st.lists(st.integers(0, 100).map(failed), max_size=5), st.integers(0, 72))
def test_waiting_until_the_named_moment_opens_the_quiz(earlier, wait_hours):
    entry = may_start(quiz(9, wait_hours), earlier, NOON)
    if entry.refusal is Refusal.WAIT:
        assert may_start(quiz(9, wait_hours), earlier, entry.opens_at - SECOND).refusal
        entry = may_start(quiz(9, wait_hours), earlier, entry.opens_at)
    assert entry == Entry(None, 9 - len(earlier))
