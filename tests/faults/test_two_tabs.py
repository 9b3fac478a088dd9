"""A page that was opened earlier never overwrites silently what was saved since."""

import pytest
from bs4 import Tag
from sqlalchemy import select

from lms.domain.people import Role
from lms.models.attempts import Answer
from lms.models.people import Cohort, Person
from lms.models.role_plays import Reply, SheetRow
from lms.records import learning, role_plays
from tests.browsing import Browser, Page
from tests.faults.at_once import filled, send
from tests.school import PROGRAM, School

MODULE = "ethics-and-scope"
SCENARIO = "a-ride-home"
AUTOSAVE = {"X_Autosave": "1"}


@pytest.fixture
def cohort(school: School) -> Cohort:
    return school.cohort()


@pytest.fixture
def learner(school: School, cohort: Cohort) -> Person:
    person = school.person(Role.LEARNER, cohort)
    school.read_all(person)
    return person


@pytest.fixture
def mine(school: School, learner: Person) -> Browser:
    return school.browser(learner)


@pytest.fixture
def question(mine: Browser) -> Page:
    """A question of a running attempt that is answered by one choice."""
    page = mine.open(f"/quizzes/{MODULE}").submit("/quizzes/")
    while not page.soup.select("input[type=radio]"):
        page = page.submit("/attempts/")
    return page


@pytest.fixture
def turn(school: School, learner: Person, mine: Browser) -> Page:
    """The first turn of a written role-play."""
    with school.database.writing() as session:
        way = learning.way(session, school.shelf, learner.id, PROGRAM)
        play = role_plays.begin(session, school.now, way, SCENARIO, "written", learner)
        session.commit()
    return mine.open(f"/role-plays/answers/{play.ref}/1")


def versions(page: Page) -> list[Tag]:
    return page.soup.select(".version")


def newest(school: School, what: type, field: str) -> object:
    with school.database.reading() as session:
        row = session.scalars(select(what).order_by(what.revision.desc()).limit(1)).one()
        return getattr(row, field)


def keep(page: Page, number: int) -> tuple[int, str]:
    """Press the button of one of two versions."""
    form = versions(page)[number].select_one("form")
    fields = {field["name"]: field["value"] for field in form.select("input")}
    return send(page.browser, (form["action"], fields))


@pytest.mark.parametrize(("choice", "kept"), [(0, "2"), (1, "1")])
def test_an_answer_from_an_old_page_shows_both_and_the_chosen_one_stands(
    school: School, question: Page, mine: Browser, choice: int, kept: str
):
    old = filled(question, "/attempts/", answer=2)
    send(mine, filled(question, "/attempts/", answer=1, once="another tab"))
    page = mine.post(*old)
    assert page.status == 409
    assert len(versions(page)) == 2
    assert keep(page, choice)[0] == 303
    shown = mine.open(question.path)
    assert [option["value"] for option in shown.soup.select("input[checked]")] == [kept]


def test_an_old_page_that_pauses_is_told_and_saves_nothing(
    school: School, question: Page, mine: Browser
):
    old = filled(question, "/attempts/", answer=2)
    send(mine, filled(question, "/attempts/", answer=1, once="another tab"))
    before = newest(school, Answer, "id")
    said = mine.post(*old, follow=False, **AUTOSAVE)
    assert said.status == 409
    assert "another tab" in said.response.get_json()["message"]
    assert newest(school, Answer, "id") == before


@pytest.mark.parametrize(("choice", "kept"), [(0, "I am listening."), (1, "Tell me more.")])
def test_a_reply_from_an_old_page_shows_both_and_the_chosen_one_stands(
    school: School, turn: Page, mine: Browser, choice: int, kept: str
):
    old = filled(turn, "/role-plays/", reply="I am listening.")
    send(mine, filled(turn, "/role-plays/", reply="Tell me more.", once="another tab"))
    page = mine.post(*old)
    assert page.status == 409
    assert {"I am listening.", "Tell me more."} <= {
        field["value"] for field in page.soup.select(".version input[name=reply]")
    }
    assert keep(page, choice)[0] == 303
    assert newest(school, Reply, "text") == kept


def test_a_sheet_from_an_old_page_shows_what_differs_and_goes_on_from_there(
    school: School, cohort: Cohort, learner: Person
):
    desk = school.browser(school.person(Role.ASSESSOR, cohort))
    ref = school.hand_in(learner, SCENARIO)
    page = desk.open(f"/grading/{ref}")
    field = page.soup.select_one("textarea")["name"]
    old = filled(page, "/grading/", **{field: "From the old page"})
    send(desk, filled(page, "/grading/", **{field: "From the other tab"}, once="another tab"))
    both = desk.post(*old)
    assert both.status == 409
    assert "From the old page" in both.text
    assert "From the other tab" in both.text
    assert "From the other tab" in str(newest(school, SheetRow, "ratings"))
    assert both.submit("/grading/").status == 200
    assert "From the old page" in str(newest(school, SheetRow, "ratings"))


def test_after_handing_in_an_old_page_changes_nothing(
    school: School, question: Page, mine: Browser
):
    old = filled(question, "/attempts/", answer=1)
    check = question.path.rsplit("/", 1)[0] + "/check"
    mine.open(check).submit("/submit")
    with school.database.reading() as session:
        before = session.scalars(select(Answer.id)).all()
    assert mine.post(*old).path.endswith("/result")
    with school.database.reading() as session:
        assert session.scalars(select(Answer.id)).all() == before
