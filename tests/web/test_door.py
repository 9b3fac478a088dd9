"""Coming and going: by a tap, by the code that changes, and on paper."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from lms.domain.people import ACCOUNT_LIMIT, Role
from lms.models.hours import Attendance, LedgerEntry, LiveSession
from tests.browsing import Browser, Page
from tests.completing import Class, fresh
from tests.meeting import attended, code_of, minutes, planned, record, running
from tests.school import School


@pytest.fixture
def made(school: School) -> Class:
    return Class.of(school)


def tap(browser: Browser, meeting: LiveSession, person: str, go: str) -> Page:
    fields = fresh(browser) | {"person": [person], "go": [go]}
    return browser.post(f"/sessions/{meeting.ref}/door", fields)


def type_code(
    school: School, browser: Browser, meeting: LiveSession, code: str, go: str = "in"
) -> Page:
    fields = fresh(browser) | {"go": [go], "code": [code]}
    return browser.post(f"/timetable/{meeting.ref}", fields)


def rows(school: School) -> list[Attendance]:
    with school.database.reading() as session:
        return list(session.scalars(select(Attendance).order_by(Attendance.id)))


def test_a_tap_notes_the_moment_someone_came_and_the_moment_they_left(school: School, made: Class):
    meeting = running(school, made)
    trainer = school.browser(made.raters[0])
    came = tap(trainer, meeting, made.learner.ref, "came")
    assert f"{made.learner.name} came just now." in came.text
    assert "Here since 10:00" in came.text
    assert minutes(school, made.learner) == 0
    school.pass_time(minutes=47)
    left = tap(trainer, meeting, made.learner.ref, "went")
    assert "10:00 to 10:47" in left.text
    assert minutes(school, made.learner) == 47
    assert [row.how for row in rows(school)] == ["tap", "tap"]


def test_a_second_tap_changes_nothing_and_says_why(school: School, made: Class):
    meeting = running(school, made)
    trainer = school.browser(made.raters[0])
    assert "Sign in first" in tap(trainer, meeting, made.learner.ref, "went").text
    tap(trainer, meeting, made.learner.ref, "came")
    assert "recorded already" in tap(trainer, meeting, made.learner.ref, "came").text
    school.pass_time(minutes=5)
    tap(trainer, meeting, made.learner.ref, "went")
    assert "recorded already" in tap(trainer, meeting, made.learner.ref, "went").text
    assert "came back" in tap(trainer, meeting, made.learner.ref, "came").text
    assert len(rows(school)) == 2
    stranger = school.person(Role.LEARNER, school.cohort("Other"))
    assert "Choose a person" in tap(trainer, meeting, stranger.ref, "came").text


def test_the_code_signs_a_learner_in_and_out_and_the_trainer_vouches(school: School, made: Class):
    meeting = running(school, made)
    learner = school.browser(made.learner)
    page = learner.open("/timetable").click("Listening evening")
    signed = page.submit("/timetable/", code=code_of(school, meeting))
    assert "You are signed in." in signed.text
    assert "Signed in with the code" in signed.text
    assert "Nothing is counted until it is." in signed.text
    assert minutes(school, made.learner) == 0
    school.pass_time(minutes=50)
    out = signed.browser.open(page.path).submit("/timetable/", code=code_of(school, meeting))
    assert "You are signed out." in out.text
    assert minutes(school, made.learner) == 50
    with school.database.reading() as session:
        line = session.scalars(select(LedgerEntry)).one()
        assert line.voucher_id == made.raters[0].id
    assert {row.recorded_by for row in rows(school)} == {made.learner.id}


def test_the_code_of_the_minute_before_is_right_and_an_older_one_is_not(
    school: School, made: Class
):
    meeting = running(school, made)
    browser = school.browser(made.learner)
    old = code_of(school, meeting, school.now - timedelta(minutes=2))
    refused = type_code(school, browser, meeting, old)
    assert (refused.status, "it changes every minute" in refused.text) == (422, True)
    assert refused.soup.select_one("#code")["value"] == old
    kept = type_code(
        school, browser, meeting, code_of(school, meeting, school.now - timedelta(minutes=1))
    )
    assert "You are signed in." in kept.text


def test_the_code_of_another_meeting_is_refused(school: School, made: Class):
    meeting = running(school, made)
    other = running(school, Class.of(school, "Bea Solis"))
    browser = school.browser(made.learner)
    refused = type_code(school, browser, meeting, code_of(school, other))
    assert "This is not the code of this meeting." in refused.text
    assert rows(school) == []


@pytest.mark.parametrize(
    ("begins_in", "said"),
    [
        (timedelta(minutes=16), "too early"),
        (timedelta(minutes=-136), "The meeting is over."),
        (timedelta(minutes=-125), "The meeting has ended."),
    ],
)
def test_a_code_typed_before_or_after_the_meeting_is_refused(
    school: School, made: Class, begins_in: timedelta, said: str
):
    school.pass_time(hours=-3)
    meeting = planned(school, made, begins_in + timedelta(hours=3))
    school.pass_time(hours=3)
    if "too early" not in said:
        with school.database.writing() as session:
            session.merge(meeting).code_by = made.raters[0].id
            session.commit()
    refused = type_code(school, school.browser(made.learner), meeting, code_of(school, meeting))
    assert (refused.status, said in refused.text) == (422, True)
    assert rows(school) == []


def test_a_code_nobody_shows_opens_nothing(school: School, made: Class):
    meeting = running(school, made, shows_code=False)
    refused = type_code(school, school.browser(made.learner), meeting, code_of(school, meeting))
    assert "does not use a code so far" in refused.text
    assert rows(school) == []


def test_guesses_are_braked_for_the_person_and_not_for_the_room(school: School, made: Class):
    meeting = running(school, made)
    browser = school.browser(made.learner)
    right = code_of(school, meeting)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for _guess in range(ACCOUNT_LIMIT):
        assert type_code(school, browser, meeting, wrong).status == 422
    braked = type_code(school, browser, meeting, right)
    assert (braked.status, "too many tries" in braked.text) == (429, True)
    assert rows(school) == []
    neighbour = school.person(Role.LEARNER, made.cohort)
    assert "You are signed in." in type_code(school, school.browser(neighbour), meeting, right).text
    school.pass_time(minutes=16)
    again = type_code(school, browser, meeting, code_of(school, meeting))
    assert "You are signed in." in again.text


def test_one_signs_in_oneself_and_nobody_else(school: School, made: Class):
    meeting = running(school, made)
    mate = school.person(Role.LEARNER, made.cohort)
    browser = school.browser(made.learner)
    fields = fresh(browser) | {"code": [code_of(school, meeting)], "person": [mate.ref]}
    browser.post(f"/timetable/{meeting.ref}", fields)
    assert [row.person_id for row in rows(school)] == [made.learner.id]


def test_the_code_changes_with_the_minute_and_the_page_turns_by_itself(school: School, made: Class):
    meeting = planned(school, made, timedelta(minutes=5))
    trainer = school.browser(made.raters[0])
    shut = trainer.open(f"/sessions/{meeting.ref}/code")
    assert "Refresh" not in shut.response.headers
    shown = shut.submit("/code")
    assert code_of(school, meeting) in shown.text.replace(" ", "")
    assert 1 < int(shown.response.headers["Refresh"]) <= 61
    school.pass_time(minutes=1)
    later = trainer.open(f"/sessions/{meeting.ref}/code")
    assert code_of(school, meeting) in later.text.replace(" ", "")
    assert later.soup.select_one(".door-code").text != shown.soup.select_one(".door-code").text
    school.pass_time(hours=3)
    over = trainer.open(f"/sessions/{meeting.ref}/code")
    assert not over.soup.select(".door-code")
    assert "The meeting is over" in over.submit("/code").text


def test_without_a_sign_out_nothing_is_assumed_until_the_trainer_says_when(
    school: School, made: Class
):
    meeting = running(school, made)
    type_code(school, school.browser(made.learner), meeting, code_of(school, meeting))
    school.pass_time(hours=3)
    assert minutes(school, made.learner) == 0
    mine = school.browser(made.learner).open("/timetable")
    assert "Not counted yet" in mine.text
    page = school.browser(made.raters[0]).open(f"/sessions/{meeting.ref}")
    assert "1 person has no time of leaving" in page.text
    same = page.submit(f"/sessions/{meeting.ref}")
    assert "0 lines changed" in same.text
    same.submit(f"/sessions/{meeting.ref}", **{f"went-{made.learner.ref}": "11:00"})
    assert minutes(school, made.learner) == 60


def test_paper_is_entered_later_with_its_reason(school: School, made: Class):
    meeting = running(school, made)
    school.pass_time(days=2)
    page = school.browser(made.raters[0]).open(f"/sessions/{meeting.ref}")
    there = {f"there-{made.learner.ref}": "y", "how": "paper"}
    refused = page.submit(f"/sessions/{meeting.ref}", **there, reason=" ")
    assert (refused.status, "Say why it is entered from paper" in refused.text) == (422, True)
    kept = refused.submit(f"/sessions/{meeting.ref}", **there, reason="The network was down.")
    assert "Entered from the paper sheet: The network was down." in kept.text
    assert minutes(school, made.learner) == 120
    assert "Entered from the paper sheet" in school.browser(made.learner).open("/timetable").text


def test_a_page_left_open_does_not_undo_who_came_by_code_meanwhile(school: School, made: Class):
    meeting = running(school, made)
    stale = school.browser(made.raters[0]).open(f"/sessions/{meeting.ref}")
    type_code(school, school.browser(made.learner), meeting, code_of(school, meeting))
    school.pass_time(minutes=1)
    refused = stale.submit(f"/sessions/{meeting.ref}")
    assert (refused.status, "changed while your page was open" in refused.text) == (422, True)
    assert "0 lines changed" in refused.submit(f"/sessions/{meeting.ref}").text
    assert [row.arrived_at is not None for row in rows(school)] == [True]


def test_a_time_that_has_not_come_yet_is_refused(school: School, made: Class):
    meeting = running(school, made)
    page = school.browser(made.raters[0]).open(f"/sessions/{meeting.ref}")
    there = {f"there-{made.learner.ref}": "y", f"went-{made.learner.ref}": "11:00"}
    assert "has not come yet" in page.submit(f"/sessions/{meeting.ref}", **there).text
    backwards = {f"came-{made.learner.ref}": "09:50", f"went-{made.learner.ref}": "09:40"}
    refused = page.submit(f"/sessions/{meeting.ref}", **{**there, **backwards})
    assert "leaving is before the time of coming" in refused.text
    assert rows(school) == []


def test_signing_out_before_the_meeting_starts_is_refused(school: School, made: Class):
    meeting = planned(school, made, timedelta(minutes=10))
    trainer = school.browser(made.raters[0])
    tap(trainer, meeting, made.learner.ref, "came")
    school.pass_time(minutes=2)
    assert "has not started yet" in tap(trainer, meeting, made.learner.ref, "went").text
    school.pass_time(minutes=28)
    tap(trainer, meeting, made.learner.ref, "went")
    assert minutes(school, made.learner) == 20


def two_at_once(school: School, made: Class) -> tuple[LiveSession, LiveSession]:
    first = running(school, made, title="The first one")
    return first, running(school, made, title="The second one")


def test_nobody_is_at_two_meetings_at_the_same_time(school: School, made: Class):
    first, second = two_at_once(school, made)
    start = first.starts_at
    school.pass_time(hours=3)
    record(school, made, first, start, start + timedelta(minutes=60))
    page = school.browser(made.raters[0]).open(f"/sessions/{second.ref}")
    there = {f"there-{made.learner.ref}": "y", f"came-{made.learner.ref}": "10:00"}
    refused = page.submit(f"/sessions/{second.ref}", **there)
    assert refused.status == 422
    beside = refused.soup.find(id=f"came-{made.learner.ref}-error")
    assert "was at “The first one” at the same time" in beside.text
    assert minutes(school, made.learner) == 60
    kept = refused.submit(
        f"/sessions/{second.ref}", **{**there, f"came-{made.learner.ref}": "10:30"}
    )
    assert "Kept. 1 line changed." in kept.text
    assert minutes(school, made.learner) == 60 + 60


def test_who_has_not_left_one_meeting_cannot_come_to_another(school: School, made: Class):
    first, second = two_at_once(school, made)
    browser = school.browser(made.learner)
    type_code(school, browser, first, code_of(school, first))
    refused = type_code(school, browser, second, code_of(school, second))
    assert (refused.status, "signed in at “The first one”" in refused.text) == (422, True)
    school.pass_time(minutes=10)
    type_code(school, browser, first, code_of(school, first), "out")
    came = type_code(school, browser, second, code_of(school, second))
    assert "You are signed in." in came.text
    assert [one.meeting.title for one in attended(school, made.learner)] == [
        "The first one", "The second one",
    ]  # fmt: skip


def test_an_absence_at_one_meeting_does_not_stand_in_the_way(school: School, made: Class):
    first, second = two_at_once(school, made)
    record(school, made, first, school.now, None)
    page = school.browser(made.raters[0]).open(f"/sessions/{first.ref}")
    page.submit(f"/sessions/{first.ref}", **{f"there-{made.learner.ref}": []})
    browser = school.browser(made.learner)
    assert "You are signed in." in type_code(school, browser, second, code_of(school, second)).text


def test_known_breaks_are_taken_off_exactly(school: School, made: Class):
    meeting = running(school, made, breaks=((30, 60),), break_minutes=30)
    school.pass_time(hours=3)
    record(school, made, meeting, meeting.starts_at, meeting.starts_at + timedelta(minutes=40))
    assert minutes(school, made.learner) == 30


def test_times_after_midnight_belong_to_the_meeting_of_the_evening(school: School, made: Class):
    school.pass_time(hours=11)  # 21:00
    meeting = planned(school, made, timedelta(hours=1), minutes=240)
    school.pass_time(hours=8)
    page = school.browser(made.raters[0]).open(f"/sessions/{meeting.ref}")
    ref = made.learner.ref
    there = {f"there-{ref}": "y", f"came-{ref}": "00:15", f"went-{ref}": "01:45"}
    assert "Kept. 1 line changed." in page.submit(f"/sessions/{meeting.ref}", **there).text
    assert minutes(school, made.learner) == 90


def test_of_an_hour_that_came_twice_the_trainer_says_which(school: School, made: Class):
    school.now = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
    meeting = planned(school, made, timedelta(hours=1, minutes=30), minutes=240)  # 00:30 to 03:30
    school.pass_time(hours=8)
    page = school.browser(made.raters[0]).open(f"/sessions/{meeting.ref}")
    ref = made.learner.ref
    there = {f"there-{ref}": "y", f"came-{ref}": "01:15", f"went-{ref}": "01:45"}
    refused = page.submit(f"/sessions/{meeting.ref}", **there)
    assert (refused.status, "01:15 comes twice" in refused.text) == (422, True)
    for choice, counted in (("first", 30), ("across", 90), ("second", 30)):
        page = refused.browser.open(f"/sessions/{meeting.ref}")
        page.submit(f"/sessions/{meeting.ref}", **{f"there-{ref}": []})
        page = refused.browser.open(f"/sessions/{meeting.ref}")
        page.submit(f"/sessions/{meeting.ref}", **there, twice=choice)
        assert minutes(school, made.learner) == counted, choice
