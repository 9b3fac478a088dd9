"""A row of old hours: placed, split and told apart, or refused with the column that mends it."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.hours import Modality
from lms.domain.logging_hours import Kind, Refused
from lms.domain.past_hours import read

TOPICS = {"ethics": "ethics", "ethics and scope of practice": "ethics", "crisis": "crisis"}
HELD = {
    "day": "2025-11-04",
    "starts": "18:00",
    "minutes": "120",
    "way": "live in person",
    "topics": "ethics",
    "title": "Evening 3",
    "evidence": "Sign-in sheet, binder 2",
}
ELSEWHERE = HELD | {"starts": "", "provider": "River College", "way": "self-paced"}


def test_without_a_provider_it_was_a_meeting_of_ours_and_with_one_it_is_from_elsewhere():
    past = read(HELD, TOPICS)
    assert (past.kind, past.typed.starts, past.typed.minutes) == (Kind.HELD, time(18), 120)
    assert past.account.modality is Modality.LIVE_IN_PERSON
    past = read(ELSEWHERE | {"last_day": "2025-11-06"}, TOPICS)
    assert (past.kind, past.account.provider) == (Kind.ELSEWHERE, "River College")
    assert (past.typed.day, past.typed.last_day) == (date(2025, 11, 4), date(2025, 11, 6))


@pytest.mark.parametrize(
    ("way", "more", "kind"),
    [
        ("work", {"pay": "Paid", "evidence": ""}, Kind.WORK),
        ("Supervision_individual", {"evidence": ""}, Kind.SUPERVISION),
        ("group supervision", {}, Kind.SUPERVISION),
        ("observation", {}, Kind.SUPERVISION),
        ("in-service", {"provider": "River House"}, Kind.IN_SERVICE),
        ("Live  Online", {}, Kind.HELD),
        ("classroom", {"provider": "River College"}, Kind.ELSEWHERE),
    ],
)
def test_the_way_says_what_kind_of_time_it_was(way, more, kind):
    assert read(HELD | {"way": way} | more, TOPICS).kind is kind


@pytest.mark.parametrize(
    ("cells", "minutes"),
    [
        ({"minutes": "90"}, 90),
        ({"minutes": "", "hours": "1:30"}, 90),
        ({"minutes": "", "hours": "1.5"}, 90),
        ({"minutes": "", "hours": "1,25"}, 75),
        ({"minutes": "", "hours": "2"}, 120),
        ({"minutes": "0"}, 0),
    ],
)
def test_hours_are_read_as_people_write_them(cells, minutes):
    assert read(HELD | cells, TOPICS).typed.minutes == minutes


@pytest.mark.parametrize(
    ("clock", "read_as"),
    [("9:05", time(9, 5)), ("18:00:00", time(18)), ("6:00 PM", time(18)), ("12:15am", time(0, 15)),
     ("12:00 p.m.", time(12)), ("18.30", time(18, 30))],
)  # fmt: skip
def test_a_start_is_read_with_twelve_or_twenty_four_hours(clock, read_as):
    assert read(HELD | {"starts": clock}, TOPICS).typed.starts == read_as


def test_topics_are_named_by_id_or_title_with_their_minutes_or_without():
    def parts(text: str):
        return read(HELD | {"topics": text}, TOPICS).typed.parts

    assert parts("Ethics and scope of practice 60; crisis: 60") == (("ethics", 60), ("crisis", 60))
    assert parts("crisis=30; ethics") == (("crisis", 30), ("ethics", None))


@pytest.mark.parametrize(
    ("cells", "field", "words"),
    [
        ({"day": "03/04/2025"}, "day", "do not guess which number is the month"),
        ({"day": ""}, "day", "Write the day as year, month, day"),
        ({"last_day": "soon"}, "last_day", "Write the day"),
        ({"starts": ""}, "starts", "so that no hour is counted twice"),
        ({"starts": "25:00"}, "starts", "“25:00” is not a time of day"),
        ({"starts": "13:00 pm"}, "starts", "not a time of day"),
        ({"starts": "10:75"}, "starts", "not a time of day"),
        ({"starts": "evening"}, "starts", "not a time of day"),
        ({"minutes": "-60"}, "minutes", "whole minutes"),
        ({"minutes": "90", "hours": "1.5"}, "minutes", "Say how long it was once"),
        ({"minutes": "", "hours": "1.33"}, "hours", "whole minutes"),
        ({"minutes": ""}, "hours", "whole minutes"),
        ({"way": "telepathy"}, "way", "do not know the way “telepathy”"),
        ({"way": "self-paced"}, "provider", "Say who gave it"),
        ({"topics": "ethik"}, "topics", "do not know the topic “ethik”"),
        ({"title": " "}, "title", "Say in a few words"),
        ({"title": "x" * 121}, "title", "This has 121 characters; 120"),
        ({"evidence": ""}, "evidence", "Say what shows it"),
        ({"way": "work", "pay": ""}, "pay", "paid, volunteer or internship"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_column_that_mends_it(cells, field, words):
    with pytest.raises(Refused) as stop:
        read(HELD | cells, TOPICS)
    assert stop.value.refusals[0].field == field
    assert words in str(stop.value)


@given(st.dictionaries(st.sampled_from([*HELD, "provider", "hours", "pay"]), st.text(max_size=40)))
def test_whatever_stands_in_the_cells_is_read_or_refused(cells):
    try:
        past = read(HELD | cells, TOPICS)
    except Refused:
        return
    assert past.account.title
