"""A canary in every record: a board meets it only where a holder released it, and nobody else."""

import pytest
from sqlalchemy import select

from lms.domain.people import Role
from lms.domain.release import Scope, Verdict
from lms.models.certificates import Certificate
from lms.models.hours import LedgerEntry, LiveSession
from lms.models.people import Cohort, Person
from lms.models.role_plays import RolePlay
from lms.models.vouching import ConfirmationRequest
from lms.records import pack_drafts
from tests.bureau import RULE, Bureau, bureau
from tests.logged import ask, log_shift
from tests.school import HOST, School
from tests.seating import Seated
from tests.security.crawling import crawl
from tests.security.marking import WRITTEN, marked

MARK = "canary7f3k"
LINE_DOORS = ("hours/lines", "manage/hours", "manage/transfers")


@pytest.fixture
def cohort(school: School) -> Cohort:
    return school.cohort()


def everything(school: School, person: Person) -> str:
    """Every page a person can reach by links, after opening what they may open."""
    browser = school.browser(person)
    for page in [browser.open("/board")] if "board" in person.email else []:
        for link in page.soup.select("a[href^='/board/releases/']"):
            door = browser.open(link["href"])
            if door.soup.select("form[action$='/open']"):
                door.submit("/open")
    if "Head" in person.name:
        browser.open("/board/draft").submit("/board/draft", text=RULE)
        tried = browser.open("/board/draft")
        if tried.soup.select("form[action$='/preview']"):
            tried.submit("/preview")
    return "\n".join(crawl(browser, skip="/verify").values())


def by_program(school: School, board: Bureau) -> str:
    """All that a program of the board is told of the releases it can list."""
    client = school.app.test_client()
    key = {"Authorization": f"Bearer {Seated(board, school.browser()).key()}"}
    listed = client.get("/api/v1/releases", base_url=HOST, headers=key)
    paths = [f"/api/v1/releases/{one['ref']}" for one in listed.json["releases"]]
    told = [client.get(path, base_url=HOST, headers=key).text for path in paths]
    return "\n".join([listed.text, *told])


def test_a_board_meets_nothing_of_whoever_released_nothing_to_it(school: School, cohort: Cohort):
    ours, other = bureau(school), bureau(school, "Delaware Board")
    shown = marked(school, cohort, "shown")
    ours.release(shown)
    marked(school, cohort, MARK)  # released nothing at all
    elsewhere = marked(school, cohort, MARK)
    theirs = other.release(elsewhere)
    other.decide(theirs, Verdict.ASKED_BACK, f"Question{MARK}")
    with school.database.writing() as session:
        pack_drafts.save(session, school.now, other.board, f"title: Draft{MARK}", 0, other.head)
        session.commit()
    ended = marked(school, cohort, MARK)
    ours.end(ours.release(ended))
    ran_out = marked(school, cohort, MARK)
    ours.release(ran_out, days=0.01)
    school.pass_time(hours=1)
    for person in (ours.reader, ours.reviewer, ours.head):
        seen = everything(school, person)
        assert "Nameshown" in seen
        assert "Vouchershown" in seen
        assert MARK not in seen
    told = by_program(school, ours)
    assert "Supervisorshown" in told
    assert MARK not in told


@pytest.mark.parametrize(
    ("scope", "hidden"),
    [
        (Scope.EXISTENCE, ["Voucher", "Practice", "Training:", "Recovery:", "1 h"]),
        (Scope.HOURS, ["Voucher", "Practice", "Recovery:"]),
    ],
)
def test_a_smaller_scope_shows_nothing_beyond_it_on_any_page(
    school: School, cohort: Cohort, scope: Scope, hidden: list[str]
):
    ours: Bureau = bureau(school)
    ours.release(marked(school, cohort, "shown"), scope)
    pages = everything(school, ours.head) + by_program(school, ours)
    assert "Nameshown" in pages
    hidden = [*hidden, *(f"{word}shown" for word in WRITTEN)]
    # The board's own draft, which its head typed, is no record.
    found = [words for words in hidden if words in pages.replace(RULE, "")]
    assert found == []


def test_assessors_coordinators_and_operators_see_no_release_and_no_other_record(
    school: School, cohort: Cohort
):
    ours = bureau(school)
    hidden = marked(school, cohort, MARK)
    ref = ours.release(hidden)
    autumn = school.cohort("Autumn")
    for role in (Role.ASSESSOR, Role.COORDINATOR, Role.OPERATOR, Role.LEARNER):
        at = autumn if role in (Role.ASSESSOR, Role.COORDINATOR, Role.LEARNER) else None
        seen = everything(school, school.person(role, at))
        if role is Role.OPERATOR:
            # Who teaches here is an operator's to know; nothing of the learner is.
            seen = seen.replace(f"Voucher{MARK}", "")
        assert MARK not in seen
        assert ref not in seen


def test_a_supervisor_meets_the_lines_they_are_asked_about_and_nothing_else(
    school: School, cohort: Cohort
):
    marked(school, cohort, MARK)
    learner = marked(school, cohort, MARK, "Lena Brook")
    with school.database.writing() as session:
        mine = session.merge(learner)
        token = ask(session, school, mine, log_shift(session, school, mine, 9))[1]
        session.commit()
    pages = crawl(school.browser(), f"/confirm/{token}")
    assert "Drop-in shift" in pages[f"/confirm/{token}"]
    assert len(pages) > 5, "the links of the page lead on"
    assert MARK not in "\n".join(pages.values())
    assert learner.email not in "\n".join(pages.values())


def test_no_address_of_a_hidden_learner_opens_to_people_of_another_cohort(
    school: School, cohort: Cohort
):
    hidden = marked(school, cohort, MARK)
    ref = bureau(school).release(hidden)
    with school.database.reading() as session:
        lines = session.scalars(select(LedgerEntry.ref).where(LedgerEntry.person_id == hidden.id))
        doors = [f"/{door}/{line}" for line in lines for door in LINE_DOORS]
        asked = select(ConfirmationRequest.ref).where(ConfirmationRequest.person_id == hidden.id)
        doors += [f"/hours/confirmations/{one}" for one in session.scalars(asked)]
        doors += [f"/sessions/{one}" for one in session.scalars(select(LiveSession.ref))]
        doors += [f"/grading/{one}" for one in session.scalars(select(RolePlay.ref))]
        codes = session.scalars(select(Certificate.code)).all()
    doors += [f"/certificates/{code}.pdf" for code in codes]
    doors += [f"/manage/people/{hidden.ref}", f"/manage/cohorts/{cohort.ref}/requirements"]
    doors += [f"/releases/{ref}", f"/board/releases/{ref}"]
    autumn = school.cohort("Autumn")
    people = [school.person(role, autumn) for role in (Role.ASSESSOR, Role.COORDINATOR)]
    for person in (*people, bureau(school, "Delaware Board").head):
        browser = school.browser(person)
        for door in doors:
            answer = browser.client.get(door, base_url=HOST, follow_redirects=True)
            assert answer.status_code in (403, 404), (person.name, door)
            assert MARK not in answer.text, (person.name, door)
