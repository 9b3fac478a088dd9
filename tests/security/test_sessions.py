"""When a sign-in ends: by time, by choice, by a new password, by the school."""

import re

import pytest
from sqlalchemy import delete, select

from lms.domain.people import ABSOLUTE, IDLE, Grant, Role
from lms.models.journal import OutboxJob
from lms.models.people import GrantRow, Person
from lms.records import people, signing_in
from tests.browsing import Browser
from tests.school import HOST, PASSWORD, School

NEW_PASSWORD = "an evening by the river"


@pytest.fixture
def learner(school: School) -> Person:
    return school.person(Role.LEARNER, school.cohort())


def is_in(browser: Browser) -> bool:
    return browser.open("/learn").path == "/learn"


def link_in_last_letter(school: School) -> str:
    with school.database.reading() as session:
        newest = session.scalars(select(OutboxJob).order_by(OutboxJob.id.desc())).first()
    return re.search(rf"{HOST}(/\S+)", newest.body["text"])[1]


def test_twelve_quiet_hours_end_a_session(school: School, learner: Person):
    browser = school.browser(learner)
    school.pass_time(seconds=IDLE.total_seconds())
    assert is_in(browser)
    school.pass_time(seconds=IDLE.total_seconds() + 1)
    assert not is_in(browser)


def test_a_busy_session_ends_after_two_weeks_all_the_same(school: School, learner: Person):
    browser = school.browser(learner)
    begun = school.now
    while school.now + IDLE < begun + ABSOLUTE:
        school.pass_time(seconds=IDLE.total_seconds())
        assert is_in(browser)
    school.now = begun + ABSOLUTE
    assert is_in(browser)
    school.pass_time(seconds=1)
    assert not is_in(browser)


def test_an_old_copy_of_a_cookie_dies_of_its_own_silence(school: School, learner: Person):
    browser = school.browser(learner)
    old = browser.client.get_cookie("__Host-peerpath", domain="school.example").value
    for _ in range(3):
        school.pass_time(hours=6)
        assert is_in(browser)
    thief = school.browser()
    thief.client.set_cookie("__Host-peerpath", old, domain="school.example", secure=True)
    assert not is_in(thief)


def test_signing_in_gives_a_new_session_and_never_takes_one_that_was_offered(
    school: School, learner: Person
):
    browser = school.browser(learner)
    before = browser.client.get_cookie("__Host-peerpath", domain="school.example").value
    browser.open("/sign-in").submit(email=learner.email, password=PASSWORD)
    after = browser.client.get_cookie("__Host-peerpath", domain="school.example").value
    assert before.partition(".")[0] != after.partition(".")[0]


@pytest.mark.parametrize("forged", ["x", "x.y.z", "", "a.aa.aaaaaaaaaaaaaaaaaaaaaaaaaaa", "é.\x7f"])
def test_a_made_up_cookie_opens_nothing(school: School, forged: str):
    browser = school.browser()
    browser.client.set_cookie("__Host-peerpath", forged, domain="school.example", secure=True)
    assert not is_in(browser)


def test_signing_out_everywhere_else_ends_the_others_at_once(school: School, learner: Person):
    here, phone, tablet = (school.browser(learner) for _ in range(3))
    here.post("/account", here.open("/account").fields("/sign-out"))
    assert [is_in(browser) for browser in (here, phone, tablet)] == [True, False, False]


def test_a_new_password_ends_every_session_and_the_old_password(school: School, learner: Person):
    browsers = [school.browser(learner) for _ in range(2)]
    stranger = school.browser()
    stranger.open("/reset").submit(email=learner.email)
    stranger.open(link_in_last_letter(school)).submit(password=NEW_PASSWORD)
    assert [is_in(browser) for browser in browsers] == [False, False]
    assert stranger.open("/sign-in").submit(email=learner.email, password=PASSWORD).status == 422
    assert (
        stranger.open("/sign-in").submit(email=learner.email, password=NEW_PASSWORD).path
        == "/learn"
    )


def test_a_reset_link_counts_once_and_for_an_hour(school: School, learner: Person):
    stranger = school.browser()
    links = []
    for _ in range(2):
        stranger.open("/reset").submit(email=learner.email)
        links.append(link_in_last_letter(school))
        school.pass_time(minutes=1)
    stranger.open(links[0]).submit(password=NEW_PASSWORD)
    assert [stranger.open(link).status for link in links] == [404, 404]
    stranger.open("/reset").submit(email=learner.email)
    link = link_in_last_letter(school)
    school.pass_time(minutes=59)
    page = stranger.open(link)
    assert page.status == 200
    school.pass_time(minutes=1)
    assert stranger.open(link).status == 404
    assert page.submit(password="yet another sentence").status == 404


def test_an_invitation_counts_once_and_for_two_weeks(school: School):
    cohort = school.cohort()
    with school.database.writing() as session:
        first, second = (
            signing_in.invite(
                session, school.now, f"kim{n}@new.example", Grant(Role.LEARNER, cohort.id), None
            )
            for n in range(2)
        )
        session.commit()
    joined = school.browser()
    page = joined.open(f"/join/{first}")
    assert page.submit(name="Kim Lee", password=PASSWORD).path == "/learn"
    assert school.browser().open(f"/join/{first}").status == 404
    assert school.browser().post(f"/join/{first}", page.fields()).status in (400, 404)
    school.pass_time(days=signing_in.INVITATION_DAYS)
    assert school.browser().open(f"/join/{second}").status == 404


def test_one_kind_of_link_does_not_open_another(school: School, learner: Person):
    stranger = school.browser()
    stranger.open("/reset").submit(email=learner.email)
    token = link_in_last_letter(school).rpartition("/")[2]
    assert [stranger.open(f"{door}/{token}").status for door in ("/join", "/reset")] == [404, 200]
    cookie = school.browser(learner).client.get_cookie("__Host-peerpath", domain="school.example")
    assert stranger.open(f"/reset/{cookie.value}").status == 404


def test_a_disabled_account_is_out_at_once_and_stays_out(school: School, learner: Person):
    browser = school.browser(learner)
    stranger = school.browser()
    stranger.open("/reset").submit(email=learner.email)
    link = link_in_last_letter(school)
    with school.database.writing() as session:
        people.disable(session, school.now, session.merge(learner), None)
        session.commit()
    assert not is_in(browser)
    assert stranger.open(link).status == 404
    assert stranger.open("/sign-in").submit(email=learner.email, password=PASSWORD).status == 422


def test_a_role_that_was_taken_away_is_gone_with_the_next_request(school: School):
    cohort = school.cohort()
    assessor = school.person(Role.ASSESSOR, cohort)
    browser = school.browser(assessor)
    assert browser.open("/grading").status == 200
    with school.database.writing() as session:
        session.execute(delete(GrantRow).where(GrantRow.person_id == assessor.id))
        session.commit()
    assert browser.open("/grading").status == 403
