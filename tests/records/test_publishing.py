"""A new edition is told in words, refused where it would break someone; people move if asked."""

import pytest

from lms.content.changes import compare
from lms.content.editions import Body, Edition, Kind
from lms.content.library import Library, assemble
from lms.domain.people import Role
from lms.models.people import Cohort, Person
from lms.records import learning, publishing, role_plays
from lms.records.publishing import Moved, Plan
from tests.publishing import edited, publish, with_exam
from tests.school import PROGRAM, School
from tests.taught import taught

pytestmark = pytest.mark.published_anew
MODULE, QUIZ, RUBRIC = "crisis-support", "crisis-support", "crisis-conversation"
SCENARIO = "marcus-at-the-door"


@pytest.fixture(scope="module")
def editions() -> tuple[Edition, ...]:
    return taught()


@pytest.fixture(scope="module")
def before(editions: list[Edition]) -> Library:
    return assemble(editions)


def words(before: Library, editions: list[Edition]) -> list[str]:
    return [f"{c.about}: {c.words}" for c in compare(before, assemble(editions))]


def _word(body: Body, rendered: Body) -> None:
    section = body["sections"][0]["id"]
    rendered[section]["html"] = rendered[section]["html"].replace("the", "a", 3)


def _section_gone(body: Body, _rendered: Body) -> None:
    body["sections"].pop()


def _easier(body: Body, _rendered: Body) -> None:
    body["pass_percent"], body["attempts"] = 70, 5


def _other_key(body: Body, _rendered: Body) -> None:
    item = next(i for i in body["items"] if i["type"] == "single")
    for option in item["options"]:
        option["correct"] = not option.get("correct", False) and option is item["options"][-1]


def _other_stem(body: Body, _rendered: Body) -> None:
    body["items"][0]["stem"] += " What now?"


def _other_type(body: Body, _rendered: Body) -> None:
    item = next(i for i in body["items"] if i["type"] == "single")
    item["type"] = "multiple"


def _item_gone(body: Body, _rendered: Body) -> None:
    body["items"].pop()


def _criterion_gone(body: Body, _rendered: Body) -> None:
    body["criteria"].pop()


def _anchor(body: Body, _rendered: Body) -> None:
    body["criteria"][0]["levels"]["3"] += " And waits."


def _one_rater(body: Body, _rendered: Body) -> None:
    body["raters"] = 1


def _more_live(body: Body, _rendered: Body) -> None:
    body["requires"]["live_minutes"] = 150
    body["requires"]["role_plays"].remove(SCENARIO)


SAID = [
    (Kind.MODULE, MODULE, _word, "Module “Crisis support”: section “"),
    (Kind.MODULE, MODULE, _section_gone, "is gone"),
    (Kind.QUIZ, QUIZ, _easier, "Quiz “Crisis support quiz”: Percent to pass: 70, was 80"),
    (Kind.BANK, MODULE, _other_key, "has another right answer"),
    (Kind.BANK, MODULE, _other_stem, "is worded anew"),
    (Kind.BANK, MODULE, _item_gone, "is taken out"),
    (Kind.BANK, MODULE, _other_type, "was single and is multiple; give it a new id"),
    (Kind.RUBRIC, RUBRIC, _criterion_gone, "is gone"),
    (Kind.RUBRIC, RUBRIC, _anchor, "is worded anew"),
    (Kind.ROLE_PLAY, SCENARIO, _one_rater, "Raters: 1, was 2"),
    (Kind.PROGRAM, PROGRAM, _more_live, "Live minutes asked: 150, was 120"),
    (Kind.PROGRAM, PROGRAM, _more_live, f"the required role-play {SCENARIO} is taken out"),
]


@pytest.mark.parametrize(("kind", "name", "edit", "said"), SAID)
def test_each_change_is_a_sentence(before, editions, kind, name, edit, said):
    told = words(before, edited(editions, kind, name, edit))
    assert any(said in line for line in told), told
    assert len(told) <= 2


def test_the_same_tree_changes_nothing_and_a_new_exam_is_new(before, editions):
    assert words(before, editions) == []
    told = words(before, with_exam())
    assert "Quiz “Final exam”: is new" in told
    assert any("the required exam final-exam is added" in line for line in told)
    back = [f"{c.about}: {c.words}" for c in compare(assemble(with_exam()), before)]
    assert "Quiz “Final exam”: is gone" in back


def plan(school: School, editions: list[Edition]) -> Plan:
    with school.database.reading() as session:
        return publishing.plan(session, school.shelf.current(), assemble(editions))


def test_an_item_that_changes_its_type_is_refused(school: School, editions: list[Edition]):
    made = plan(school, edited(editions, Kind.BANK, MODULE, _other_type))
    assert len(made.stops) == 1
    assert "give it a new id" in made.stops[0]


def test_a_criterion_may_go_only_when_no_sheet_is_open(school: School, editions: list[Edition]):
    shorter = edited(editions, Kind.RUBRIC, RUBRIC, _criterion_gone)
    assert plan(school, shorter).stops == ()
    learner = school.person(Role.LEARNER, school.cohort())
    school.read_all(learner, MODULE)
    school.hand_in(learner, SCENARIO)
    (stop,) = plan(school, shorter).stops
    assert "while 1 role-plays wait for their trainers" in stop


def test_people_half_way_are_counted_by_program_and_graduates_are_not(
    school: School, editions: list[Edition]
):
    cohort = school.cohort()
    graduate, *_others = [school.person(Role.LEARNER, cohort) for _ in range(3)]
    school.certify(graduate)
    (touched,) = plan(school, edited(editions, Kind.QUIZ, QUIZ, _easier)).touched
    assert (touched.program, touched.people) == ("Peer Support Foundations", 2)


def move(school: School, cohort: Cohort) -> Moved:
    with school.database.writing() as session:
        current = school.shelf.current_id()
        moved = publishing.move(session, school.now, school.shelf.current(), current, [cohort])
        session.commit()
    return moved


def way(school: School, learner: Person) -> learning.Way:
    with school.database.reading() as session:
        return learning.way(session, school.shelf, learner.id, PROGRAM)


def test_moving_keeps_what_is_done_and_gives_what_is_new(school: School, editions: list[Edition]):
    cohort = school.cohort()
    learner = school.person(Role.LEARNER, cohort)
    school.read_all(learner, MODULE)
    school.take_quiz(learner, QUIZ)
    done = way(school, learner).done
    publish(school, with_exam())
    assert "quiz:final-exam" not in {s.key for s in way(school, learner).steps}
    assert move(school, cohort) == Moved(1, 0)
    assert way(school, learner).done == done
    assert "quiz:final-exam" in {s.key for s in way(school, learner).steps}
    assert move(school, cohort) == Moved(0, 0)


def test_whoever_is_in_the_middle_of_something_stays_until_it_is_over(
    school: School, editions: list[Edition]
):
    cohort = school.cohort()
    sitting, writing, free, elsewhere = [
        school.person(Role.LEARNER, c) for c in (cohort, cohort, cohort, school.cohort("Other"))
    ]
    for learner in (sitting, writing):
        school.read_all(learner, MODULE)
    school.browser(sitting).open(f"/quizzes/{QUIZ}").submit(f"/quizzes/{QUIZ}")
    with school.database.writing() as session:
        there = learning.way(session, school.shelf, writing.id, PROGRAM)
        role_plays.begin(session, school.now, there, SCENARIO, "written", writing)
        session.commit()
    old = school.shelf.current_id()
    publish(school, with_exam())
    assert move(school, cohort) == Moved(1, 2)
    assert way(school, free).enrolment.publication_id != old
    for learner in (sitting, writing, elsewhere):
        assert way(school, learner).enrolment.publication_id == old


def test_a_graduate_stays_in_the_edition_they_were_judged_by(school: School):
    cohort = school.cohort()
    graduate = school.person(Role.LEARNER, cohort)
    school.certify(graduate)
    publish(school, with_exam())
    assert move(school, cohort) == Moved(0, 0)
