"""Meetings are planned ahead; learners see their own cohort's, as they were moved or cancelled."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from lms.domain.people import Role
from lms.models.hours import LiveSession
from tests.completing import Class, fresh
from tests.meeting import PLAN, code_of, plan, planned, record, running
from tests.school import School


@pytest.fixture
def made(school: School) -> Class:
    return Class.of(school)


def meetings(school: School) -> list[LiveSession]:
    with school.database.reading() as session:
        return list(session.scalars(select(LiveSession).order_by(LiveSession.id)))


def test_a_planned_meeting_stands_on_the_learners_page_with_day_time_zone_and_place(
    school: School, made: Class
):
    kept = plan(school, made, breaks="19:00-19:10")
    assert "The session is on the timetable of the cohort." in kept.text
    learner = school.browser(made.learner)
    seen = learner.open("/timetable")
    assert "Tuesday 10 March 2026, 18:00 to 20:00 EDT" in seen.text
    assert "Times are in Eastern Time." in seen.text
    one = seen.click("Listening evening")
    assert "Willow room" in one.text
    assert "19:00 – 19:10" in one.text  # noqa: RUF001
    (row,) = meetings(school)
    assert (row.breaks, row.break_minutes) == ([[60, 70]], 10)


def test_home_says_the_next_meeting_on_one_line(school: School, made: Class):
    planned(school, made, timedelta(days=3), title="Later one")
    assert "Next session: Later one" in school.browser(made.learner).open("/learn").text
    planned(school, made, timedelta(days=1), title="Sooner one")
    home = school.browser(made.learner).open("/learn")
    assert "Next session: Sooner one , 3 March 2026, 10:00 EST" in home.text
    school.pass_time(days=9)
    assert "Next session" not in school.browser(made.learner).open("/learn").text


def test_a_planned_guide_brings_its_title_topics_and_breaks(school: School, made: Class):
    plan(school, made, title="", topic="planned:staying-in-crisis", ends="21:00")
    guide = school.shelf.current().guides["staying-in-crisis"]
    (row,) = meetings(school)
    assert (row.title, row.break_minutes) == (guide.title, guide.pauses)
    assert row.topics == dict(guide.topics)


def test_a_coordinator_plans_too_and_sees_who_was_there_without_changing_it(
    school: School, made: Class
):
    desk = school.browser(made.coordinator)
    page = desk.open("/sessions").click("Plan a session")
    kept = page.submit(
        "/sessions/plan", topic="crisis", title="Planned from the office",
        held_on="2026-03-10", starts="18:00", ends="20:00", modality="live-online",
    )  # fmt: skip
    assert "Planned from the office" in kept.text
    meeting = running(school, made)
    seen = desk.open(f"/sessions/{meeting.ref}")
    assert made.learner.name in seen.text
    assert not seen.soup.select(f"form[action='/sessions/{meeting.ref}']")
    assert desk.post(f"/sessions/{meeting.ref}", fresh(desk)).status == 403


IMPOSSIBLE = [
    ({"ends": "17:00"}, "The end must be after the start."),
    ({"ends": "17:59", "next_day": "y"}, "12 hours at most"),
    ({"held_on": "2026-03-01"}, "This time is over."),
    ({"held_on": "2028-06-01"}, "two years ahead"),
    ({"held_on": "9999-12-31"}, "Check the year"),
    ({"title": " "}, "Enter what it was about."),
    ({"link": "javascript:alert(1)"}, "begins with https://"),
    ({"breaks": "18:30-18:30"}, "A break must end after it begins."),
    ({"breaks": "18:30-18:40, 18:35-18:45"}, "Two breaks lie over one another."),
    ({"breaks": "20:30-20:40"}, "outside the meeting"),
    ({"breaks": "25:30-26:40"}, "such as 10:30-10:45"),
    ({"breaks": "a pause"}, "such as 10:30-10:45"),
    ({"breaks": "120"}, "as long as the meeting"),
    ({"cohort": "none"}, "Not a valid choice"),
    ({"held_on": "2026-03-08", "starts": "02:30", "ends": "04:00"}, "went forward over 02:30"),
    ({"held_on": "2026-11-01", "starts": "01:30", "ends": "04:00"}, "01:30 comes twice"),
]


def test_a_meeting_that_cannot_be_is_refused_and_nothing_typed_is_lost(school: School, made: Class):
    page = school.browser(made.raters[0]).open("/sessions/plan")
    for wrong, said in IMPOSSIBLE:
        form = PLAN | {"place": "A room of its own"} | wrong
        refused = page.submit("/sessions/plan", **form)
        assert (refused.status, said in refused.text) == (422, True), (wrong, refused.text)
        assert refused.fields("/sessions/plan")["place"] == ["A room of its own"]
    assert meetings(school) == []


def test_of_an_hour_that_comes_twice_one_says_which(school: School, made: Class):
    night = {"held_on": "2026-11-01", "starts": "01:30", "ends": "04:00"}
    asked = plan(school, made, **night)
    assert "Times that come twice that night" in asked.text
    asked.submit("/sessions/plan", twice="second")
    asked.submit("/sessions/plan", twice="first", once="another")
    assert [row.starts_at for row in meetings(school)] == [
        datetime(2026, 11, 1, 6, 30, tzinfo=UTC),
        datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
    ]


def test_a_meeting_past_midnight_ends_on_the_next_day(school: School, made: Class):
    kept = plan(school, made, starts="22:00", ends="01:00", next_day="y", breaks="23:55-00:05")
    assert "Tuesday 10 March 2026, 22:00 to 11 March 2026, 01:00 EDT" in kept.text
    (row,) = meetings(school)
    assert (row.ends_at - row.starts_at, row.breaks) == (timedelta(hours=3), [[115, 125]])


def test_a_meeting_in_the_night_of_the_change_names_both_zones(school: School, made: Class):
    kept = plan(school, made, held_on="2026-11-01", starts="00:30", ends="03:00")
    assert "Sunday 1 November 2026, 00:30 EDT to 03:00 EST" in kept.text


def change(school: School, made: Class, meeting: LiveSession, **form: str):
    action = "cancel" if form.get("go") == "cancel" else "move"
    page = school.browser(made.raters[0]).open(f"/sessions/{meeting.ref}/change")
    target = f"/sessions/{meeting.ref}/change"
    fields = page.fields(target) | {"go": [action]} | {n: [v] for n, v in form.items()}
    return page.browser.post(target, fields)


NEW = {"held_on": "2026-03-11", "starts": "18:00", "ends": "20:00"}


def test_a_moved_meeting_says_so_with_its_note_and_its_old_time(school: School, made: Class):
    meeting = planned(school, made)
    moved = change(school, made, meeting, note="The room is flooded.", **NEW)
    assert "The session is moved." in moved.text
    learner = school.browser(made.learner)
    listed = learner.open("/timetable")
    assert "Moved" in listed.text
    one = listed.click("Listening evening")
    assert "The room is flooded." in one.text
    assert "Before: Tuesday 3 March 2026, 10:00 to 12:00 EST" in one.text
    assert "Wednesday 11 March 2026, 18:00 to 20:00 EDT" in one.text


def test_a_cancelled_meeting_stays_listed_as_cancelled_and_opens_no_door(
    school: School, made: Class
):
    meeting = planned(school, made, timedelta(minutes=10), link="https://meet.example/a")
    gone = change(school, made, meeting, go="cancel", why="Snow.")
    assert "The session is cancelled." in gone.text
    learner = school.browser(made.learner)
    listed = learner.open("/timetable")
    assert "Cancelled" in listed.text
    one = listed.click("Listening evening")
    assert "Snow." in one.text
    assert "meet.example" not in one.response.text
    assert not one.soup.select("#code")
    assert "Next session" not in learner.open("/learn").text
    trainer = school.browser(made.raters[0])
    for path, form in (("door", {"person": made.learner.ref}), ("code", {})):
        page = trainer.open(f"/sessions/{meeting.ref}/door")
        fields = page.fields(f"/{meeting.ref}/door") | {n: [v] for n, v in form.items()}
        refused = trainer.post(f"/sessions/{meeting.ref}/{path}", fields | {"once": [path]})
        assert (refused.status, "This meeting was cancelled" in refused.text) == (422, True)


def test_what_cannot_be_changed_is_said(school: School, made: Class):
    meeting = planned(school, made)
    for form, said in [
        ({"note": "", **NEW}, "Write a note"),
        ({"note": "x", **NEW, "ends": "17:00"}, "The end must be after the start."),
        ({"note": "x", "held_on": "2026-03-03", "starts": "10:00", "ends": "12:00"}, "already"),
        ({"note": "x", "held_on": "2026-02-03", "starts": "10:00", "ends": "12:00"}, "is over"),
        ({"go": "cancel", "why": " "}, "Write a note"),
    ]:
        page = change(school, made, meeting, **form)
        assert (page.status, said in page.text) == (422, True), (form, page.text)
    school.pass_time(days=1, minutes=30)
    begun = change(school, made, meeting, note="Too late", **NEW)
    assert "has begun" in begun.text
    record(school, made, meeting, school.now, None)
    assert "People are recorded" in change(school, made, meeting, go="cancel", why="No").text


def test_a_cancelled_meeting_is_not_changed_again(school: School, made: Class):
    meeting = planned(school, made)
    change(school, made, meeting, go="cancel", why="Snow.")
    assert "cancelled already" in change(school, made, meeting, go="cancel", why="Snow.").text


def test_meeting_and_link_are_for_members_of_the_cohort_only(school: School, made: Class):
    meeting = planned(school, made, link="https://meet.example/secret")
    member = school.browser(made.learner).open(f"/timetable/{meeting.ref}")
    assert "https://meet.example/secret" in member.response.text
    stranger = school.browser(school.person(Role.LEARNER, school.cohort("Other")))
    assert stranger.open(f"/timetable/{meeting.ref}").status == 404
    assert "Listening evening" not in stranger.open("/timetable").text
    assert "Listening evening" not in stranger.open("/learn").text


def test_an_empty_timetable_says_so(school: School, made: Class):
    assert "No session is planned yet" in school.browser(made.learner).open("/timetable").text
    assert "No session is planned." in school.browser(made.raters[0]).open("/sessions").text


def test_the_sheet_to_sign_has_every_name_and_no_code(school: School, made: Class):
    meeting = running(school, made)
    sheet = school.browser(made.raters[0]).open(f"/sessions/{meeting.ref}/sheet")
    heads = [cell.text for cell in sheet.soup.select("thead th")]
    assert heads == ["Name", "Came", "Left", "Signature"]
    assert [cell.text for cell in sheet.soup.select("tbody th")] == [made.learner.name]
    assert code_of(school, meeting) not in sheet.response.text.replace(" ", "")
