"""Who has stopped in a cohort, where and why; letters within a budget, or none."""

import pytest
from sqlalchemy import select

from lms.domain.people import Role
from lms.models.journal import OutboxJob
from lms.records import nudging, people
from tests.school import PROGRAM, School
from tests.web.test_query_budget import counted

QUIZ = "boundaries-and-self-disclosure"


@pytest.fixture
def cohort(school: School):
    return school.cohort()


@pytest.fixture
def keeper(school: School, cohort):
    return school.person(Role.COORDINATOR, cohort, name="Cora Lane")


def letters(school: School) -> list[str]:
    with school.database.reading() as session:
        jobs = session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail"))
        return [job.body["to"] for job in jobs]


def open_page(school: School, cohort, keeper):
    return school.browser(keeper).open(f"/manage/cohorts/{cohort.ref}/stuck")


def test_who_stands_still_is_listed_with_the_place_and_the_time(school, cohort, keeper):
    slow = school.person(Role.LEARNER, cohort, name="Ana Ruiz")
    school.read_all(slow, QUIZ)
    school.pass_time(days=15)
    fresh = school.person(Role.LEARNER, cohort, name="Ben Okoye")
    page = open_page(school, cohort, keeper)
    assert "1 of 2 learners has not moved for 14 days" in page.text
    assert "15 days without a move" in page.text
    assert "Can go on" in page.text
    assert "Next: " in page.text
    assert fresh.name not in page.text


def test_letters_stay_within_the_budget_and_stop(school, cohort, keeper):
    ana = school.person(Role.LEARNER, cohort, name="Ana Ruiz")
    for number in range(1, 4):
        school.pass_time(days=15)
        page = open_page(school, cohort, keeper).submit("stuck")
        assert "1 letter is on its way." in page.text
        assert letters(school) == [ana.email] * number
        again = open_page(school, cohort, keeper)
        wanted = "three had no answer" if number == 3 else "one went out within two weeks"
        assert wanted in again.text
        forged = {"csrf_token": token(again), "person": ana.ref}
        assert "0 letters are on their way." in again.browser.post(again.path, forged).text
        assert len(letters(school)) == number
    school.pass_time(days=60)
    assert "No more letters" in open_page(school, cohort, keeper).text
    school.read_all(ana, QUIZ)
    school.pass_time(days=15)
    open_page(school, cohort, keeper).submit("stuck")
    assert len(letters(school)) == 4, "going on begins the count anew"


def token(page) -> str:
    return page.browser.open("/account").fields()["csrf_token"][0]


def test_who_wants_no_letters_gets_none(school, cohort, keeper):
    ana = school.person(Role.LEARNER, cohort)
    page = school.browser(ana).open("/account").submit("letters")
    assert "You get no more such letters." in page.text
    school.pass_time(days=20)
    page = open_page(school, cohort, keeper)
    assert "they asked for none" in page.text
    assert not page.soup.select("form[action$=stuck]")
    page = school.browser(ana).open("/account").submit("letters")
    assert "letters about going on again" in page.text
    assert "Send the letter" in open_page(school, cohort, keeper).text


def finish(school: School, learner, trainers, *, graded: bool = True, right: bool = True) -> None:
    """Everything but live time; without ``right`` every go at every quiz is used up."""
    library = school.shelf.current()
    asks = library.programs[PROGRAM].requires
    school.read_all(learner)
    for quiz in asks.quizzes:
        for _ in range(1 if right else library.quizzes[quiz].attempts):
            school.take_quiz(learner, quiz, right=right)
            school.pass_time(days=2)
    for scenario in asks.role_plays:
        ref = school.hand_in(learner, scenario)
        if graded:
            school.grade(ref, trainers)


def test_whoever_waits_for_us_is_told_apart_and_not_written_to(school, cohort, keeper):
    trainers = [school.person(Role.ASSESSOR, cohort) for _ in range(2)]
    names = ("Locked Out", "With Trainer", "Needs Meeting", "All Met")
    locked, waits, meeting, ready = (school.person(Role.LEARNER, cohort, name=n) for n in names)
    finish(school, locked, trainers, right=False)
    finish(school, waits, trainers, graded=False)
    finish(school, meeting, trainers)
    finish(school, ready, trainers)
    school.attend(ready, trainers[0], cohort, 700)
    school.pass_time(days=15)
    page = open_page(school, cohort, keeper)
    said = {li.a.text: li.text for li in page.soup.select("main li.person")}
    assert "no go is left at a quiz" in said["Locked Out"]
    assert "Waits for a trainer" in said["With Trainer"]
    assert "Waits for a live session" in said["Needs Meeting"]
    assert "can take the certificate" in said["All Met"]
    before = len(letters(school))
    page.submit("stuck")
    assert letters(school)[before:] == [ready.email]


def test_a_whole_cohort_costs_as_many_statements_as_one_learner(school, cohort, keeper):
    for _ in range(3):
        school.person(Role.LEARNER, cohort)
    school.pass_time(days=15)
    browser = school.browser(keeper)
    with counted(school) as few:
        browser.open(f"/manage/cohorts/{cohort.ref}/stuck")
    for _ in range(12):
        school.person(Role.LEARNER, cohort)
    with counted(school) as many:
        page = browser.open(f"/manage/cohorts/{cohort.ref}/stuck")
    assert len(many) == len(few)
    assert "3 of 15 learners" in page.text


def test_the_letter_names_no_training(school, cohort, keeper):
    school.person(Role.LEARNER, cohort)
    school.pass_time(days=15)
    open_page(school, cohort, keeper).submit("stuck")
    with school.database.reading() as session:
        (job,) = session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail"))
    words = f"{job.body['subject']} {job.body['text']}".lower()
    for word in ("recovery", "peer", "training", "program", cohort.title.lower()):
        assert word not in words.replace("https://school.example", "")
    assert keeper.name in job.body["text"]


def test_an_account_that_is_closed_is_left_in_peace(school, cohort, keeper):
    ana = school.person(Role.LEARNER, cohort)
    with school.database.writing() as session:
        people.disable(session, school.now, session.merge(ana), None)
        session.commit()
    school.pass_time(days=30)
    with school.database.reading() as session:
        assert nudging.of_cohort(session, school.shelf, school.now, cohort) == []
