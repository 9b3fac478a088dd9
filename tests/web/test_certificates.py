"""Certificates: only when everything is met, frozen for good, and honest to any stranger."""

import re

import pytest
from sqlalchemy import select

from lms.domain.certificate import code_from, spaced
from lms.domain.people import Role
from lms.models.certificates import Certificate
from lms.models.people import Person
from lms.records import certificates, issuing, learning
from tests.browsing import Browser, Page
from tests.completing import QUIZZES, SCENARIOS, TWO_RATERS, Class, fresh
from tests.school import PROGRAM, School

UNKNOWN = code_from(7)


def issued(school: School) -> list[Certificate]:
    with school.database.reading() as session:
        return list(session.scalars(select(Certificate).order_by(Certificate.id)))


MISSING = [
    {"section"}, {QUIZZES[1]}, {SCENARIOS[0]}, {TWO_RATERS}, {"live"}, {"a minute"}, {"release"},
]  # fmt: skip


def test_with_one_thing_missing_there_is_no_certificate(school: School):
    for but in MISSING:
        made = Class.of(school)
        made.complete(but)
        page = made.claim()
        assert (but, page.status) == (but, 422)
        assert "Something is still missing" in page.text
    assert issued(school) == []


def test_with_everything_there_is_one_certificate_however_often_it_is_claimed(school: School):
    made = Class.of(school)
    made.complete()
    browser = school.browser(made.learner)
    page = browser.open("/certificates")
    assert "Ana Ruiz" in page.text
    page.submit("/certificates")
    assert made.claim().status == 200
    (row,) = issued(school)
    assert row.code == issued(school)[0].code
    assert spaced(row.code) in browser.open("/certificates").text
    assert browser.post("/certificates", fresh(browser) | {"program": ["none"]}).status == 404


def test_every_fact_stays_as_it_was_when_names_and_content_change(school: School):
    made = Class.of(school)
    made.complete()
    made.claim()
    (before,) = issued(school)
    page = school.browser().open(f"/verify/{before.code}")
    with school.database.writing() as session:
        session.get_one(Person, made.learner.id).name = "Quite Another"
        session.get_one(Person, made.raters[0].id).name = "Renamed Trainer"
        session.commit()
    school.pass_time(hours=3)
    made.meet(60)
    (after,) = issued(school)
    assert (after.facts, after.facts_digest) == (before.facts, before.facts_digest)
    assert facts_on(school.browser().open(f"/verify/{before.code}")) == facts_on(page)
    assert "Ana Ruiz" in page.text
    assert sum(line["minutes"] for line in before.facts["hours"]) == before.facts["minutes"]


def facts_on(page: Page) -> list[str]:
    return [" ".join(fact.text.split()) for fact in page.soup.select("dl dt, dl dd, td, th")]


def holder(school: School, name: str = "Ana Ruiz") -> tuple[Class, str]:
    made = Class.of(school, name)
    return made, school.certify(made.learner)


def correct(school: School, made: Class, code: str, name: str) -> Page:
    desk = school.browser(made.coordinator)
    return desk.open(f"/manage/certificates/{code}/name").submit(
        "/name", name=name, evidence="Licence, seen"
    )


def as_json(browser: Browser, code: str) -> tuple[int, dict]:
    response = browser.open(f"/verify/{code}", Accept="application/json").response
    return response.status_code, response.get_json()


def test_a_corrected_certificate_links_both_ways_and_the_old_page_forgets_the_old_name(
    school: School,
):
    made, old = holder(school, "Deadname Ruiz")
    school.pass_time(days=3)
    assert "A corrected one is issued." in correct(school, made, old, "Ana  Ruiz ").text
    new = issued(school)[-1].code
    stranger = school.browser()
    old_page = stranger.open(f"/verify/{old}")
    assert "Deadname" not in old_page.response.get_data(as_text=True)
    assert "A newer certificate took its place on 5 March 2026" in old_page.text
    new_page = old_page.click("See the newer certificate")
    assert new_page.path == f"/verify/{new}"
    assert "Ana Ruiz" in new_page.text
    assert spaced(old) in new_page.text
    status, body = as_json(stranger, old)
    assert (status, body["state"], body["since"]) == (200, "replaced", "2026-03-05")
    assert body["replaced_by"] == new
    assert "Deadname" not in str(body)
    _status, body = as_json(stranger, new)
    assert (body["state"], body["facts"]["replaces"]) == ("valid", old)
    assert body["facts"]["completed_on"] == issued(school)[0].facts["completed_on"]
    gone = school.browser(made.coordinator)
    assert gone.open(f"/manage/certificates/{old}/name").status == 409
    assert gone.open(f"/manage/certificates/{old}/revoke").status == 409


def test_a_name_that_cannot_be_printed_is_refused_in_a_correction(school: School):
    made, code = holder(school)
    for name, said in (
        ("", "Enter the full name."),
        ("x" * 91, "can print 90"),
        ("Ana \U00012000", "\U00012000"),
    ):
        page = correct(school, made, code, name)
        assert page.status == 422
        assert said in page.text
    assert len(issued(school)) == 1


def test_a_name_with_letters_we_cannot_print_is_refused_with_the_letters_named(school: School):
    made = Class.of(school, "Ana \U00012000\U00012001")
    made.complete()
    page = made.claim()
    assert page.status == 422
    assert "\U00012000\U00012001" in page.text
    assert issued(school) == []
    assert (
        "Your name cannot be printed yet" in school.browser(made.learner).open("/certificates").text
    )


def test_a_revoked_certificate_says_when_and_why_and_is_not_claimed_anew(school: School):
    made, code = holder(school)
    school.pass_time(days=1)
    desk = school.browser(made.coordinator)
    address = f"/manage/certificates/{code}/revoke"
    assert "Choose the reason." in desk.open(address).submit("/revoke").text
    desk.open(address).submit("/revoke", reason="issued-in-error")
    stranger = school.browser()
    page = stranger.open(f"/verify/{code}")
    assert "Taken back on 3 March 2026. It was issued in error." in page.text
    _status, body = as_json(stranger, code)
    assert body["state"] == "revoked"
    assert (body["since"], body["reason"]) == ("2026-03-03", "issued-in-error")
    made.complete()
    assert "An earlier certificate was revoked" in made.claim().text
    shown = school.browser(made.learner).open("/certificates").text
    assert "needs a word with your coordinator" in shown
    assert len(issued(school)) == 1


def test_an_operator_may_issue_again_after_a_revocation(school: School):
    made, code = holder(school)
    with school.database.writing() as session:
        row = session.scalars(select(Certificate)).one()
        issuing.revoke(session, school.now, row, issuing.ReasonClass.HOLDER_ASKED, None)
        with pytest.raises(ValueError, match="already revoked"):
            issuing.revoke(session, school.now, row, issuing.ReasonClass.HOLDER_ASKED, None)
        with pytest.raises(ValueError, match="Change the newest one"):
            issuing.reissue(
                session, school.now, row, made.learner, "X", school.office, made.coordinator
            )
        session.commit()
    made.complete()
    with school.database.writing() as session:
        way = learning.way(session, school.shelf, made.learner.id, PROGRAM)
        again = issuing.issue(session, way, made.learner, school.now, school.office, anew=True)
        session.commit()
    assert (again.period, again.code != code) == (2, True)


def test_a_certificate_is_good_up_to_and_including_its_last_day(school: School):
    _made, code = holder(school)
    stranger = school.browser()
    school.now = school.now.replace(year=2028, hour=23)
    assert as_json(stranger, code)[1]["state"] == "valid"
    school.pass_time(hours=6)
    page = stranger.open(f"/verify/{code}")
    assert "It was valid up to and including 2 March 2028." in page.text
    _status, body = as_json(stranger, code)
    assert (body["state"], body["since"]) == ("expired", "2028-03-02")


def test_a_code_of_nobody_and_a_slip_of_typing_are_two_answers(school: School):
    stranger = school.browser()
    page = stranger.open(f"/verify/{UNKNOWN}")
    assert page.status == 404
    assert "We have never issued a certificate with this code." in page.text
    slip = stranger.open("/verify/hello")
    assert slip.status == 404
    assert "Most often a letter or number was misread." in slip.text
    for typed in (UNKNOWN, "hello"):
        assert as_json(stranger, typed)[0] == 404
        assert as_json(stranger, typed)[1]["state"] == "not-issued-by-us"


def test_a_code_is_read_however_it_is_typed(school: School):
    _made, code = holder(school)
    browser = school.browser()
    page = browser.open("/verify")
    for typed in (
        code,
        code.lower(),
        spaced(code),
        spaced(code).replace("-", " "),
        f"  {spaced(code).lower()}  ",
        code.replace("1", "l").replace("0", "o"),
        code.replace("1", "I").replace("0", "O"),
        f"https://school.example/verify/{code}",
        f"school.example/verify/{code}/",
    ):
        answer = page.browser.open(f"/verify?code={typed}")
        assert answer.path == f"/verify/{code}", typed
        assert "Ana Ruiz" in answer.text
    assert browser.open("/verify?code=").status == 200
    assert "Ana Ruiz" in browser.open(f"/verify/{spaced(code).lower()}").text


def test_a_strangers_answer_is_the_same_for_everyone_and_kept_by_no_index(school: School):
    made, code = holder(school)
    response = school.browser().open(f"/verify/{code}").response
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert "Accept" in response.headers["Vary"]
    assert "Set-Cookie" not in response.headers
    text = response.get_data(as_text=True)
    assert made.learner.email not in text
    assert re.search(
        r"Checked on 2 March 2026[^.]* UTC", school.browser().open(f"/verify/{code}").text
    )


def test_papers_are_for_the_holder_and_their_coordinator(school: School):
    made, code = holder(school)
    with school.database.writing() as session:
        for kind in ("certificate", "transcript"):
            row = session.scalars(select(Certificate)).one()
            certificates.keep_paper(
                session, school.now, row.id, kind, "t", b"%PDF-" + kind.encode()
            )
        session.commit()
    other = Class.of(school, "Ben Okoye")
    for kind, address in (
        ("certificate", f"/certificates/{code}.pdf"),
        ("transcript", f"/certificates/{code}-transcript.pdf"),
    ):
        for mine in (made.learner, made.coordinator):
            paper = school.browser(mine).open(address).response
            assert paper.data == b"%PDF-" + kind.encode()
            assert "attachment" in paper.headers["Content-Disposition"]
        for theirs in (other.learner, other.coordinator, made.raters[0]):
            assert school.browser(theirs).open(address).status == 404
    assert school.browser(school.person(Role.BOARD)).open(f"/certificates/{code}.pdf").status == 404
