"""A learner's own word on their times, and what they are told to catch up on."""

from datetime import timedelta

import pytest

from tests.browsing import Page
from tests.completing import Class, fresh
from tests.meeting import attended, planned, record, running
from tests.school import School


@pytest.fixture
def made(school: School) -> Class:
    return Class.of(school)


def ended(school: School, made: Class, left_after: int = 120, **more: object):
    """A meeting of two hours that is over, left after so many minutes."""
    meeting = running(school, made, shows_code=False, **more)
    school.pass_time(hours=3)
    left = meeting.starts_at + timedelta(minutes=left_after)
    record(school, made, meeting, meeting.starts_at, left)
    return meeting


def test_a_learner_confirms_their_times_and_the_coordinator_sees_it(school: School, made: Class):
    meeting = ended(school, made, asks_signature=True)
    page = school.browser(made.learner).open("/timetable")
    assert "Please confirm your times" in page.text
    asked = page.click("Listening evening")
    done = asked.submit(f"/timetable/{meeting.ref}")
    assert "I was there from 09:30 to 11:30" in asked.text
    assert "You confirmed these times" in done.text
    assert "Please confirm" not in done.browser.open("/timetable").text
    for staff in (made.coordinator, made.raters[1]):
        seen = school.browser(staff).open(f"/sessions/{meeting.ref}")
        assert "Confirmed by the learner" in seen.text


def disagree(page: Page, ref: str, words: str) -> Page:
    fields = page.fields(f"/timetable/{ref}") | {"go": ["disagree"], "words": [words]}
    return page.browser.post(f"/timetable/{ref}", fields)


def test_a_learner_says_what_is_wrong_and_corrected_times_are_asked_about_anew(
    school: School, made: Class
):
    meeting = ended(school, made, 60, asks_signature=True)
    learner = school.browser(made.learner)
    page = learner.open(f"/timetable/{meeting.ref}")
    empty = disagree(page, meeting.ref, " ")
    assert (empty.status, "Write what is not right" in empty.text) == (422, True)
    said = disagree(empty, meeting.ref, "I stayed to the end.")
    assert "You said these times are not right" in said.text
    trainer = school.browser(made.raters[0]).open(f"/sessions/{meeting.ref}")
    assert "The learner says it is not right: I stayed to the end." in trainer.text
    trainer.submit(f"/sessions/{meeting.ref}", **{f"went-{made.learner.ref}": "11:30"})
    again = learner.open(f"/timetable/{meeting.ref}")
    assert "I was there from 09:30 to 11:30" in again.text
    kept = again.submit(f"/timetable/{meeting.ref}")
    assert "You confirmed these times" in kept.text


def test_only_who_was_asked_can_confirm(school: School, made: Class):
    meeting = ended(school, made)
    browser = school.browser(made.learner)
    page = browser.post(f"/timetable/{meeting.ref}", fresh(browser) | {"go": ["agree"]})
    assert (page.status, "nothing to confirm" in page.text) == (422, True)
    other = planned(school, made, asks_signature=True)
    page = browser.post(f"/timetable/{other.ref}", fresh(browser) | {"go": ["agree"]})
    assert (page.status, "nothing to confirm" in page.text) == (422, True)
    assert [one.signature for one in attended(school, made.learner)] == [None]


def test_who_left_early_is_told_the_fewest_meetings_that_make_up_for_it(
    school: School, made: Class
):
    meeting = ended(school, made, 60)
    planned(school, made, timedelta(days=1), title="About ethics", topics={"ethics": 100})
    planned(school, made, timedelta(days=2), minutes=30, title="A short one")
    planned(school, made, timedelta(days=3), title="All of it")
    planned(school, made, timedelta(days=4), title="Later")
    learner = school.browser(made.learner).open("/timetable")
    part = learner.soup.find(attrs={"aria-labelledby": "catch-up"})
    assert "Crisis" in part.text
    assert "1 h" in part.text
    assert [link.text for link in part.select("li a")] == ["All of it"]
    trainer = school.browser(made.raters[0]).open(f"/sessions/{meeting.ref}")
    assert "To catch up on" in trainer.text
    assert made.learner.name in [h.text.strip() for h in trainer.soup.select("h3")]
    assert "All of it" in trainer.text


def test_the_suggestion_goes_away_by_itself_when_it_is_made_up_for(school: School, made: Class):
    first = ended(school, made, 60)
    assert "No planned session covers" in school.browser(made.learner).open("/timetable").text
    ended(school, made)
    assert "To catch up on" not in school.browser(made.learner).open("/timetable").text
    page = school.browser(made.raters[0]).open(f"/sessions/{first.ref}")
    assert "To catch up on" not in page.text


def test_nobody_is_told_to_catch_up_on_two_minutes_or_on_a_line_taken_back(
    school: School, made: Class
):
    ended(school, made, 118)
    assert "To catch up on" not in school.browser(made.learner).open("/timetable").text
    meeting = ended(school, made, 60)
    page = school.browser(made.raters[0]).open(f"/sessions/{meeting.ref}")
    assert "To catch up on" in page.text
    page.submit(f"/sessions/{meeting.ref}", **{f"there-{made.learner.ref}": []})
    assert "To catch up on" not in school.browser(made.learner).open("/timetable").text
