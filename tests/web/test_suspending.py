"""A certificate in doubt: whoever checks it is told, and it can count again or end."""

import json

import pytest

from lms.domain.certificate import ReasonClass
from lms.domain.people import Grant, Role
from lms.formats import credentials
from lms.models.certificates import Certificate
from lms.models.people import Person
from lms.records import certificates, issuing, learning, people, suspending
from lms.records import credentials as places
from tests.credentials_kept import sign_credentials
from tests.school import PROGRAM, School


@pytest.fixture
def held(school: School) -> tuple[Person, str, Person]:
    """A learner with a certificate, its code, and their coordinator."""
    cohort = school.cohort()
    learner = school.person(Role.LEARNER, cohort, "Ana Ruiz")
    return learner, school.certify(learner), school.person(Role.COORDINATOR, cohort)


def row_of(session, school: School, code: str) -> Certificate:
    return certificates.look_up(session, code, school.now, school.office).certificate


def checked(school: School, code: str) -> dict:
    answer = school.browser().open(f"/verify/{code}", Accept="application/json")
    return json.loads(answer.response.data)


def is_on_list(school: School, code: str) -> bool:
    sign_credentials(school)
    with school.database.reading() as session:
        place = places.of(session, row_of(session, school, code)).list_index
        return credentials.is_set(json.loads(places.signed_list(session, 1).body), place)


def test_whoever_checks_is_told_until_it_counts_again(school: School, held):
    learner, code, coordinator = held
    desk = school.browser(coordinator)
    page = desk.open(f"/manage/certificates/{code}/suspend")
    assert page.submit("/manage/certificates", follow=True).status == 200
    told = checked(school, code)
    assert (told["valid"], told["state"]) == (False, "suspended")
    page = school.browser().open(f"/verify/{code}")
    assert page.soup.select_one(".state h2").text.strip() == "Suspended"
    assert "Ask the provider before you rely on it" in page.text
    assert "Suspended" in school.browser(learner).open("/certificates").text
    assert is_on_list(school, code)

    page = desk.open(f"/manage/certificates/{code}/suspend")
    assert "count again" in page.soup.h1.text
    page.submit("/manage/certificates")
    assert (checked(school, code)["valid"], is_on_list(school, code)) == (True, False)


def test_a_suspended_certificate_is_neither_claimed_anew_nor_corrected(school: School, held):
    learner, code, coordinator = held
    with school.database.writing() as session:
        suspending.suspend(session, school.now, row_of(session, school, code), None)
        session.commit()
    with school.database.writing() as session:
        way = learning.way(session, school.shelf, learner.id, PROGRAM)
        assert way.certificate is not None
        assert issuing.issue(session, way, learner, school.now, school.office).code == code
        row, who = row_of(session, school, code), session.get_one(Person, learner.id)
        with pytest.raises(ValueError, match="suspended"):
            issuing.reissue(session, school.now, row, who, "Eve", school.office, who)
        assert certificates.good_today(session, learner.id, school.now, school.office) == ()
        session.rollback()
    page = school.browser(coordinator).open(f"/manage/certificates/{code}/name")
    assert page.status == 409


def test_it_can_be_revoked_and_then_nothing_lifts_it(school: School, held):
    _learner, code, coordinator = held
    with school.database.writing() as session:
        row = row_of(session, school, code)
        suspending.suspend(session, school.now, row, None)
        with pytest.raises(ValueError, match="suspended already"):
            suspending.suspend(session, school.now, row, None)
        issuing.revoke(session, school.now, row, ReasonClass.ISSUED_IN_ERROR, None)
        for act in (suspending.lift, suspending.suspend):
            with pytest.raises(ValueError, match="revoked or replaced"):
                act(session, school.now, row, None)
        session.commit()
    assert checked(school, code)["state"] == "revoked"
    page = school.browser(coordinator).open(f"/manage/certificates/{code}/suspend")
    assert page.submit("/manage/certificates").status == 422


def test_what_is_not_suspended_cannot_be_lifted(school: School, held):
    _learner, code, _coordinator = held
    with school.database.writing() as session:
        with pytest.raises(ValueError, match="not suspended"):
            suspending.lift(session, school.now, row_of(session, school, code), None)
        session.rollback()


def test_nobody_suspends_their_own(school: School):
    cohort = school.cohort()
    person = school.person(Role.LEARNER, cohort)
    code = school.certify(person)
    with school.database.writing() as session:
        people.add_grant(session, session.merge(person), Grant(Role.COORDINATOR, cohort.id))
        session.commit()
    assert school.browser(person).open(f"/manage/certificates/{code}/suspend").status == 403
