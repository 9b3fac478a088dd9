"""Times of day on the nights when the clocks jump, and on either side of midnight."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.clocks import CameTwice, NeverWas, has_second_hour, moment, near

ZONE = ZoneInfo("America/New_York")
SPRING, AUTUMN, PLAIN = date(2026, 3, 8), date(2026, 11, 1), date(2026, 6, 1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


MOMENTS = [
    (PLAIN, "09:00", None, "2026-06-01T13:00"),
    (SPRING, "01:59", None, "2026-03-08T06:59"),
    (SPRING, "03:00", None, "2026-03-08T07:00"),
    (AUTUMN, "00:59", None, "2026-11-01T04:59"),
    (AUTUMN, "01:30", False, "2026-11-01T05:30"),
    (AUTUMN, "01:30", True, "2026-11-01T06:30"),
    (AUTUMN, "02:00", None, "2026-11-01T07:00"),
    (PLAIN, "09:00", True, "2026-06-01T13:00"),  # a choice that nobody needed changes nothing
]


@pytest.mark.parametrize(("day", "clock", "second", "found"), MOMENTS)
def test_a_time_of_day_is_one_moment(day, clock, second, found):
    assert moment(day, time.fromisoformat(clock), ZONE, second) == utc(found)


def test_a_time_the_clocks_jumped_over_is_refused():
    with pytest.raises(NeverWas, match="went forward over 02:30"):
        moment(SPRING, time(2, 30), ZONE)


def test_a_time_that_came_twice_asks_which_one():
    with pytest.raises(CameTwice, match="01:30 came twice"):
        moment(AUTUMN, time(1, 30), ZONE)


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.times(), st.booleans())
def test_every_moment_shows_the_time_that_was_typed_and_exists(day, clock, second):
    try:
        found = moment(day, clock, ZONE, second)
    except NeverWas:
        return
    assert found.tzinfo is UTC
    assert found.astimezone(ZONE).replace(tzinfo=None, fold=0) == datetime.combine(day, clock)


NIGHT = (utc("2026-06-02T02:00"), utc("2026-06-02T06:00"))  # 22:00 to 02:00 in New York
MORNING = (utc("2026-06-01T13:00"), utc("2026-06-01T16:00"))  # 09:00 to 12:00
NEAR = [
    (MORNING, "09:30", "2026-06-01T13:30"),
    (MORNING, "08:00", "2026-06-01T12:00"),
    (MORNING, "23:00", "2026-06-02T03:00"),
    (NIGHT, "22:10", "2026-06-02T02:10"),
    (NIGHT, "21:50", "2026-06-02T01:50"),
    (NIGHT, "00:30", "2026-06-02T04:30"),
    (NIGHT, "02:05", "2026-06-02T06:05"),
]


@pytest.mark.parametrize(("held", "clock", "found"), NEAR)
def test_a_time_at_a_meeting_is_the_one_nearest_to_it(held, clock, found):
    assert near(held, time.fromisoformat(clock), ZONE) == utc(found)


def test_a_time_missing_on_one_of_two_days_is_taken_from_the_other():
    held = (utc("2026-03-08T03:00"), utc("2026-03-08T08:00"))  # 22:00 to 04:00, the 8th jumps
    assert near(held, time(2, 30), ZONE) == utc("2026-03-07T07:30")


def test_a_time_that_no_day_of_the_meeting_has_is_refused():
    with pytest.raises(NeverWas):
        near((utc("2026-03-08T06:00"), utc("2026-03-08T08:00")), time(2, 30), ZONE)


@pytest.mark.parametrize(
    ("start", "end", "asks"),
    [
        ("2026-11-01T04:30", "2026-11-01T08:30", True),
        ("2026-11-01T01:00", "2026-11-01T05:30", True),  # begins the evening before
        ("2026-11-03T01:00", "2026-11-03T05:30", False),
        ("2026-03-08T05:30", "2026-03-08T08:30", False),
        ("2026-06-01T13:00", "2026-06-01T16:00", False),
    ],
)
def test_only_a_night_that_goes_back_asks_which_hour_is_meant(start, end, asks):
    assert has_second_hour((utc(start), utc(end)), ZONE) is asks


def test_a_day_is_as_long_as_the_clocks_say():
    assert moment(AUTUMN, time(3), ZONE) - moment(AUTUMN, time(0), ZONE) == timedelta(hours=4)
    assert moment(SPRING, time(3), ZONE) - moment(SPRING, time(0), ZONE) == timedelta(hours=2)
