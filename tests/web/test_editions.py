"""A new edition breaks nobody: who began goes on in theirs, who comes later gets the new one."""

from collections.abc import Callable

import pytest

from lms.content.editions import Body, Edition, Kind
from lms.domain.people import Role
from lms.models.people import Person
from lms.records import learning
from tests import publishing
from tests.completing import Class
from tests.school import PROGRAM, School
from tests.taught import taught

QUIZ = "crisis-support"
MODULE = "crisis-support"
pytestmark = pytest.mark.published_anew


@pytest.fixture(scope="module")
def editions() -> tuple[Edition, ...]:
    return taught()


def publish(
    school: School, editions: tuple[Edition, ...], kind: Kind, name: str, edit: Callable
) -> None:
    """Publish the tree with one edited edition."""
    publishing.publish(school, publishing.edited(editions, kind, name, edit))


def add_section(body: Body, rendered: Body) -> None:
    body["sections"].append({**body["sections"][0], "id": "brand-new", "title": "Brand new"})
    rendered["brand-new"] = rendered[body["sections"][0]["id"]]


def way(school: School, learner: Person) -> learning.Way:
    with school.database.reading() as session:
        return learning.way(session, school.shelf, learner.id, PROGRAM)


def test_a_learner_half_way_keeps_their_edition_and_a_newcomer_gets_the_new_one(
    school: School, editions: tuple[Edition, ...]
):
    cohort = school.cohort()
    half_way = school.person(Role.LEARNER, cohort)
    school.read_all(half_way, MODULE)
    before = way(school, half_way)
    publish(school, editions, Kind.MODULE, MODULE, add_section)
    after = way(school, half_way)
    assert after.progress == before.progress
    assert after.steps == before.steps
    newcomer = school.person(Role.LEARNER, cohort)
    assert way(school, newcomer).progress.of == before.progress.of + 1
    address = f"/learn/{PROGRAM}/{MODULE}/brand-new"
    assert school.browser(newcomer).open(address).status == 200
    assert school.browser(half_way).open(address).status == 404
    school.take_quiz(half_way, QUIZ)
    assert way(school, half_way).progress.done == before.progress.done + 1


def test_progress_never_falls_whatever_an_author_takes_out(
    school: School, editions: tuple[Edition, ...]
):
    made = Class.of(school)
    made.complete()
    before = way(school, made.learner)
    assert before.gaps == ()

    def shrink(body: Body, _rendered: Body) -> None:
        body["modules"] = [MODULE]
        body["requires"] = {**body["requires"], "quizzes": [QUIZ], "live_minutes": 6000}

    publish(school, editions, Kind.PROGRAM, PROGRAM, shrink)
    after = way(school, made.learner)
    assert (after.progress, after.gaps) == (before.progress, ())
    newcomer = school.person(Role.LEARNER, made.cohort)
    assert way(school, newcomer).program.requires.live_minutes == 6000


def test_an_old_result_reads_as_it_was_judged(school: School, editions: tuple[Edition, ...]):
    learner = school.person(Role.LEARNER, school.cohort())
    school.read_all(learner, MODULE)
    ref = school.take_quiz(learner, QUIZ)
    before = school.browser(learner).open(f"/attempts/{ref}/result").text

    def turn_round(body: Body, _rendered: Body) -> None:
        for item in body["items"]:
            item["stem"] = "Another question"
            for option in item["options"]:
                option["reason"] = "Another reason"
                option["correct"] = not option.get("correct", False)

    publish(school, editions, Kind.BANK, MODULE, turn_round)
    assert school.browser(learner).open(f"/attempts/{ref}/result").text == before
    assert "Another reason" not in before


def test_an_attempt_that_runs_is_scored_by_the_edition_it_began_in(
    school: School, editions: tuple[Edition, ...]
):
    learner = school.person(Role.LEARNER, school.cohort())
    school.read_all(learner, MODULE)
    browser = school.browser(learner)
    page = browser.open(f"/quizzes/{QUIZ}").submit("/quizzes/")
    ref = page.path.split("/")[2]
    shown = page.soup.select_one("legend").text

    def harder(body: Body, _rendered: Body) -> None:
        body.update(pass_percent=100, attempts=1, minutes=1)

    publish(school, editions, Kind.QUIZ, QUIZ, harder)
    school.pass_time(minutes=5)
    assert browser.open(page.path).soup.select_one("legend").text == shown
    school.answer_all(learner, ref)
    assert "Passed" in browser.open(f"/attempts/{ref}/check").submit("/submit").text
    assert "The quiz asks for 32." in browser.open(f"/attempts/{ref}/result").text


def test_a_role_play_is_rated_and_read_by_the_rubric_it_began_with(
    school: School, editions: tuple[Edition, ...]
):
    made = Class.of(school)
    school.read_all(made.learner)
    ref = school.hand_in(made.learner, "a-ride-home")
    rubric = school.shelf.current().scenarios["a-ride-home"].rubric

    def rename(body: Body, _rendered: Body) -> None:
        for criterion in body["criteria"]:
            criterion["title"] = "Renamed since"

    publish(school, editions, Kind.RUBRIC, rubric, rename)
    assert "Renamed since" not in school.browser(made.raters[0]).open(f"/grading/{ref}").text
    school.grade(ref, made.raters)
    page = school.browser(made.learner).open(f"/role-plays/feedback/{ref}")
    assert "Passed" in page.text
    assert "Renamed since" not in page.text


def test_a_publication_that_is_not_there_is_a_key_error(school: School):
    with pytest.raises(KeyError):
        school.shelf.at(4711)
