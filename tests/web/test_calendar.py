"""A timetable for calendar programs, which outs nobody and can be closed."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from lms.domain.people import Role
from lms.records import people, timetable
from tests.browsing import Browser, Page
from tests.completing import Class, fresh
from tests.meeting import planned
from tests.school import HOST, School


@pytest.fixture
def made(school: School) -> Class:
    return Class.of(school)


def address(page: Page) -> str:
    return page.soup.select_one("a.feed-address")["href"].removeprefix(HOST)


def subscribe(browser: Browser, *shows: str) -> str:
    return address(browser.post("/account/calendar", fresh(browser) | {"shows": list(shows)}))


def events(school: School, path: str) -> list[dict[str, object]]:
    page = school.browser().open(path)
    assert page.response.mimetype == "text/calendar"
    return [
        {name.lower(): entry.decoded(name) for name in entry}
        for entry in Calendar.from_ical(page.response.get_data()).walk("VEVENT")
    ]


def text_of(school: School, path: str) -> str:
    return school.browser().open(path).response.get_data(as_text=True).replace("\r\n ", "")


def meet(school: School, made: Class, **more: object):
    wanted = {
        "title": "Staying sober; notes, \\ and\nlines " + "é" * 60,
        "place": "Recovery House",
        "link": "https://meet.example/recovery?a=1;b=2",
    }
    return planned(school, made, **{**wanted, **more})


def test_a_feed_says_class_and_the_times_and_nothing_that_outs_its_holder(
    school: School, made: Class
):
    meet(school, made)
    path = subscribe(school.browser(made.learner))
    (event,) = events(school, path)
    assert event["dtstart"] == datetime(2026, 3, 3, 15, tzinfo=UTC)
    assert event["dtend"] - event["dtstart"] == timedelta(hours=2)
    said = text_of(school, path).lower()
    assert "summary:class" in said
    told = ("sober", "recovery", "peer", "school", "meet.example", "attendee", "organizer")
    names = [person.name for person in (made.learner, *made.raters, made.coordinator)]
    for word in (*told, *names, made.learner.email, made.cohort.title):
        assert word.lower() not in said, word


def test_more_is_shown_only_to_who_chose_it(school: School, made: Class):
    meeting = meet(school, made)
    browser = school.browser(made.learner)
    (event,) = events(school, subscribe(browser, "titles"))
    assert str(event["summary"]) == meeting.title
    assert str(event["location"]) == "Recovery House"
    assert "url" not in event
    (event,) = events(school, subscribe(browser, "links"))
    assert str(event["summary"]) == "Class"
    assert event["url"] == meeting.link


def test_lines_are_folded_and_end_as_the_standard_says(school: School, made: Class):
    meet(school, made)
    path = subscribe(school.browser(made.learner), "titles", "links")
    raw = school.browser().open(path).response.get_data()
    assert raw.startswith(b"BEGIN:VCALENDAR\r\n")
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert rb"sober\; notes\, \\ and\nlines" in raw.replace(b"\r\n ", b"")


def test_a_moved_meeting_keeps_its_id_and_a_cancelled_one_is_marked(school: School, made: Class):
    meeting = meet(school, made)
    path = subscribe(school.browser(made.learner))
    (before,) = events(school, path)
    later = (meeting.starts_at + timedelta(hours=1), meeting.ends_at + timedelta(hours=1))
    with school.database.writing() as session:
        mine = session.merge(meeting)
        timetable.move(session, school.now, made.raters[0], mine, later, "The room.")
        session.commit()
    (moved,) = events(school, path)
    assert (moved["uid"], moved["sequence"]) == (before["uid"], 1)
    assert moved["dtstart"] == later[0]
    with school.database.writing() as session:
        timetable.cancel(session, school.now, made.raters[0], session.merge(mine), "Snow.")
        session.commit()
    (gone,) = events(school, path)
    assert (gone["uid"], gone["sequence"]) == (before["uid"], 2)
    assert gone["status"] == "CANCELLED"
    assert "Snow" not in text_of(school, path)


def test_a_new_address_ends_the_old_one_and_a_closed_one_opens_nothing(school: School, made: Class):
    browser = school.browser(made.learner)
    first = subscribe(browser)
    second = subscribe(browser)
    assert first != second
    assert school.browser().open(first).status == 404
    assert school.browser().open(second).status == 200
    closed = browser.open("/account")
    fields = fresh(browser) | {"go": ["end"]}
    closed = browser.post("/account/calendar", fields)
    assert "The address is closed." in closed.text
    assert school.browser().open(second).status == 404
    again = browser.post("/account/calendar", fresh(browser) | {"go": ["end"]})
    assert "The address is closed." in again.text


def test_an_address_nobody_was_given_opens_nothing(school: School, made: Class):
    path = subscribe(school.browser(made.learner))
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    for wrong in (token[:-1], token + "0", token[:-1] + "é", token[:26], "x", token[::-1]):
        assert school.browser().open(f"/calendar/{wrong}.ics").status == 404


def test_the_feed_of_a_closed_account_is_closed(school: School, made: Class):
    path = subscribe(school.browser(made.learner))
    with school.database.writing() as session:
        people.disable(session, school.now, session.merge(made.learner), None)
        session.commit()
    assert school.browser().open(path).status == 404


def test_a_feed_holds_the_meetings_of_ones_own_cohorts_and_of_a_year(school: School, made: Class):
    meet(school, made)
    meet(school, made, begins_in=timedelta(days=400))
    other = Class.of(school, "Bea Solis")
    meet(school, other)
    assert len(events(school, subscribe(school.browser(made.learner)))) == 1
    assert len(events(school, subscribe(school.browser(made.raters[0])))) == 1


def test_who_belongs_to_no_cohort_is_offered_no_calendar(school: School):
    board = school.browser(school.person(Role.BOARD)).open("/account")
    assert "calendar" not in board.text
