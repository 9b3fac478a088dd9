"""Writing hours down: placed as the clocks went, split by topic, refused with a sentence."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.hours import Modality
from lms.domain.logging_hours import WAYS, Kind, Refused, Typed, length, log, moment, split_by_hand

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
"""One in the afternoon in New York."""
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)
"""The Sundays on which New York's clocks go forward and back at two in the morning."""


def typed(starts="09:00", ends="11:00", minutes=None, day=date(2026, 11, 2), **more) -> Typed:
    clock = [time.fromisoformat(t) if t else None for t in (starts, ends)]
    parts = more.pop("parts", (("ethics", None),))
    return Typed(Kind.WORK, day, *clock, minutes, parts, **more)


def refusal(what: Typed, now: datetime = NOW) -> tuple[str, str]:
    with pytest.raises(Refused) as stop:
        log(what, now, NEW_YORK)
    (one,) = stop.value.refusals
    assert str(one.sentence) == str(stop.value)
    return one.field, str(one.sentence)


@pytest.mark.parametrize(
    ("what", "minutes", "why"),
    [
        (typed(), 120, "from start to end"),
        (typed(minutes=90), 90, "less breaks"),
        (typed(ends=None, minutes=90), 90, "a start and minutes"),
        (typed("22:00", "06:00"), 480, "a night"),
        (typed("22:00", "06:00", day=SPRING - timedelta(days=1)), 420, "clocks went forward"),
        (typed("22:00", "06:00", day=AUTUMN - timedelta(days=1)), 540, "clocks went back"),
        (typed("00:30", "23:30", day=AUTUMN), 24 * 60, "the longest stretch there is"),
        (typed("01:30", "03:30", day=SPRING), 60, "half past one to half past three"),
        (typed("00:30", "03:00", day=AUTUMN), 210, "with the hour that came twice"),
        (typed(day=date(2026, 11, 20), ends="13:00"), 240, "until this very minute"),
    ],
)
def test_time_is_counted_as_it_passed_and_not_as_the_clock_on_the_wall_says(what, minutes, why):
    found = log(what, NOW, NEW_YORK)
    assert found.minutes == minutes, why
    assert found.topics == {"ethics": minutes}
    if what.minutes is None:
        assert length(found.starts_at, found.ends_at) == minutes


@pytest.mark.parametrize(
    ("what", "field", "words"),
    [
        (typed(minutes=0), "minutes", "Enter 1 minute or more"),
        (typed(minutes=-30), "minutes", "To take hours back, open their line"),
        (typed(ends=None, minutes=-30), "minutes", "Enter 1 minute or more"),
        (typed(minutes=121), "minutes", "120 minutes passed, so 121 cannot count"),
        (typed(ends=None), "ends", "or how many minutes it took"),
        (typed(ends=None, minutes=1441), "minutes", "at most 24 hours"),
        (typed("00:30", "23:31", day=AUTUMN), "ends", "1441 minutes passed. One line holds"),
        (typed(ends="09:00"), "ends", "Start and end are the same"),
        (typed(starts=None), "starts", "Enter when it started"),
        (typed(day=date(2026, 11, 21)), "day", "This day has not come yet"),
        (typed(day=date(9999, 12, 31)), "day", "This day has not come yet"),
        (typed(day=date(1, 1, 1)), "day", "Check the year"),
        (typed(day=date(2026, 11, 20), ends="13:01"), "ends", "This ends after now"),
        (typed(day=date(2026, 11, 20), ends="01:00"), "ends", "This ends after now"),
        (typed("12:00", None, 61, date(2026, 11, 20)), "minutes", "This ends after now"),
        (typed("02:30", "04:00", day=SPRING), "starts", "clocks went forward over 02:30"),
        (typed("01:00", "02:30", day=SPRING), "ends", "clocks went forward over 02:30"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(what, field, words):
    found = refusal(what)
    assert found[0] == field
    assert words in found[1]


def elsewhere(**more) -> Typed:
    told = {"day": date(2026, 11, 2), "minutes": 360, "parts": (("ethics", None),)} | more
    return Typed(Kind.ELSEWHERE, **told)


def test_training_from_elsewhere_lies_on_days():
    found = log(elsewhere(last_day=date(2026, 11, 3)), NOW, NEW_YORK)
    assert found.starts_at == datetime(2026, 11, 2, 17, tzinfo=UTC)
    assert found.ends_at == datetime(2026, 11, 3, 17, tzinfo=UTC)
    assert found.minutes == 360
    today = log(elsewhere(day=date(2026, 11, 20)), NOW.replace(hour=12), NEW_YORK)
    assert today.starts_at == today.ends_at


@pytest.mark.parametrize(
    ("what", "field", "words"),
    [
        (elsewhere(minutes=None), "minutes", "as its certificate says"),
        (elsewhere(minutes=0), "minutes", "Enter 1 minute or more"),
        (elsewhere(minutes=1441), "minutes", "more than 24 hours a day"),
        (elsewhere(minutes=2881, last_day=date(2026, 11, 3)), "minutes", "more than 24 hours"),
        (elsewhere(last_day=date(2026, 11, 1)), "last_day", "before the first"),
        (elsewhere(last_day=date(2026, 11, 21)), "last_day", "has not come yet"),
    ],
)
def test_training_from_elsewhere_is_refused_with_a_sentence(what, field, words):
    found = refusal(what)
    assert found[0] == field
    assert words in found[1]


@pytest.mark.parametrize(
    ("parts", "topics"),
    [
        ([("a", None)], {"a": 120}),
        ([("a", 120)], {"a": 120}),
        ([("a", 50), ("b", 70)], {"a": 50, "b": 70}),
        ([("a", 50), ("b", None)], {"a": 50, "b": 70}),
        ([("a", None), ("b", 119)], {"a": 1, "b": 119}),
    ],
)
def test_topics_share_the_minutes(parts, topics):
    assert split_by_hand(120, parts) == topics


@pytest.mark.parametrize(
    ("parts", "field", "words"),
    [
        ([], "topic_1", "Choose what it was mostly about"),
        ([("a", 60), ("a", 60)], "topic_1", "twice"),
        ([("a", None), ("b", None)], "minutes_1", "Only one topic"),
        ([("a", 60), ("b", 59)], "minutes_1", "add up to 119 minutes, but 120 count"),
        ([("a", 121)], "minutes_1", "add up to 121"),
        ([("a", 120), ("b", None)], "minutes_1", "add up to 120"),
        ([("a", 121), ("b", None)], "minutes_1", "add up to 121"),
        ([("a", 60), ("b", 0), ("c", 60)], "minutes_2", "1 minute or more"),
        ([("a", -60), ("b", 180)], "minutes_1", "1 minute or more"),
    ],
)
def test_a_split_that_does_not_add_up_is_refused(parts, field, words):
    with pytest.raises(Refused, match=words) as stop:
        split_by_hand(120, parts)
    assert stop.value.refusals[0].field == field


clocks = st.times().map(lambda t: t.replace(second=0, microsecond=0))
days = st.dates(date(2020, 1, 1), date(2026, 11, 18))


@given(days, clocks, clocks)
def test_a_stretch_is_never_negative_and_never_an_hour_too_long(day, starts, ends):
    try:
        found = log(replace(typed(day=day), starts=starts, ends=ends), NOW, NEW_YORK)
    except Refused:
        return
    on_the_wall = (ends.hour * 60 + ends.minute - starts.hour * 60 - starts.minute) % 1440
    assert found.minutes - on_the_wall in (-60, 0, 60)
    assert 0 < found.minutes == length(found.starts_at, found.ends_at) <= 1440
    assert sum(found.topics.values()) == found.minutes


@given(days, clocks)
def test_a_moment_shows_the_clock_that_was_typed(day, clock):
    try:
        found = moment(day, clock, NEW_YORK)
    except Refused:
        assert clock.hour == 2
        assert day.month == 3
        return
    assert found.astimezone(NEW_YORK).replace(tzinfo=None) == datetime.combine(day, clock)
    assert found.tzinfo is UTC


def test_there_is_a_way_for_every_kind():
    assert set(WAYS) == set(Kind)
    assert {way for ways in WAYS.values() for way in ways} == set(Modality)
