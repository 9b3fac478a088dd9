"""Certificates in numbers: given to a cohort, and taken back by two people."""

import pytest
from sqlalchemy import select

from lms.domain.certificate import State, spaced
from lms.domain.people import Role
from lms.domain.undertakings import End
from lms.formats.names import unprintable
from lms.models.certificates import Certificate, CertificateEvent
from lms.models.journal import OutboxJob
from lms.models.people import Person
from lms.models.undertakings import Undertaking, UndertakingLine
from lms.records import carrying_out, closing, issuing, learning
from tests.faults.ready import make_ready
from tests.school import PROGRAM, School


@pytest.fixture
def cohort(school):
    return school.cohort()


@pytest.fixture
def keeper(school, cohort):
    return school.person(Role.COORDINATOR, cohort, name="Kim Keeper")


def carry_out(school: School) -> None:
    """What the worker does."""
    with school.database.reading() as session:
        numbers = list(session.scalars(select(Undertaking.id)))
    for number in numbers:
        more = True
        while more:
            with school.database.writing() as session:
                more = carrying_out.carry_out_next(
                    session, school.shelf, school.now, school.office, number, unprintable
                )
                session.commit()


def certificates(school: School) -> list[Certificate]:
    with school.database.reading() as session:
        return list(session.scalars(select(Certificate).order_by(Certificate.id)))


def revoked(school: School) -> int:
    with school.database.reading() as session:
        rows = select(CertificateEvent).where(CertificateEvent.state == State.REVOKED)
        return len(session.scalars(rows).all())


def letters(school: School, subject: str) -> list[str]:
    with school.database.reading() as session:
        jobs = session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail"))
        return [job.body["to"] for job in jobs if subject in job.body["subject"]]


def give(school, cohort, keeper, learners):
    for _ in range(learners):
        make_ready(school, cohort, "claim")
    page = school.browser(keeper).open(f"/manage/cohorts/{cohort.ref}/certificates")
    return page.submit("certificates")


def test_everyone_who_met_everything_gets_one_and_the_page_says_how_far_it_is(
    school, cohort, keeper
):
    school.person(Role.LEARNER, cohort, name="Not Yet")
    following = give(school, cohort, keeper, 3)
    assert "3 certificates are given" in following.text
    assert "0 of 3 so far" in following.text
    assert following.response.headers["Refresh"] == "3"
    assert certificates(school) == []
    carry_out(school)
    page = following.browser.open(following.path)
    assert "3 of 3 are done" in page.text
    assert "Refresh" not in page.response.headers
    assert len(certificates(school)) == 3
    again = school.browser(keeper).open(f"/manage/cohorts/{cohort.ref}/certificates")
    assert "Nobody waits for one" in again.text
    assert "Not Yet" in again.text
    assert "Has one already" in again.text


def test_only_those_ticked_get_one(school, cohort, keeper):
    first, second = (make_ready(school, cohort, "claim") for _ in range(2))
    page = school.browser(keeper).open(f"/manage/cohorts/{cohort.ref}/certificates")
    ticked = page.soup.select("input[name=person]")[0]["value"]
    page.submit("certificates", person=[ticked])
    carry_out(school)
    assert [row.facts["holder"] for row in certificates(school)] == [first.name]
    page = school.browser(keeper).open(f"/manage/cohorts/{cohort.ref}/certificates")
    refused = page.submit("certificates", person=[])
    assert refused.status == 422
    assert "Choose at least one person" in refused.text
    assert second.name in refused.text


def test_who_takes_theirs_meanwhile_keeps_it_and_gets_no_second(school, cohort, keeper):
    following = give(school, cohort, keeper, 2)
    with school.database.writing() as session:
        line = session.scalars(select(UndertakingLine).order_by(UndertakingLine.id)).first()
        person_id = line.person_id

    with school.database.writing() as session:
        way = learning.way(session, school.shelf, person_id, PROGRAM)
        person = session.get_one(Person, person_id)
        issuing.issue(session, way, person, school.now, school.office)
        session.commit()
    carry_out(school)
    assert len(certificates(school)) == 2
    page = following.browser.open(following.path)
    assert "1 of 2 are done" in page.text
    assert "Has one already" in page.text


def codes(rows) -> str:
    return "\n".join(spaced(row.code) for row in rows)


def issued(school, cohort, keeper, number) -> list[Certificate]:
    give(school, cohort, keeper, number)
    carry_out(school)
    return certificates(school)


def ask(school, keeper, rows):
    page = school.browser(keeper).open("/manage/revocations")
    looked = page.submit("revocations", list=codes(rows))
    return looked.submit("revocations", reason="issued-in-error", bring="yes")


def test_few_are_revoked_by_one_person_after_a_look(school, cohort, keeper):
    rows = issued(school, cohort, keeper, 2)
    looked = (
        school.browser(keeper).open("/manage/revocations").submit("revocations", list=codes(rows))
    )
    assert "2 certificates would be revoked" in looked.text
    assert revoked(school) == 0
    without = looked.submit("revocations", bring="yes")
    assert without.status == 422
    assert "Choose a reason" in without.text
    assert (
        "2 certificates are revoked"
        in looked.submit("revocations", reason="issued-in-error", bring="yes").text
    )
    carry_out(school)
    assert revoked(school) == 2


def test_more_than_ten_wait_for_a_second_person(school, cohort, keeper):
    second = school.person(Role.COORDINATOR, cohort, name="Sam Second")
    operator = school.person(Role.OPERATOR, name="Olu Operator")
    rows = issued(school, cohort, keeper, 11)
    mine = ask(school, keeper, rows)
    assert "A second person has to agree" in mine.text
    carry_out(school)
    assert revoked(school) == 0
    assert sorted(letters(school, "agreement")) == sorted([second.email, operator.email])
    own = mine.browser.post(f"{mine.path}/agree", mine.fields())
    assert own.status == 403
    assert "You began this yourself" in own.text
    theirs = school.browser(operator).open(mine.path)
    assert rows[0].facts["holder"] not in theirs.text
    assert "A decision waits" in school.browser(operator).open("/operate").text
    home = school.browser(second).open("/manage")
    assert "A decision waits for a second person" in home.text
    page = home.browser.open(mine.path)
    assert rows[0].facts["holder"] in page.text
    agreed = page.submit("agree")
    assert "0 of 11 so far" in agreed.text
    carry_out(school)
    assert revoked(school) == 11
    again = agreed.browser.post(f"{mine.path}/agree", agreed.browser.open("/account").fields())
    assert again.status == 409


def test_what_was_given_up_is_never_carried_out(school, cohort, keeper):
    rows = issued(school, cohort, keeper, 11)
    page = ask(school, keeper, rows).submit("withdraw")
    assert "No certificate was changed" in page.text
    second = school.browser(school.person(Role.COORDINATOR, cohort))
    late = second.post(f"{page.path}/agree", second.open("/account").fields())
    assert late.status == 409
    carry_out(school)
    assert revoked(school) == 0


def test_ten_one_after_the_other_are_no_way_round(school, cohort, keeper):
    rows = issued(school, cohort, keeper, 11)
    ask(school, keeper, rows[:10])
    carry_out(school)
    assert revoked(school) == 10
    page = school.browser(keeper).open(f"/manage/certificates/{rows[10].code}/revoke")
    refused = page.submit("revoke", reason="issued-in-error")
    assert refused.status == 422
    assert "a second person has to agree" in refused.text
    assert "A second person has to agree" in ask(school, keeper, rows[10:]).text
    school.pass_time(hours=25)
    page = school.browser(keeper).open(f"/manage/certificates/{rows[10].code}/revoke")
    assert "is revoked" in page.submit("revoke", reason="issued-in-error").text


def test_two_lists_one_after_the_other_are_no_way_round_while_the_worker_is_busy(
    school, cohort, keeper
):
    rows = issued(school, cohort, keeper, 11)
    assert "0 of 10 so far" in ask(school, keeper, rows[:10]).text
    assert revoked(school) == 0
    assert "A second person has to agree" in ask(school, keeper, rows[10:]).text
    page = school.browser(keeper).open(f"/manage/certificates/{rows[10].code}/revoke")
    assert page.submit("revoke", reason="issued-in-error").status == 422
    carry_out(school)
    assert revoked(school) == 10


def test_a_list_with_faults_changes_nothing_and_names_each_row(school, cohort, keeper):
    rows = issued(school, cohort, keeper, 2)
    other = school.cohort("Autumn")
    stranger = school.person(Role.COORDINATOR, other)
    foreign = [*issued(school, other, stranger, 1)][-1]
    text = "\n".join(["code", rows[0].code, "nonsense", foreign.code, rows[0].code, rows[1].code])
    page = school.browser(keeper).open("/manage/revocations").submit("revocations", list=text)
    assert page.status == 422
    assert "Row 3: This is not one of our codes" in page.text
    assert "Row 4: No certificate of a learner of your cohorts" in page.text
    assert "Row 5: This code stands in an earlier row" in page.text
    assert foreign.facts["holder"] not in page.text
    fields = page.fields() | {"bring": ["yes"], "reason": ["issued-in-error"]}
    assert page.browser.post("/manage/revocations", fields).status == 422
    carry_out(school)
    assert revoked(school) == 0
    ask(school, keeper, rows[:1])
    carry_out(school)
    again = school.browser(keeper).open("/manage/revocations")
    assert "revoked or replaced already" in again.submit("revocations", list=rows[0].code).text


def test_coordinators_of_other_cohorts_see_nothing_of_it(school, cohort, keeper):
    page = give(school, cohort, keeper, 1)
    stranger = school.browser(school.person(Role.COORDINATOR, school.cohort("Autumn")))
    assert stranger.open(page.path).status == 404


def test_a_learner_who_deleted_their_account_gets_none(school, cohort, keeper):
    give(school, cohort, keeper, 2)
    with school.database.writing() as session:
        line = session.scalars(select(UndertakingLine).order_by(UndertakingLine.id)).first()

        person = session.get_one(Person, line.person_id)
        closing.delete_account(session, school.now, school.office, person)
        session.commit()
    carry_out(school)
    with school.database.reading() as session:
        ends = session.scalars(select(UndertakingLine.end).order_by(UndertakingLine.id)).all()
    assert ends == [End.MISSING, End.DONE]
