"""Breaks, the minutes that count, and the code that changes."""

from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lms.domain.attendance import (
    Door,
    Verdict,
    check_breaks,
    check_times,
    code,
    counted_minutes,
    door,
    judge,
    read_breaks,
    seconds_left,
)
from tests.domain.making import HOUR, MINUTE, NOON, SECOND, at

KEY = b"a key of the school"
HELD = (at("09:00"), at("12:00"))

COUNTED = [
    ("09:00", "12:00", 0, (), 180),
    ("09:00", "12:00", 30, (), 150),  # only the length is known: in proportion
    ("09:00", "10:30", 30, (), 75),
    ("09:00", "12:00", 15, ((90, 105),), 165),  # the break is known: exactly it
    ("09:00", "10:30", 15, ((90, 105),), 90),  # left as the break began: all of it counts
    ("09:00", "10:40", 15, ((90, 105),), 90),  # left during the break
    ("10:45", "12:00", 15, ((90, 105),), 75),
    ("10:35", "10:40", 15, ((90, 105),), 0),  # came for the break only
    ("08:00", "13:00", 30, ((60, 75), (120, 135)), 150),
    ("12:00", "13:00", 15, ((90, 105),), 0),  # came when it was over
]


@pytest.mark.parametrize(("came", "went", "off", "breaks", "minutes"), COUNTED)
def test_only_time_inside_the_meeting_and_outside_its_breaks_counts(
    came, went, off, breaks, minutes
):
    assert counted_minutes(HELD, (at(came), at(went)), off, breaks) == minutes


minutes = st.integers(-60, 300)


@given(minutes, minutes, st.integers(0, 170), st.integers(1, 10))
def test_staying_longer_never_counts_less_and_never_more_than_all(came, stayed, begin, length):
    breaks = ((begin, begin + length),)
    there = NOON + came * MINUTE, NOON + (came + stayed) * MINUTE
    longer = there[0], there[1] + MINUTE
    held = NOON, NOON + 3 * HOUR
    less = counted_minutes(held, there, length, breaks)
    assert 0 <= less <= counted_minutes(held, longer, length, breaks) <= 180 - length


IMPOSSIBLE = [
    ((at("09:00"), at("09:00")), 0, "after the start"),
    ((at("09:00"), at("08:00")), 0, "after the start"),
    ((at("00:00"), at("12:01")), 0, "12 hours"),
    ((at("09:00"), at("10:00")), 60, "as long as the meeting"),
]


@pytest.mark.parametrize(("held", "off", "said"), IMPOSSIBLE)
def test_a_meeting_that_cannot_be_is_refused(held, off, said):
    with pytest.raises(ValueError, match=said):
        check_times(held, off)


def test_twelve_hours_are_just_possible():
    check_times((at("00:00"), at("12:00")), 719)


@pytest.mark.parametrize(
    ("breaks", "said"),
    [
        ([(30, 30)], "end after it begins"),
        ([(-5, 10)], "outside"),
        ([(170, 190)], "outside"),
        ([(60, 90), (80, 100)], "over one another"),
    ],
)
def test_breaks_that_cannot_be_are_refused(breaks, said):
    with pytest.raises(ValueError, match=said):
        check_breaks(180, breaks)


def test_breaks_in_any_order_that_touch_are_fine():
    check_breaks(180, [(90, 105), (60, 90)])


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", 0),
        (" 15 ", 15),
        ("10:30-10:45", [("10:30", "10:45")]),
        ("9:30 \u2013 9:45; 11:00-11:10", [("09:30", "09:45"), ("11:00", "11:10")]),
    ],
)
def test_breaks_are_typed_as_minutes_or_as_times(typed, read):
    assert read_breaks(typed) == read


@pytest.mark.parametrize("typed", ["at ten", "10:30", "1000", "-5", "10:30-10:45,", "٣"])
def test_breaks_that_nobody_can_read_are_refused(typed):
    with pytest.raises(ValueError, match="such as 10:30-10:45"):
        read_breaks(typed)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("08:44:59", Door.BEFORE),
        ("08:45:00", Door.OPEN),
        ("12:15:00", Door.OPEN),
        ("12:15:01", Door.AFTER),
    ],
)
def test_the_door_opens_a_quarter_before_and_closes_a_quarter_after(now, state):
    assert door(HELD, at(now)) is state


moments = st.datetimes(timezones=st.just(NOON.tzinfo), min_value=NOON.replace(tzinfo=None))


@given(moments)
def test_a_code_is_good_for_its_minute_and_the_next(now):
    shown = code(KEY, "m1", now)
    assert len(shown) == 6
    assert shown.isdecimal()
    start_of_minute = now - timedelta(seconds=60 - seconds_left(now), microseconds=now.microsecond)
    assert judge(KEY, "m1", now, f" {shown[:3]} {shown[3:]}\n") is Verdict.RIGHT
    assert judge(KEY, "m1", start_of_minute + 119 * SECOND, shown) is Verdict.RIGHT
    after = start_of_minute + 120 * SECOND
    assume(shown not in (code(KEY, "m1", after), code(KEY, "m1", after - MINUTE)))
    assert judge(KEY, "m1", after, shown) is Verdict.OLD


def test_a_code_of_another_meeting_school_or_time_is_wrong():
    shown = code(KEY, "m1", NOON)
    assert judge(KEY, "m2", NOON, shown) is Verdict.WRONG
    assert judge(b"another key", "m1", NOON, shown) is Verdict.WRONG
    assert judge(KEY, "m1", NOON - MINUTE, shown) is Verdict.WRONG
    assert judge(KEY, "m1", NOON + HOUR, shown) is Verdict.WRONG


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "-12345"])
def test_what_is_no_code_is_wrong(typed):
    assert judge(KEY, "m1", NOON, typed) is Verdict.WRONG


def test_codes_of_an_hour_differ():
    shown = {code(KEY, "m1", NOON + n * MINUTE) for n in range(60)}
    assert len(shown) >= 59
