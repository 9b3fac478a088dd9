"""A person in two programs: what is done counts in both, hours once, live time where it was."""

import pytest
from sqlalchemy import select

from lms.content.editions import Edition, Kind
from lms.domain.hours import Modality
from lms.domain.people import Grant, Role
from lms.models.people import Cohort, Person
from lms.models.role_plays import RolePlay
from lms.records import learning, people
from tests.publishing import publish
from tests.school import PROGRAM, School
from tests.taught import taught

pytestmark = pytest.mark.published_anew
RENEWAL = "ethics-renewal"


def renewal(**requires: object) -> list[Edition]:
    body = {
        "title": "Ethics renewal",
        "summary": "Ethics again.",
        "statement": "Continuing education.",
        "modules": ["ethics-and-scope"],
        "requires": {"quizzes": ["ethics-and-scope"], "live_minutes": 60, **requires},
    }
    return [*taught(), Edition.of(Kind.PROGRAM, RENEWAL, body)]


@pytest.fixture
def second(school: School) -> Cohort:
    publish(school, renewal())
    with school.database.writing() as session:
        made = people.add_cohort(session, school.now, "Renewal", RENEWAL)
        session.commit()
        return made


def join(school: School, learner: Person, cohort: Cohort) -> None:
    with school.database.writing() as session:
        learning.enrol(session, school.shelf, school.now, learner, RENEWAL, cohort.id)
        session.commit()


def ways(school: School, learner: Person) -> dict[str, learning.Way]:
    with school.database.reading() as session:
        return {w.program.id: w for w in learning.ways(session, school.shelf, learner.id)}


def test_a_module_passed_in_one_program_is_done_in_the_other_and_its_minutes_count_there(
    school: School, second: Cohort
):
    learner = school.person(Role.LEARNER, school.cohort())
    school.read_all(learner, "ethics-and-scope")
    school.read_all(learner, "crisis-support")
    school.take_quiz(learner, "ethics-and-scope")
    school.take_quiz(learner, "crisis-support")
    join(school, learner, second)
    found = ways(school, learner)
    assert "quiz:ethics-and-scope" in found[RENEWAL].done
    alone = {name: way.minutes[Modality.SELF_PACED] for name, way in found.items()}
    assert alone[RENEWAL] < alone[PROGRAM]
    assert [gap.kind for gap in found[RENEWAL].gaps] == ["live"]


def test_live_time_counts_in_the_program_it_was_held_for(school: School, second: Cohort):
    cohort = school.cohort()
    learner, trainer = school.person(Role.LEARNER, cohort), school.person(Role.ASSESSOR, cohort)
    join(school, learner, second)
    school.attend(learner, trainer, cohort, 90)
    school.pass_time(hours=3)
    school.attend(learner, trainer, second, 30)
    assert {name: way.live_minutes for name, way in ways(school, learner).items()} == {
        PROGRAM: 90,
        RENEWAL: 30,
    }


def test_a_certificate_shows_the_hours_of_its_own_program_only(school: School, second: Cohort):
    cohort = school.cohort()
    learner, trainer = school.person(Role.LEARNER, cohort), school.person(Role.ASSESSOR, cohort)
    join(school, learner, second)
    school.read_all(learner, "ethics-and-scope")
    school.take_quiz(learner, "ethics-and-scope")
    school.attend(learner, trainer, cohort, 90)
    school.pass_time(hours=3)
    school.attend(learner, trainer, second, 60)
    way = ways(school, learner)[RENEWAL]
    assert way.gaps == ()
    browser = school.browser(learner)
    page = browser.open("/certificates").submit("/certificates", program=RENEWAL)
    assert "Your certificate is issued" in page.text
    ledger = browser.open("/hours").text
    assert "1 h 30 min" in ledger
    code = next(a["href"] for a in page.soup.select("a[href]") if "/verify/" in a["href"])
    facts = browser.open(code).text
    whole = way.minutes[Modality.SELF_PACED] + 60
    assert f"Hours {whole // 60} h {whole % 60} min" in facts
    assert "role-plays judged" not in facts


def test_home_shows_both_and_no_two_parts_share_a_mark(school: School, second: Cohort):
    learner = school.person(Role.LEARNER, school.cohort())
    join(school, learner, second)
    page = school.browser(learner).open("/learn")
    assert page.status == 200
    assert "Ethics renewal" in page.text
    assert "Peer Support Foundations" in page.text


def test_a_trainer_observes_in_their_own_cohort_whoever_is_in_another_one_too(school: School):
    publish(school, renewal(role_plays=["the-pill-question"]))
    with school.database.writing() as session:
        renewing = people.add_cohort(session, school.now, "Renewal", RENEWAL)
        session.commit()
    first = school.cohort()
    learner, trainer = school.person(Role.LEARNER, first), school.person(Role.ASSESSOR, renewing)
    join(school, learner, renewing)
    with school.database.writing() as session:
        people.add_grant(session, learner, Grant(Role.LEARNER, renewing.id))
        session.commit()
    school.read_all(learner)
    desk = school.browser(trainer)
    chosen = {"learner": learner.ref, "scenario": "the-intake-form"}
    refused = desk.open("/grading/live").submit("/grading/live", **chosen)
    assert "not part of the learner's program" in refused.text
    chosen["scenario"] = "the-pill-question"
    sheet = desk.open("/grading/live").submit("/grading/live", **chosen)
    assert (sheet.status, sheet.path.startswith("/grading/")) == (200, True)
    with school.database.reading() as session:
        assert session.scalars(select(RolePlay.cohort_id)).all() == [renewing.id]


def test_someone_in_two_cohorts_is_listed_once_where_one_is_chosen(school: School, second: Cohort):
    cohort = school.cohort()
    learner, trainer = school.person(Role.LEARNER, cohort), school.person(Role.ASSESSOR, cohort)
    with school.database.writing() as session:
        people.add_grant(session, learner, Grant(Role.LEARNER, second.id))
        people.add_grant(session, trainer, Grant(Role.ASSESSOR, second.id))
        session.commit()
    page = school.browser(trainer).open("/grading/live")
    assert len(page.soup.select(f"option[value='{learner.ref}']")) == 1
