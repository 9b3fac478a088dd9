"""Coming in: by invitation, by open sign-up, by a new password; each link works once."""

import re
from dataclasses import replace

import pytest

from lms.domain.people import Role
from lms.models.database import Database
from lms.models.journal import OutboxJob
from lms.records.shelf import Shelf
from tests.completing import Class, fresh
from tests.school import HOST, PASSWORD, School, settings

NEW = "seven calm herons wade"


@pytest.fixture
def made(school: School) -> Class:
    return Class.of(school)


def letters(school: School) -> list[dict[str, str]]:
    with school.database.reading() as session:
        jobs = session.query(OutboxJob).order_by(OutboxJob.id)
        return [job.body for job in jobs if job.kind == "mail"]


def link_in(letter: dict[str, str]) -> str:
    return re.search(rf"{re.escape(HOST)}(/\S+)", letter["text"])[1]


def invite(school: School, made: Class, email: str, role: str = "learner") -> str:
    desk = school.browser(made.coordinator)
    page = desk.open(f"/manage/cohorts/{made.cohort.ref}/invite")
    assert "on its way" in page.submit("/invite", email=email, role=role).text
    return link_in(letters(school)[-1])


def test_an_invitation_leads_from_the_letter_to_the_first_section(school: School, made: Class):
    link = invite(school, made, "Kim@Example.org")
    assert letters(school)[-1]["to"] == "kim@example.org"
    page = school.browser().open(link).submit("/join/", name=" Kim  Lee ", password=NEW)
    assert page.path == "/learn"
    assert "Good to see you, Kim" in page.text
    again = school.browser().open(link)
    assert again.status == 404
    back = school.browser().open("/sign-in").submit(email="KIM@example.org", password=NEW)
    assert back.path == "/learn"


def test_an_assessor_is_invited_to_the_desk(school: School, made: Class):
    link = invite(school, made, "dev@example.org", "assessor")
    page = school.browser().open(link).submit("/join/", name="Dev Patel", password=NEW)
    assert page.path == "/grading"


def test_what_is_wrong_with_an_answer_is_said_and_the_link_lives_on(school: School, made: Class):
    link = invite(school, made, "kim@example.org")
    browser = school.browser()
    for name, password, said in (
        ("", NEW, "name"),
        ("x" * 91, NEW, "A certificate can print 90."),
        ("Kim Lee", "password1234", "one of the first that thieves try"),
        ("Kim Lee", "peerpath forever", "one of the first that thieves try"),
        ("Kim Lee", "short", "password"),
    ):
        page = browser.open(link).submit("/join/", name=name, password=password)
        assert page.status == 422
        assert said in page.text
        assert page.fields("/join/")["password"] == [""]
        if name:
            assert page.fields("/join/")["name"] == [name]
    page = browser.open(link).submit("/join/", name="Kim Lee", password=NEW)
    assert page.path == "/learn"


def test_a_link_that_is_old_or_was_never_ours_opens_nothing(school: School, made: Class):
    link = invite(school, made, "kim@example.org")
    school.pass_time(days=14)
    for path in (link, "/join/none", "/reset/none", "/sign-up"):
        assert school.browser().open(path).status == 404, path


def test_someone_who_is_signed_in_does_not_follow_the_link_of_another(school: School, made: Class):
    link = invite(school, made, "kim@example.org")
    page = school.browser(made.learner).open(link)
    assert page.path == "/account"
    assert "Sign out first to use that link." in page.text


def test_whoever_has_an_account_signs_in_and_joins_with_it(school: School, made: Class):
    link = invite(school, made, made.raters[0].email, "learner")
    stranger = school.browser()
    page = stranger.open(link)
    assert page.path == "/sign-in"
    asked = page.submit(email=made.raters[0].email, password=PASSWORD)
    assert asked.path == link
    assert "What you have read and passed comes with you" in asked.text
    joined = asked.submit("/join/")
    assert "You have joined" in joined.text
    home = stranger.open("/learn")
    assert "Peer Support Foundations" in home.text
    assert stranger.open("/grading").status == 200
    assert stranger.open(link).path == "/account"


def test_joining_the_same_cohort_again_changes_nothing(school: School, made: Class):
    school.read_all(made.learner, "crisis-support")
    link = invite(school, made, made.learner.email)
    browser = school.browser(made.learner)
    before = browser.open("/learn").text
    browser.open(link).submit("/join/")
    assert browser.open("/learn").text == before


def test_an_invitation_needs_one_sound_address(school: School, made: Class):
    desk = school.browser(made.coordinator)
    address = f"/manage/cohorts/{made.cohort.ref}/invite"
    for email in ("", "kim", "a@b.example, c@d.example", "a@b.example c@d.example"):
        page = desk.open(address).submit("/invite", email=email, role="learner")
        assert page.status == 422, email
        assert page.fields("/invite")["email"] == [email]
    assert desk.open(address).submit("/invite", email="a@b.example", role="operator").status == 422
    assert letters(school) == []
    assert desk.open("/manage/cohorts/none/invite").status == 404


def test_a_new_password_ends_every_session_and_the_link_with_it(school: School, made: Class):
    school.pass_time(minutes=1)
    browser = school.browser(made.learner)
    ask = school.browser()
    page = ask.open("/reset").submit("/reset", email=made.learner.email.upper())
    assert page.path == "/check-your-mail"
    link = link_in(letters(school)[-1])
    common = ask.open(link).submit("/reset/", password="password1234")
    assert common.status == 422
    assert ask.open(link).submit("/reset/", password=NEW).path == "/sign-in"
    assert browser.open("/learn").path == "/sign-in"
    assert ask.open(link).status == 404
    old = ask.open("/sign-in").submit(email=made.learner.email, password=PASSWORD)
    assert old.status == 422
    assert ask.open("/sign-in").submit(email=made.learner.email, password=NEW).path == "/learn"


def test_a_reset_link_dies_after_an_hour_and_unknown_addresses_get_none(
    school: School, made: Class
):
    ask = school.browser()
    for email in ("no@one.example", made.learner.email):
        assert ask.open("/reset").submit("/reset", email=email).path == "/check-your-mail"
    (letter,) = letters(school)
    school.pass_time(minutes=61)
    assert ask.open(link_in(letter)).status == 404
    assert ask.open("/reset").submit("/reset", email="no address").status == 422


@pytest.fixture
def open_school(database_url: str, shelf_of_libraries: Shelf, tmp_path) -> School:
    """A school that lets people sign up by themselves."""
    database = Database(database_url)
    chosen = replace(settings(tmp_path, database_url), open_sign_up=True)
    yield School(chosen, database, shelf_of_libraries)
    database.close()


def test_a_sign_up_makes_an_account_once_its_letter_was_opened(open_school: School):
    cohort = open_school.cohort()
    browser = open_school.browser()
    values = {"name": "Kim Lee", "email": "kim@example.org", "password": NEW}
    assert browser.open("/sign-up").submit("/sign-up", **values).path == "/check-your-mail"
    early = browser.open("/sign-in").submit(email="kim@example.org", password=NEW)
    assert early.status == 422
    link = link_in(letters(open_school)[-1])
    twin = open_school.browser().open(link)
    page = browser.open(link).submit("/sign-up/")
    assert page.path == "/learn"
    assert twin.submit("/sign-up/").status == 404
    known = open_school.browser().open("/sign-up").submit("/sign-up", **values)
    assert known.path == "/check-your-mail"
    assert "You have an account already" in letters(open_school)[-1]["subject"]
    assert open_school.person(Role.LEARNER, cohort).name != "Kim Lee"
    bad = open_school.browser().open("/sign-up").submit("/sign-up", **{**values, "email": "kim"})
    assert bad.status == 422


def test_one_sees_and_ends_the_devices_one_is_signed_in_on(school: School, made: Class):
    here, there, third = (school.browser(made.learner) for _ in range(3))
    page = here.open("/account")
    page.submit("/account/devices/")
    assert sum(b.open("/learn").path == "/sign-in" for b in (here, there, third)) == 1
    still = next(b for b in (there, third) if b.open("/learn").path == "/learn")
    assert "everywhere else" in still.post("/account", fresh(still)).text
    assert still.open("/learn").path == "/learn"
    assert here.open("/learn").path == "/sign-in"


def test_extra_time_is_set_without_a_reason_and_shown_to_the_learner(school: School, made: Class):
    desk = school.browser(made.coordinator)
    page = desk.open(f"/manage/people/{made.learner.ref}").submit("/manage/people/", factor="150")
    assert "Kept." in page.text
    wrong = desk.open(page.path).submit("/manage/people/", factor="999")
    assert wrong.status == 422
    assert "Half as long again" in school.browser(made.learner).open("/account").text
    school.read_all(made.learner, "crisis-support")
    assert "Time 45 min" in school.browser(made.learner).open("/quizzes/crisis-support").text
    assert desk.open(f"/manage/people/{made.raters[0].ref}").status == 404
