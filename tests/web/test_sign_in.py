"""Signing in: who gets in, who waits, and what is never lost."""

from lms.domain.people import ACCOUNT_LIMIT, Role
from tests.school import PASSWORD, School


def test_a_learner_signs_in_and_stands_on_their_home(school: School):
    learner = school.person(Role.LEARNER, school.cohort())
    page = school.browser().open("/sign-in").submit(email=learner.email, password=PASSWORD)
    assert page.path == "/learn"


def test_a_wrong_password_says_what_to_check_and_keeps_the_address(school: School):
    learner = school.person(Role.LEARNER, school.cohort())
    page = school.browser().open("/sign-in").submit(email=learner.email, password="wrong password")
    assert page.status == 422
    assert "do not go together" in page.text
    assert page.fields("/sign-in")["email"] == [learner.email]


def test_forty_honest_people_behind_one_address_are_never_locked_out(school: School):
    cohort = school.cohort()
    learners = [school.person(Role.LEARNER, cohort) for _ in range(40)]
    target = learners[0]
    attacker = school.browser()
    for _ in range(ACCOUNT_LIMIT + 2):
        last = attacker.open("/sign-in").submit(email=target.email, password="a guess, no more")
    assert last.status == 429
    for learner in learners[1:]:
        page = school.browser().open("/sign-in").submit(email=learner.email, password=PASSWORD)
        assert page.path == "/learn"


def test_signing_out_ends_the_session_on_the_server(school: School):
    learner = school.person(Role.LEARNER, school.cohort())
    browser = school.browser(learner)
    stolen = browser.client.get_cookie("__Host-peerpath", domain="school.example").value
    browser.open("/account").submit("/sign-out")
    thief = school.browser()
    thief.client.set_cookie("__Host-peerpath", stolen, domain="school.example", secure=True)
    assert thief.open("/learn").path == "/sign-in"
