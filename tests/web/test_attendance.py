"""Live time: who was there, from when to when, corrected in the open, whatever clocks do."""

import re
from datetime import UTC, datetime

import pytest

from lms.domain.people import Role
from lms.models.people import Person
from lms.records import hours, live_sessions
from tests.browsing import Browser, Page
from tests.completing import Class
from tests.school import School


@pytest.fixture
def made(school: School) -> Class:
    return Class.of(school)


MEETING = {
    "title": "Practice", "modality": "live-online", "held_on": "2026-03-01", "starts": "09:00",
    "ends": "12:00", "break_minutes": "30", "topic": "crisis",
}  # fmt: skip


def hold(browser: Browser, **other: str) -> Page:
    return browser.open("/sessions").submit("/sessions", **{**MEETING, **other})


def was_there(page: Page, person: Person, came: str, went: str) -> Page:
    ref = person.ref
    values = {f"there-{ref}": "y", f"came-{ref}": came, f"went-{ref}": went}
    return page.submit("/sessions/", **values)


def minutes(school: School, person: Person) -> list[int]:
    with school.database.reading() as session:
        return [line.minutes for line in hours.lines(session, person.id)]


PRESENT = [
    ("09:00", "12:00", 150),  # throughout: the break comes off
    ("09:40", "12:00", 117),  # late: the break in proportion
    ("09:00", "10:30", 75),  # left early
    ("08:00", "13:00", 150),  # what lies outside the meeting does not count
]


def test_minutes_are_those_inside_the_meeting_less_the_break(school: School, made: Class):
    browser = school.browser(made.raters[0])
    for day, (came, went, counted) in enumerate(PRESENT, 20):
        before = sum(minutes(school, made.learner))
        kept = was_there(hold(browser, held_on=f"2026-02-{day}"), made.learner, came, went)
        assert "Kept. 1 line changed." in kept.text
        assert sum(minutes(school, made.learner)) - before == counted, (came, went)


JUMPS = [
    ("2026-03-08", "01:00", "04:00", "01:30", "03:30", 60),  # 02:00 to 03:00 never was
    ("2026-03-08", "01:00", "04:00", "01:00", "04:00", 120),
    ("2026-11-01", "00:30", "03:30", "00:45", "03:15", 210),  # 01:00 to 02:00 was twice
    ("2026-11-01", "00:30", "03:30", "00:30", "03:30", 240),
]


def test_time_is_what_passed_when_the_clocks_jump(school: School, made: Class):
    school.now = datetime(2026, 11, 5, tzinfo=UTC)
    browser = school.browser(made.raters[0])
    for day, starts, ends, came, went, counted in JUMPS:
        before = sum(minutes(school, made.learner))
        page = hold(browser, held_on=day, starts=starts, ends=ends, break_minutes="0")
        page = was_there(page, made.learner, came, went)
        assert sum(minutes(school, made.learner)) - before == counted, (day, came)
        page.submit("/sessions/", **{f"there-{made.learner.ref}": []})


def test_a_time_that_never_was_is_refused(school: School, made: Class):
    school.pass_time(days=30)
    browser = school.browser(made.raters[0])
    page = hold(browser, held_on="2026-03-08", starts="02:30", ends="04:00")
    assert page.status == 422
    assert "The clocks went forward over 02:30 that day." in page.text
    assert page.fields("/sessions")["title"] == ["Practice"]


IMPOSSIBLE = [
    ({"ends": "08:00"}, "The end must be after the start."),
    ({"held_on": "2026-03-02", "ends": "23:00"}, "The meeting has not ended yet."),
    ({"starts": "00:00", "ends": "12:30"}, "12 hours at most"),
    ({"break_minutes": "180"}, "The breaks are as long as the meeting."),
    ({"held_on": "yesterday"}, "Not a valid date"),
    ({"title": " "}, "Enter what it was about."),
    ({"modality": "self-paced"}, "Not a valid choice"),
    ({"break_minutes": "many"}, "Not a valid integer"),
]


def test_a_meeting_that_cannot_have_been_is_refused_and_nothing_typed_is_lost(
    school: School, made: Class
):
    browser = school.browser(made.raters[0])
    for wrong, said in IMPOSSIBLE:
        page = hold(browser, **{"title": "About boundaries", **wrong})
        assert page.status == 422, wrong
        assert said in page.text
        assert page.fields("/sessions")["title"] == [wrong.get("title", "About boundaries")]
    with school.database.reading() as session:
        assert live_sessions.of_cohorts(session, [made.cohort.id]) == []


def test_a_correction_takes_the_line_back_and_enters_the_right_one(school: School, made: Class):
    browser = school.browser(made.raters[0])
    page = hold(browser, break_minutes="0")
    page = was_there(page, made.learner, "09:00", "12:00")
    assert "0 lines changed" in was_there(page, made.learner, "09:00", "12:00").text
    was_there(browser.open(page.path), made.learner, "10:00", "12:00")
    assert sorted(minutes(school, made.learner)) == [-180, 120, 180]
    absent = browser.open(page.path)
    absent.submit("/sessions/", **{f"there-{made.learner.ref}": []})
    assert sum(minutes(school, made.learner)) == 0
    seen = school.browser(made.learner).open("/hours")
    assert "Attendance was corrected" in seen.text
    assert "0 min that someone vouches for" in seen.text


def test_a_line_that_a_coordinator_took_back_does_not_stop_a_correction(
    school: School, made: Class
):
    trainer = school.browser(made.raters[0])
    page = was_there(hold(trainer, break_minutes="0"), made.learner, "09:00", "12:00")
    with school.database.reading() as session:
        (line,) = hours.lines(session, made.learner.id)
    desk = school.browser(made.coordinator)
    empty = desk.open(f"/manage/hours/{line.ref}").submit("/manage/hours/", reason="")
    assert (empty.status, "Say why" in empty.text) == (422, True)
    taken = desk.open(f"/manage/hours/{line.ref}").submit("/manage/hours/", reason="Wrong day.")
    assert "The line is taken back." in taken.text
    again = desk.open(f"/manage/hours/{line.ref}").submit("/manage/hours/", reason="Once more.")
    assert (again.status, "already taken back" in again.text) == (422, True)
    assert "Kept. 1 line changed." in was_there(page, made.learner, "10:00", "12:00").text
    assert sum(minutes(school, made.learner)) == 120
    reversal = min(line_refs(school, made.learner))[1]
    wrong = desk.open(f"/manage/hours/{reversal}").submit("/manage/hours/", reason="Back again.")
    assert wrong.status == 422
    assert "Wrong day." in school.browser(made.learner).open("/hours").text


def line_refs(school: School, person: Person) -> list[tuple[int, str]]:
    with school.database.reading() as session:
        return [(line.minutes, line.ref) for line in hours.lines(session, person.id)]


NONSENSE = [
    ("", "12:00", "Enter both times"),
    ("nine", "12:00", "Enter both times"),
    ("13:00", "14:00", "lie outside the meeting"),
    ("09:00", "09:00", "lie outside the meeting"),
]


def test_times_that_make_no_sense_are_named_beside_the_person(school: School, made: Class):
    page = hold(school.browser(made.raters[0]))
    for came, went, said in NONSENSE:
        answer = was_there(page, made.learner, came, went)
        assert answer.status == 422
        beside = answer.soup.find(id=f"came-{made.learner.ref}-error")
        assert said in beside.text
        assert answer.fields("/sessions/")[f"came-{made.learner.ref}"] == [came]
    assert minutes(school, made.learner) == []


def test_nobody_vouches_for_their_own_presence(school: School, made: Class):
    page = hold(school.browser(made.raters[0]))
    meeting_ref = page.path.rpartition("/")[2]
    with school.database.writing() as session:
        meeting = live_sessions.by_ref(session, meeting_ref)
        there = live_sessions.Presence(meeting.starts_at, meeting.ends_at)
        with pytest.raises(ValueError, match="your own presence"):
            live_sessions.record(
                session, school.now, made.raters[0], meeting, {made.raters[0].id: there}
            )


def test_the_sums_on_the_page_are_the_sums_of_the_lines_on_the_page(school: School, made: Class):
    school.read_all(made.learner)
    school.take_quiz(made.learner, "crisis-support")
    school.take_quiz(made.learner, "ethics-and-scope")
    made.meet(95)
    page = hold(school.browser(made.raters[0]))
    page = was_there(page, made.learner, "09:10", "11:50")
    was_there(page, made.learner, "09:20", "11:30")
    seen = school.browser(made.learner).open("/hours")
    lines = [in_minutes(one.text) for one in seen.soup.select(".ledger-minutes")]
    assert len(lines) == 6
    table = [[cell.text for cell in row.select("th, td")] for row in seen.soup.select("table tr")]
    body, foot = table[1:-1], table[-1]
    assert in_minutes(foot[-1]) == sum(lines) == sum(minutes(school, made.learner))
    for column in range(1, len(foot)):
        assert in_minutes(foot[column]) == sum(in_minutes(row[column]) for row in body)
    for row in body:
        assert in_minutes(row[-1]) == sum(map(in_minutes, row[1:-1]))
    assert seen.text.count("Reason: Attendance was corrected") == 1


def in_minutes(words: str) -> int:
    """What "−1 h 20 min" means."""
    sign, whole, rest = re.match(r"(−?)(?:(\d+) h)?\s*(?:(\d+) min)?", words.strip()).groups()
    return (60 * int(whole or 0) + int(rest or 0)) * (-1 if sign else 1)


def test_a_learner_without_a_cohort_of_ours_is_not_ours_to_record(school: School, made: Class):
    page = hold(school.browser(made.raters[0]))
    stranger = school.person(Role.ASSESSOR, school.cohort("Other"))
    assert school.browser(stranger).open(page.path).status == 404
    assert school.browser(stranger).open("/sessions/none").status == 404
