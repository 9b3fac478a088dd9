"""The exam: opens last, draws by its blueprint, tells areas and what to read, never a key."""

from collections import Counter

import pytest

from lms.domain.items import POINTS
from lms.domain.people import Role
from lms.models.people import Cohort, Person
from lms.records import attempts, hours, learning
from tests.browsing import Page
from tests.completing import QUIZZES, fresh
from tests.publishing import EXAM, publish, with_exam
from tests.school import PROGRAM, School

pytestmark = pytest.mark.published_anew
FRONT = f"/quizzes/{EXAM}"


@pytest.fixture
def cohort(school: School) -> Cohort:
    publish(school, with_exam())
    return school.cohort()


@pytest.fixture
def learner(school: School, cohort: Cohort) -> Person:
    """Someone who has read and passed everything before the exam."""
    made = school.person(Role.LEARNER, cohort)
    school.read_all(made)
    for quiz in QUIZZES:
        school.take_quiz(made, quiz)
    return made


def result(school: School, learner: Person, right: bool) -> Page:
    ref = school.take_quiz(learner, EXAM, right=right)
    return school.browser(learner).open(f"/attempts/{ref}/result")


def test_the_exam_opens_when_everything_before_it_is_done(school: School, cohort: Cohort):
    newcomer = school.person(Role.LEARNER, cohort)
    browser = school.browser(newcomer)
    assert "Opens when" in browser.open("/learn").text
    front = browser.open(FRONT)
    assert "Cannot start yet" in front.text
    assert "sections and quizzes that are left" in front.text
    assert browser.post(FRONT, fresh(browser)).status == 422


def test_it_draws_by_its_blueprint_and_runs_question_by_question(school: School, learner: Person):
    front = school.browser(learner).open(FRONT)
    assert "Questions 7" in front.text
    first = front.submit(FRONT)
    ref = first.path.split("/")[2]
    with school.database.reading() as session:
        items = attempts.sitting(session, school.shelf, learner, ref).items
    where = Counter(item.id.split("-")[0] for item in items)
    assert where["ethics"] == 3
    assert sum(where.values()) == 7
    assert all(item.category == "VIII" for item in items if not item.id.startswith("ethics"))
    for n in range(1, 8):
        assert school.browser(learner).open(f"/attempts/{ref}/{n}").status == 200
    assert school.browser(learner).open(f"/attempts/{ref}/check").status == 200


def test_a_pass_is_told_by_area_and_gives_no_hours(school: School, learner: Person):
    with school.database.reading() as session:
        before = len(hours.lines(session, learner.id))
    page = result(school, learner, right=True)
    assert "You have passed" in page.text
    cells = [[c.get_text() for c in row.select("th, td")] for row in page.soup.select("tbody tr")]
    assert cells == [["Ethics", "3", "12 of 12"], ["Crisis", "4", "16 of 16"]]
    with school.database.reading() as session:
        assert len(hours.lines(session, learner.id)) == before
        way = learning.way(session, school.shelf, learner.id, PROGRAM)
    assert f"quiz:{EXAM}" in way.done


def test_a_fail_names_what_to_read_again_and_shows_no_question_and_no_key(
    school: School, learner: Person
):
    page = result(school, learner, right=False)
    assert "Not yet: Final exam" in page.text
    assert "You have 1 go left." in page.text
    ref = page.path.split("/")[2]
    with school.database.reading() as session:
        sitting = attempts.sitting(session, school.shelf, learner, ref)
    library = sitting.library
    for item in sitting.items:
        module_id, _item = library.items[item.id]
        address = f"/learn/{PROGRAM}/{module_id}/{item.section}"
        assert page.soup.select(f'a[href="{address}"]'), address
        assert item.stem not in page.text
        assert all(option.reason not in page.text for option in item.options)


def test_points_stand_in_the_area_they_were_earned_in(school: School, learner: Person):
    with school.database.writing() as session:
        way = learning.way(session, school.shelf, learner.id, PROGRAM)
        ref = attempts.start(session, way, school.now, learner, EXAM).ref
        session.commit()
    school.answer_all(learner, ref)
    with school.database.writing() as session:
        sitting = attempts.sitting(session, school.shelf, learner, ref)
        for item in sitting.items:
            if item.id.startswith("ethics"):
                attempts.save(session, school.now, sitting, item, (), sitting.revision(item.id))
        attempts.submit(session, school.now, sitting)
        session.commit()
    page = school.browser(learner).open(f"/attempts/{ref}/result")
    assert "0 of 12" in page.text
    assert f"{4 * POINTS} of {4 * POINTS}" in page.text


def test_the_certificate_waits_for_the_exam_and_names_it(school: School, learner: Person):
    home = school.browser(learner).open("/learn")
    assert "1 quiz to pass" in home.text
    result(school, learner, right=True)
    facts = school.browser(learner).open("/verify/" + school.certify(learner)).text
    assert "Final exam: 7 questions, passed at 75 %" in facts
