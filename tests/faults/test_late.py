"""When the time of a quiz runs out: what arrives in time counts, and nobody is left hanging."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.domain.people import Role
from lms.domain.quiz import GRACE, UNTIMED
from lms.jobs.outbox import Workshop, hand_in_overdue
from lms.models.attempts import Answer, Attempt
from lms.models.people import Cohort, Person
from lms.records import attempts, learning, people
from tests.browsing import Browser
from tests.faults.at_once import at_once, filled, send
from tests.school import PROGRAM, School

MODULE = "ethics-and-scope"
SECOND = timedelta(seconds=1)


@pytest.fixture
def workshop(school: School) -> Workshop:
    return Workshop(school.settings, school.database, school.shelf, lambda: school.now)


@pytest.fixture
def limit(school: School) -> timedelta:
    """How long the quiz lasts."""
    return timedelta(minutes=school.shelf.current().quizzes[MODULE].minutes)


def begin(school: School, learner: Person) -> str:
    with school.database.writing() as session:
        way = learning.way(session, school.shelf, learner.id, PROGRAM)
        ref = attempts.start(session, way, school.now, learner, MODULE).ref
        session.commit()
    return ref


def stored(school: School, what: type) -> list:
    with school.database.reading() as session:
        return list(session.scalars(select(what).order_by(what.id)))


@pytest.mark.parametrize("late", [-SECOND, timedelta(), GRACE - SECOND, GRACE], ids=str)
def test_an_answer_that_arrives_in_time_or_in_the_grace_counts(
    school: School, learner: Person, mine: Browser, limit: timedelta, late: timedelta
):
    page = mine.open(f"/attempts/{begin(school, learner)}/1")
    school.now += limit + late
    assert page.submit("/attempts/", answer=1).status == 200
    assert len(stored(school, Answer)) == 1


def test_an_answer_after_the_grace_is_told_and_what_was_saved_stays(
    school: School, learner: Person, mine: Browser, limit: timedelta
):
    page = mine.open(f"/attempts/{begin(school, learner)}/1")
    page.submit("/attempts/", answer=1)
    late = filled(mine.open(page.path), "/attempts/", answer=2)
    school.now += limit + GRACE + SECOND
    said = mine.post(*late, follow=False, X_Autosave="1")
    assert said.status == 409
    assert "closed" in said.response.get_json()["message"]
    check = mine.post(*late)
    assert check.path.endswith("/check")
    assert "The time is up" in check.text
    assert len(stored(school, Answer)) == 1
    assert check.submit("/submit").path.endswith("/result")


def test_the_worker_hands_in_what_was_saved_in_time(
    school: School, learner: Person, workshop: Workshop, limit: timedelta
):
    began = school.now
    school.answer_all(learner, begin(school, learner))
    school.now += limit + GRACE
    assert hand_in_overdue(workshop) == 0
    school.now += SECOND
    assert hand_in_overdue(workshop) == 1
    assert hand_in_overdue(workshop) == 0
    (attempt,) = stored(school, Attempt)
    assert attempt.passed
    assert attempt.submitted_at == began + limit


def test_the_worker_and_the_learner_hand_in_at_the_same_moment_once(
    school: School, learner: Person, mine: Browser, workshop: Workshop, limit: timedelta
):
    ref = begin(school, learner)
    school.answer_all(learner, ref)
    school.now += limit + GRACE + SECOND
    form = filled(mine.open(f"/attempts/{ref}/check"), "/submit")
    handed_in, answer = at_once([lambda: hand_in_overdue(workshop), lambda: send(mine, form)])
    assert handed_in in (0, 1)
    assert answer == (303, f"/attempts/{ref}/result")
    assert [attempt.passed for attempt in stored(school, Attempt)] == [True]


def test_people_without_limits_keep_nobody_from_being_handed_in(
    school: School, cohort: Cohort, learner: Person, limit: timedelta
):
    slow = school.person(Role.LEARNER, cohort)
    school.read_all(slow, MODULE)
    with school.database.writing() as session:
        people.set_time_factor(session, school.now, session.merge(slow), UNTIMED, slow.id)
        session.commit()
    begin(school, slow)
    school.now += SECOND
    ref = begin(school, learner)
    school.now += limit + GRACE + SECOND
    with school.database.writing() as session:
        (sitting,) = attempts.overdue(session, school.shelf, school.now, limit=1)
        assert sitting.attempt.ref == ref


def test_extended_time_reaches_a_running_attempt(
    school: School, cohort: Cohort, learner: Person, mine: Browser, workshop: Workshop,
    limit: timedelta,
):  # fmt: skip
    page = mine.open(f"/attempts/{begin(school, learner)}/1")
    desk = school.browser(school.person(Role.COORDINATOR, cohort))
    school.now += limit - SECOND
    path = f"/manage/people/{learner.ref}"
    assert desk.open(path).submit(path, factor=150).status == 200
    school.now += GRACE + 2 * SECOND
    assert hand_in_overdue(workshop) == 0
    assert page.submit("/attempts/", answer=1).path.endswith("/2")
    school.now += limit / 2
    assert hand_in_overdue(workshop) == 1
    assert len(stored(school, Answer)) == 1
