"""A canary in every record: a board meets it only where a holder released it, and nobody else."""

import pytest

from lms.domain.people import Role
from lms.domain.release import Scope
from lms.models.people import Cohort, Person
from lms.records import standing
from tests.bureau import RULE, Bureau, bureau
from tests.school import School
from tests.security.crawling import crawl

MARK = "canary7f3k"


@pytest.fixture
def cohort(school: School) -> Cohort:
    return school.cohort()


def marked(school: School, cohort: Cohort, mark: str) -> Person:
    """A learner whose name, trainer, certificate and answers to a board carry a mark."""
    learner = school.person(Role.LEARNER, cohort, f"Name{mark}")
    school.attend(learner, school.person(Role.ASSESSOR, cohort, f"Voucher{mark}"), cohort, 60)
    school.certify(learner)
    pack = school.shelf.current().packs["md-cprs"]
    needs = {need.id: need for need in pack.versions[0].stages[0].needs}
    with school.database.writing() as session:
        said = {"recovery": (needs["recovery"], standing.Said("attested"))}
        standing.say(session, school.now, session.merge(learner), pack.id, said)
        session.commit()
    return learner


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


def test_a_board_meets_nothing_of_whoever_released_nothing_to_it(school: School, cohort: Cohort):
    ours, other = bureau(school), bureau(school, "Delaware Board")
    shown = marked(school, cohort, "shown")
    ours.release(shown)
    marked(school, cohort, MARK)  # released nothing at all
    elsewhere = marked(school, cohort, MARK)
    other.release(elsewhere)
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
    pages = everything(school, ours.head)
    assert "Nameshown" in pages
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
        assert MARK not in seen
        assert ref not in seen
