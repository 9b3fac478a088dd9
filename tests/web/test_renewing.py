"""A holder renews: not too early, not too late, with the hours; and both certificates verify."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.domain.hours import Modality
from lms.domain.people import Role
from lms.models.certificates import Certificate
from lms.records import hours, issuing, learning, suspending
from tests.completing import Class
from tests.school import PROGRAM, School


@pytest.fixture
def ana(school):
    return school.person(Role.LEARNER, school.cohort(), name="Ana Lopes")


@pytest.fixture
def code(school, ana):
    return school.certify(ana)


def learn(school: School, person, minutes: int, key: str = "1") -> None:
    """Time with a trainer that ended just now."""
    interval = (school.now - timedelta(minutes=minutes), school.now)
    with school.database.writing() as session:
        hours.enter_live(
            session, school.now, person.id, "Practice", interval, minutes, {"ethics": 100},
            Modality.LIVE_ONLINE, person, f"live-session:renew:{person.id}:{key}", PROGRAM,
        )  # fmt: skip
        session.commit()


def rows(school: School) -> list[Certificate]:
    with school.database.reading() as session:
        return list(session.scalars(select(Certificate).order_by(Certificate.id)))


def to_days_before_the_end(school: School, days: int) -> None:
    (row, *_more) = rows(school)
    today = school.office.day(school.now)
    school.pass_time(days=(row.expires_on - today).days - days)


def renew(school: School, person):
    browser = school.browser(person)
    fields = browser.open("/account").fields("/sign-out")
    return browser.post(f"/certificates/renew/{PROGRAM}", fields)


def test_a_renewed_certificate_is_a_new_period_and_both_verify(school, ana, code):
    school.pass_time(days=30)
    learn(school, ana, 600)
    to_days_before_the_end(school, 40)
    page = school.browser(ana).open("/certificates")
    assert "It can be renewed now" in page.text
    assert "10 h of 10 h" in page.text
    done = page.submit("renew")
    assert "Your certificate is renewed." in done.text
    old, new = rows(school)
    assert (old.period, new.period) == (1, 2)
    assert new.expires_on.year == old.expires_on.year + 2
    assert (new.expires_on.month, new.expires_on.day) == (old.expires_on.month, old.expires_on.day)
    assert new.facts["renews"] == old.code
    assert new.facts["minutes"] == 600
    for row in (old, new):
        answer = school.browser().open(f"/verify/{row.code}", Accept="application/json")
        assert answer.response.json["state"] == "valid"
    assert "Renews" in school.browser().open(f"/verify/{new.code}").text
    school.pass_time(days=41)
    answer = school.browser().open(f"/verify/{old.code}", Accept="application/json")
    assert answer.response.json["state"] == "expired"
    assert "It can be renewed from" in school.browser(ana).open("/certificates").text


@pytest.mark.parametrize(
    ("days", "words"),
    [(91, "It can be renewed from"), (-60, "can still be renewed up to"), (-61, "was over on")],
)
def test_too_early_late_and_too_late_are_told_apart(school, ana, code, days, words):
    school.pass_time(days=30)
    learn(school, ana, 600)
    to_days_before_the_end(school, days)
    page = school.browser(ana).open("/certificates")
    assert words in page.text
    is_late = days == -60
    assert bool(page.soup.select("form[action*=renew]")) is is_late
    answer = renew(school, ana)
    assert (answer.status == 200) is is_late
    assert len(rows(school)) == 1 + is_late
    if is_late:
        new = rows(school)[1]
        assert new.expires_on > school.office.day(school.now) + timedelta(days=729)


def test_hours_of_before_and_hours_that_were_taken_back_renew_nothing(school, ana):
    learn(school, ana, 600)
    school.certify(ana)
    school.pass_time(days=30)
    learn(school, ana, 599, "2")
    learn(school, ana, 30, "3")
    keeper = school.person(Role.COORDINATOR, school.cohort("Other"))
    with school.database.writing() as session:
        line = hours.lines(session, ana.id)[-1]
        hours.reverse(session, school.now, line, "Counted twice", keeper)
        session.commit()
    to_days_before_the_end(school, 10)
    page = renew(school, ana)
    assert page.status == 422
    assert "cannot be renewed now" in page.text
    assert len(rows(school)) == 1


def test_the_button_pressed_twice_renews_once(school, ana, code):
    school.pass_time(days=30)
    learn(school, ana, 600)
    to_days_before_the_end(school, 10)
    renew(school, ana)
    assert renew(school, ana).status == 422
    assert len(rows(school)) == 2


def test_a_suspended_certificate_is_not_renewed(school, ana, code):
    school.pass_time(days=30)
    learn(school, ana, 600)
    to_days_before_the_end(school, 10)
    with school.database.writing() as session:
        row = session.scalars(select(Certificate)).one()
        suspending.suspend(session, school.now, row, None)
        session.commit()
    assert renew(school, ana).status == 422
    assert "Renewing" not in school.browser(ana).open("/certificates").text


def test_what_was_issued_before_keeps_its_bytes_and_its_digest(school, ana, code):
    (row,) = rows(school)
    assert "renews" not in row.facts


def test_whoever_let_it_lapse_gets_a_new_one_only_by_an_operators_word(school):
    made = Class.of(school)
    made.complete()
    made.claim()
    school.pass_time(days=900)
    with school.database.writing() as session:
        way = learning.way(session, school.shelf, made.learner.id, PROGRAM)
        told = (session, way, made.learner, school.now, school.office)
        assert issuing.issue(*told).period == 1
        assert issuing.issue(*told, anew=True).period == 2
        session.commit()
    assert [row.period for row in rows(school)] == [1, 2]
