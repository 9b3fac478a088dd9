"""The provider's record: said by the operator, read by anyone, printed as it was on the day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.domain.people import Role
from lms.models.certificates import Certificate
from lms.models.journal import AuditEvent
from lms.models.provider import Evaluation
from lms.records import accreditation, drafting
from tests.school import PROGRAM, School


@pytest.fixture
def operator(school: School):
    return school.browser(school.person(Role.OPERATOR))


def say(operator, topic: str, words: str, starts: str = "2026-03-02"):
    page = operator.open("/operate/provider")
    return page.submit("/operate/provider", topic=topic, words=words, starts=starts)


def certified(school: School, learner) -> dict:
    code = school.certify(learner)
    with school.database.reading() as session:
        return session.scalar(select(Certificate).where(Certificate.code == code)).facts


def test_what_the_school_says_is_read_by_anyone_from_its_day_on(school, operator):
    assert "has not put any rules" in school.browser().open("/provider").text
    assert say(operator, "grievance", "Write to Sam. You hear within ten days.").status == 200
    say(operator, "rights", "From next week on: to be heard.", "2026-03-09")
    page = school.browser().open("/help").click("About this school")
    assert "You hear within ten days." in page.text
    assert "to be heard" not in page.text
    assert "Holds from then on" in operator.open("/operate/provider").text
    school.pass_time(days=8)
    assert "to be heard" in school.browser().open("/provider").text


def test_a_statement_for_a_day_that_is_over_is_refused(school, operator):
    page = say(operator, "rights", "To be heard", "2026-03-01")
    assert page.status == 422
    assert "from today on" in page.text
    assert "To be heard" in page.soup.select_one("textarea").text


def test_certificates_print_the_line_on_complaints_that_held_that_day(school, operator):
    cohort = school.cohort()
    before = certified(school, school.person(Role.LEARNER, cohort))
    say(operator, "grievance-on-paper", "Complaints: sam@school.example, answered in ten days.")
    after = certified(school, school.person(Role.LEARNER, cohort))
    assert before["retention"] == drafting.RETENTION
    assert after["retention"] == (
        f"{drafting.RETENTION} Complaints: sam@school.example, answered in ten days."
    )


def test_certificates_print_what_a_trainer_held_when_they_taught(school, operator):
    cohort = school.cohort()
    trainer = school.person(Role.ASSESSOR, cohort, name="Dev Surya")
    learner = school.person(Role.LEARNER, cohort)
    school.attend(learner, trainer, cohort, 60)
    for words, starts, ends in [
        ("CPRS 1", "2026-01-01", ""),
        ("old card", "2020-01-01", "2026-03-01"),
        ("by mistake", "2026-01-01", ""),
    ]:
        page = operator.open("/operate/trainers").click("Dev Surya")
        page = page.submit(trainer.ref, words=words, starts=starts, ends=ends, evidence="Card seen")
        assert "Kept." in page.text
    (form,) = [
        form for form in page.soup.select("form[action*=withdraw]") if "by mistake" in form.text
    ]
    page = page.submit(form["action"])
    assert "Taken back." in page.text
    assert certified(school, learner)["instructors"] == ["Dev Surya, CPRS 1"]
    assert "CPRS 1" in operator.open("/operate/trainers").text


@pytest.mark.parametrize(
    ("filled", "words"),
    [
        ({"words": "x" * 121}, "up to 120 characters"),
        ({"evidence": "x" * 301}, "up to 300 characters"),
        ({"ends": "2025-12-31"}, "The last day is before the first"),
        ({"starts": ""}, "Enter the day"),
    ],
)
def test_what_cannot_be_put_on_record_is_refused_in_words(school, operator, filled, words):
    trainer = school.person(Role.ASSESSOR, school.cohort())
    right = {"words": "CPRS", "starts": "2026-01-01", "ends": "", "evidence": "Card seen"}
    page = operator.open(f"/operate/trainers/{trainer.ref}").submit(trainer.ref, **right | filled)
    assert page.status == 422
    assert words in page.text


def test_a_line_that_was_brought_in_makes_nobody_an_instructor(school):
    cohort = school.cohort()
    learner = school.person(Role.LEARNER, cohort)
    desk = school.browser(school.person(Role.COORDINATOR, cohort))
    text = (
        "email,day,start,minutes,way,topics,title,evidence\n"
        f"{learner.email},2025-11-04,18:00,120,live in person,ethics,Evening 3,Binder 2"
    )
    page = desk.open(f"/manage/cohorts/{cohort.ref}/old-hours").submit("old-hours", list=text)
    page.submit("old-hours", bring="yes")
    facts = certified(school, learner)
    assert facts["minutes"] == 120
    assert facts["instructors"] == []


def evaluate(school: School, learner, **marks: object):
    page = school.browser(learner).open("/certificates").click("How was the course?")
    return page.submit("/evaluations", **marks)


def test_an_evaluation_is_kept_without_a_name_and_given_once(school):
    cohort = school.cohort()
    learner = school.person(Role.LEARNER, cohort)
    assert (
        "without your name" in evaluate(school, learner, taught="5", words="More role-plays").text
    )
    page = school.browser(learner).open(f"/evaluations/{PROGRAM}")
    assert "You have answered already" in page.text
    with school.database.reading() as session:
        (row,) = session.scalars(select(Evaluation))
        assert (row.answers, row.words, row.month) == (
            {"taught": 5}, "More role-plays", date(2026, 3, 1),
        )  # fmt: skip
        (note,) = session.scalars(select(AuditEvent).where(AuditEvent.tag == "evaluation:give"))
        assert note.actor_id is None


def test_an_empty_evaluation_is_sent_back(school):
    page = evaluate(school, school.person(Role.LEARNER, school.cohort()))
    assert page.status == 422
    assert "Answer one question or more" in page.text


def test_evaluations_are_shown_from_five_on(school, operator):
    cohort = school.cohort()
    for number in range(5):
        evaluate(school, school.person(Role.LEARNER, cohort), taught=str(5 - number // 4 * 4))
        text = school.browser().open("/provider").text
        assert ("4 of 5" in text) is (number == 4)
    assert "5 learners have evaluated the course." in operator.open("/operate/accreditation").text


def test_the_checklist_counts_who_taught_within_a_year_and_what_they_hold(school, operator):
    cohort = school.cohort()
    trainer = school.person(Role.ASSESSOR, cohort, name="Dev Surya")
    learner = school.person(Role.LEARNER, cohort)
    assert "Nobody has taught" in operator.open("/operate/accreditation").text
    school.attend(learner, trainer, cohort, 60)
    page = operator.open("/operate").click("Illinois accreditation")
    assert "0 of 1 trainers" in page.text
    operator.open(f"/operate/trainers/{trainer.ref}").submit(
        trainer.ref, words="CPRS", starts="2026-01-01", evidence="Card seen"
    )
    page = operator.open(f"/operate/accreditation?program={PROGRAM}")
    assert "1 of 1 trainers" in page.text
    assert "Advocacy:" in page.text
    assert "for the Illinois Certification Board to say" in page.text
    school.now += timedelta(days=366)
    with school.database.reading() as session:
        library = school.shelf.current()
        points = accreditation.of_program(
            session, school.now, school.office, library, library.programs[PROGRAM]
        )
    assert any("Nobody has taught" in str(s) for point in points for s in point.why)
