"""A coordinator gives one more go at a quiz: it opens at once, once, and only where it helps."""

import pytest

from lms.domain.people import Role
from lms.models.people import Cohort, Person
from lms.records import goes
from tests.school import School

QUIZ = "crisis-support"
GIVE = f"/quizzes/{QUIZ}"


@pytest.fixture
def cohort(school: School) -> Cohort:
    return school.cohort()


@pytest.fixture
def learner(school: School, cohort: Cohort) -> Person:
    """Someone who has used every go."""
    made = school.person(Role.LEARNER, cohort)
    school.read_all(made, QUIZ)
    for _ in range(school.shelf.current().quizzes[QUIZ].attempts):
        school.take_quiz(made, QUIZ, right=False)
        school.pass_time(hours=13)
    return made


def test_a_go_given_opens_the_quiz_at_once(school: School, cohort: Cohort, learner: Person):
    assert "used every go" in school.browser(learner).open(f"/quizzes/{QUIZ}").text
    desk = school.browser(school.person(Role.COORDINATOR, cohort))
    page = desk.open(f"/manage/people/{learner.ref}")
    assert "3 of 3 goes used" in page.text
    given = page.submit(GIVE)
    assert "Another go is given" in given.text
    assert "3 of 4 goes used" in given.text
    front = school.browser(learner).open(f"/quizzes/{QUIZ}")
    assert "Goes left 1" in front.text
    assert front.submit(f"/quizzes/{QUIZ}").path.startswith("/attempts/")


def test_the_form_sent_twice_gives_one_go(school: School, cohort: Cohort, learner: Person):
    desk = school.browser(school.person(Role.COORDINATOR, cohort))
    page = desk.open(f"/manage/people/{learner.ref}")
    page.submit(GIVE)
    page.submit(GIVE)
    with school.database.reading() as session:
        quiz = school.shelf.current().quizzes[QUIZ]
        (mine,) = goes.standing(session, learner.id, [quiz])
    assert mine.extra == 1


def test_the_learner_gets_a_letter(school: School, cohort: Cohort, learner: Person):
    desk = school.browser(school.person(Role.COORDINATOR, cohort))
    desk.open(f"/manage/people/{learner.ref}").submit(GIVE)
    outbox = school.browser(school.person(Role.OPERATOR)).open("/operate")
    assert "You have another go at a quiz" in outbox.text


def test_a_passed_quiz_offers_no_other_go_and_refuses_one(school: School, cohort: Cohort):
    passed = school.person(Role.LEARNER, cohort)
    school.read_all(passed, QUIZ)
    school.take_quiz(passed, QUIZ)
    desk = school.browser(school.person(Role.COORDINATOR, cohort))
    page = desk.open(f"/manage/people/{passed.ref}")
    assert not page.soup.select(f"form[action$='{GIVE}']")
    refused = desk.post(f"{page.path}{GIVE}", page.fields(), follow=False)
    assert refused.status == 409
    assert "already done" in refused.text


def test_a_quiz_of_another_program_is_not_there(school: School, cohort: Cohort, learner: Person):
    desk = school.browser(school.person(Role.COORDINATOR, cohort))
    page = desk.open(f"/manage/people/{learner.ref}")
    assert desk.post(f"{page.path}/quizzes/no-such-quiz", page.fields()).status == 404
