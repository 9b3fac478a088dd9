"""What a holder shows: their name on the check page or not, and links whose every look is seen."""

from io import BytesIO

import pytest
from sqlalchemy import select

from lms.domain.api_keys import KeyScope
from lms.domain.certificate import ReasonClass
from lms.domain.people import Role
from lms.models.certificates import Certificate
from lms.models.holding import ShareLink
from lms.models.people import Cohort
from lms.records import certificates, issuing
from lms.records.certificates import CERTIFICATE
from tests.log_kept import publish, with_key
from tests.school import School
from tests.seating import seat

NAME = "Ana Canary Lopes"


@pytest.fixture
def ana(school):
    return school.person(Role.LEARNER, school.cohort(), name=NAME)


@pytest.fixture
def code(school, ana):
    return school.certify(ana)


def keep_off(school: School, ana) -> None:
    page = school.browser(ana).open("/certificates").click("keep your name off")
    assert "Your name is off" in page.submit("public-name").text


def share(school: School, ana, code: str, **said: str) -> str:
    """Make a link; the path of its address."""
    page = school.browser(ana).open(f"/certificates/{code}/share").submit("share", **said)
    assert "The link is made" in page.text
    return page.soup.select("input[readonly]")[0]["value"].removeprefix("https://school.example")


def test_nobody_with_the_code_sees_a_name_that_is_kept_off(school, ana, code):
    keep_off(school, ana)
    publish(with_key(school))
    stranger = school.browser()
    page = stranger.open(f"/verify/{code}")
    assert "keeps their name off this page" in page.text
    shown = [
        page.response.text,
        stranger.open(f"/verify/{code}", Accept="application/json").response.text,
        stranger.open(f"/verify/{code}/record.json").response.text,
        (proof := stranger.open(f"/verify/{code}/proof")).response.text,
    ]
    assert proof.status == 200
    board = seat(school)
    bearer = {"Authorization": f"Bearer {board.key(KeyScope.VERIFY)}"}
    shown.append(stranger.open(f"/api/v1/certificates/{code}", **bearer).response.text)
    checked = board.browser.open("/board/check").submit("check", codes=f"1,{code}")
    shown.append(checked.response.text)
    assert [words for words in shown if "Canary" in words] == []
    assert "The holder keeps the name off" in checked.text


def test_a_board_still_learns_whether_the_name_on_its_paper_is_the_right_one(school, ana, code):
    keep_off(school, ana)
    board = seat(school)
    for name, answer in ((NAME, "Name: same"), ("Ben Forger", "Name: differs")):
        listed = f"code,name\n{code},{name}"
        page = board.browser.open("/board/check").submit("check", codes=listed)
        assert answer in page.text.replace("the same", "same")


def test_the_name_can_be_shown_again(school, ana, code):
    keep_off(school, ana)
    page = school.browser(ana).open(f"/certificates/{code}/share").submit("public-name")
    assert "The check page shows your name." in page.text
    assert NAME in school.browser().open(f"/verify/{code}").text


def test_a_corrected_certificate_keeps_the_name_off_too(school, ana, code):
    keep_off(school, ana)
    with school.database.reading() as session:
        cohort = session.scalars(select(Cohort)).one()
    keeper = school.person(Role.COORDINATOR, cohort)
    page = school.browser(keeper).open(f"/manage/certificates/{code}/name")
    page.submit("/name", name="Ana Canary Lopez", evidence="Licence")
    with school.database.reading() as session:
        newest = session.scalars(select(Certificate.code).order_by(Certificate.id.desc())).first()
    assert "Canary" not in school.browser().open(f"/verify/{newest}").text


def test_the_door_shows_nothing_and_every_look_is_seen_by_the_holder(school, ana, code):
    keep_off(school, ana)
    path = share(school, ana, code, scope="facts", days="30", label="The clinic")
    guest = school.browser()
    door = guest.open(path)
    assert "Canary" not in door.text
    assert code[:5] not in door.text
    assert door.response.headers["X-Robots-Tag"].startswith("noindex")
    mine = school.browser(ana).open(f"/certificates/{code}/share")
    assert "Nobody has opened it." in mine.text
    page = door.submit("shared")
    assert NAME in page.text
    assert "Download" not in page.text
    mine = school.browser(ana).open(f"/certificates/{code}/share")
    assert "Opened 1 time" in mine.text
    assert "The clinic" in mine.text


def test_the_least_a_link_shows_is_neither_name_nor_hours_nor_code(school, ana, code):
    path = share(school, ana, code, scope="state", days="7")
    page = school.browser().open(path).submit("shared")
    assert "Peer Support Foundations" in page.text
    assert "Valid" in page.text
    for secret in ("Canary", code[:5], "Hours by topic", "/verify/"):
        assert secret not in page.soup.select_one("main").decode(), secret
    refused = page.browser.post(f"{path}/certificate.pdf", school_fields(page))
    assert refused.status == 404


def school_fields(page) -> dict[str, list[str]]:
    """What any form carries, of a guest."""
    return page.browser.open("/sign-in").fields()


def test_papers_are_given_only_by_a_link_that_gives_them_and_each_is_a_look(school, ana, code):
    path = share(school, ana, code, scope="papers", days="90")
    page = school.browser().open(path).submit("shared")
    assert page.submit("certificate.pdf").status == 202
    with school.database.writing() as session:
        row = session.scalars(select(Certificate).where(Certificate.code == code)).one()
        certificates.keep_paper(session, school.now, row.id, CERTIFICATE, "1", b"%PDF-1.7 ours")
        session.commit()
    taken = page.submit("certificate.pdf")
    assert BytesIO(taken.response.data).read() == b"%PDF-1.7 ours"
    mine = school.browser(ana).open(f"/certificates/{code}/share")
    assert "Opened 2 times" in mine.text
    assert "The certificate was downloaded" in mine.text


def test_a_link_that_is_over_ended_or_made_up_shows_the_same_nothing(school, ana, code):
    path = share(school, ana, code, scope="facts", days="7")
    ended = share(school, ana, code, scope="facts", days="7", label="Other")
    with school.database.reading() as session:
        refs = [link.ref for link in session.scalars(select(ShareLink).order_by(ShareLink.id))]
    page = school.browser(ana).open(f"/certificates/{code}/share")
    page.submit(f"{refs[1]}/end")
    guest = school.browser()
    answers = [guest.open(ended), guest.open(path[:-1] + ("0" if path[-1] != "0" else "1"))]
    late = guest.open(path)
    assert late.status == 200
    school.pass_time(days=7)
    answers.append(guest.open(path))
    answers.append(guest.post(path, school_fields(late)))
    assert {answer.status for answer in answers} == {404}
    assert len({answer.soup.select_one("main").text for answer in answers}) == 1


def test_a_revoked_certificate_says_so_through_a_link_as_well(school, ana, code):
    path = share(school, ana, code, scope="facts", days="7")
    with school.database.writing() as session:
        row = session.scalars(select(Certificate).where(Certificate.code == code)).one()
        issuing.revoke(session, school.now, row, ReasonClass.ISSUED_IN_ERROR, None)
        session.commit()
    page = school.browser().open(path).submit("shared")
    assert "Revoked" in page.text
    assert "It was issued in error" in page.text


def test_links_of_others_cannot_be_made_seen_or_ended(school, ana, code):
    share(school, ana, code, scope="facts", days="7")
    with school.database.reading() as session:
        ref = session.scalars(select(ShareLink.ref)).one()
    other = school.browser(school.person(Role.LEARNER, school.cohort("Autumn")))
    assert other.open(f"/certificates/{code}/share").status == 404
    fields = other.open("/account").fields()
    assert other.post(f"/certificates/links/{ref}/end", fields).status == 404
    assert other.post(f"/certificates/{code}/public-name", fields).status == 404


def test_more_links_than_anyone_can_look_after_are_refused(school, ana, code):
    for number in range(20):
        share(school, ana, code, scope="state", days="7", label=f"Place {number}")
    page = school.browser(ana).open(f"/certificates/{code}/share")
    refused = page.submit("share", scope="state", days="7")
    assert refused.status == 422
    assert "Too many links are open" in refused.text
