"""A name that is printed wrong: asked for, seen to be right, and printed on all that stands."""

import pytest
from sqlalchemy import select

from lms.domain.certificate import State
from lms.domain.people import Role
from lms.models.holding import NameCorrection
from lms.models.journal import OutboxJob
from lms.records import certificates, suspending
from tests.browsing import Page
from tests.school import School


@pytest.fixture
def cohort(school):
    return school.cohort()


@pytest.fixture
def ana(school, cohort):
    return school.person(Role.LEARNER, cohort, name="Ana Lopes")


@pytest.fixture
def keeper(school, cohort):
    return school.person(Role.COORDINATOR, cohort, name="Kim Keeper")


@pytest.fixture
def code(school, ana):
    return school.certify(ana)


def ask(school: School, ana, name: str) -> Page:
    return school.browser(ana).open("/certificates/name").submit("name", name=name)


def look(school: School, keeper) -> Page:
    home = school.browser(keeper).open("/manage")
    return home.browser.open(home.soup.select(".notice a")[0]["href"])


def decline(page: Page, reason: str) -> Page:
    fields = page.fields() | {"decline": ["yes"], "reason": [reason]}
    return page.browser.post(page.path, fields)


def states(school: School, ana) -> list[tuple[str, State]]:
    with school.database.reading() as session:
        held = certificates.of_person(session, ana.id, school.now, school.office)
        return [(record.facts.holder, record.standing.state) for record in held]


def letters(school: School) -> list[str]:
    with school.database.reading() as session:
        jobs = session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail"))
        return [f"{job.body['to']}: {job.body['subject']} {job.body['text']}" for job in jobs]


def test_a_name_asked_for_is_printed_once_someone_saw_what_shows_it(school, ana, keeper, code):
    waits = ask(school, ana, "Ana Lopez")
    assert "Your coordinator was asked." in waits.text
    assert "Ana Lopez" in waits.text
    (letter,) = [one for one in letters(school) if one.startswith(keeper.email)]
    assert "Lope" not in letter
    page = look(school, keeper)
    assert "Ana Lopez" in page.text
    unseen = page.submit("names", evidence="   ")
    assert unseen.status == 422
    assert "Say what you saw" in unseen.text
    done = page.submit("names", evidence="Driving licence, in person")
    assert "issued anew" in done.text
    assert states(school, ana) == [("Ana Lopez", State.VALID), ("Ana Lopes", State.REPLACED)]
    with school.database.reading() as session:
        row = session.scalars(select(NameCorrection)).one()
    assert (row.outcome, row.evidence) == ("approved", "Driving licence, in person")
    assert row.decided_by == keeper.id


def test_a_name_that_is_declined_stays_and_the_reason_is_read(school, ana, keeper, code):
    ask(school, ana, "Ana Lopez")
    page = look(school, keeper)
    assert decline(page, "").status == 422
    decline(page, "Please bring your new card")
    assert states(school, ana) == [("Ana Lopes", State.VALID)]
    assert "Please bring your new card" in school.browser(ana).open("/certificates/name").text
    assert all("new card" not in letter for letter in letters(school))
    assert "Your coordinator was asked." in ask(school, ana, "Ana Lopez").text


def test_one_request_at_a_time_and_it_can_be_taken_back(school, ana, keeper, code):
    page = ask(school, ana, "Ana Lopez")
    fields = page.fields() | {"name": ["Ana Other"]}
    fields.pop("withdraw")
    again = page.browser.post("/certificates/name", fields)
    assert again.status == 422
    assert "asked already" in again.text
    assert "Taken back" in page.submit("/certificates/name").text
    assert school.browser(keeper).open("/manage").soup.select(".notice a") == []
    same = ask(school, ana, "Ana Lopes")
    assert "the name we have" in same.text


@pytest.mark.parametrize("name", ["", " ", "x" * 200, "Ana \U0001f600"])
def test_names_that_cannot_be_printed_are_refused_in_words(school, ana, code, name):
    page = ask(school, ana, name)
    assert page.status == 422
    assert page.soup.select(".error")


def test_what_was_decided_in_another_tab_is_not_decided_twice(school, ana, keeper, code):
    ask(school, ana, "Ana Lopez")
    first, second = look(school, keeper), look(school, keeper)
    first.submit("names", evidence="Licence")
    late = second.submit("names", evidence="Licence")
    assert late.status == 409
    assert len(states(school, ana)) == 2


def test_a_suspended_certificate_has_to_be_settled_first(school, ana, keeper, code):
    ask(school, ana, "Ana Lopez")
    with school.database.writing() as session:
        row = certificates.look_up(session, code, school.now, school.office).certificate
        suspending.suspend(session, school.now, row, keeper.id)
        session.commit()
    page = look(school, keeper).submit("names", evidence="Licence")
    assert page.status == 409
    assert "suspended" in page.text
    assert states(school, ana) == [("Ana Lopes", State.SUSPENDED)]


def test_a_coordinator_of_another_cohort_never_sees_the_request(school, ana, code):
    ask(school, ana, "Ana Lopez")
    with school.database.reading() as session:
        ref = session.scalars(select(NameCorrection.ref)).one()
    stranger = school.browser(school.person(Role.COORDINATOR, school.cohort("Autumn")))
    assert stranger.open(f"/manage/names/{ref}").status == 404
    assert "Lope" not in stranger.open("/manage").text


def test_a_coordinator_who_corrects_unasked_says_what_they_saw(school, ana, keeper, code):
    page = school.browser(keeper).open(f"/manage/certificates/{code}/name")
    assert page.submit("/name", name="Ana Lopez", evidence="").status == 422
    page.submit("/name", name="Ana Lopez", evidence="Passport, in a call")
    assert states(school, ana)[0] == ("Ana Lopez", State.VALID)
    asked = ask(school, ana, "Ana Maria Lopez")
    assert asked.status == 200
    newest = states(school, ana)
    with school.database.reading() as session:
        held = certificates.of_person(session, ana.id, school.now, school.office)
    led = school.browser(keeper).open(f"/manage/certificates/{held[0].facts.code}/name")
    assert "A name to be corrected" in led.text
    assert newest == states(school, ana)
