"""Old hours from a list: looked through, then all kept or none, and never twice."""

import pytest
from sqlalchemy import select

from lms.domain.people import Grant, Role
from lms.models.hours import LedgerEntry
from lms.records import hours, people
from tests.logged import log_shift
from tests.school import PROGRAM, School

SPLIT = "ethics 60; boundaries 60"
HEAD = "email,day,start,minutes,way,topics,title,provider,evidence,pay\n"


@pytest.fixture
def cohort(school: School):
    return school.cohort()


@pytest.fixture
def learner(school: School, cohort):
    return school.person(Role.LEARNER, cohort, name="Ana Ruiz")


@pytest.fixture
def keeper(school: School, cohort):
    return school.person(Role.COORDINATOR, cohort, name="Cora Lane")


@pytest.fixture
def desk(school: School, keeper):
    return school.browser(keeper)


def lines(school: School, person) -> list[LedgerEntry]:
    with school.database.reading() as session:
        return hours.lines(session, person.id)


def address(cohort) -> str:
    return f"/manage/cohorts/{cohort.ref}/old-hours"


def bring(desk, cohort, text: str) -> None:
    looked = desk.open(address(cohort)).submit("old-hours", list=text)
    assert looked.status == 200
    looked.submit("old-hours", bring="yes")


def three(learner) -> str:
    return HEAD + "\n".join(
        [
            f"{learner.email},2025-11-04,18:00,120,live in person,{SPLIT},Evening 3,,Binder 2,",
            f"{learner.email.upper()},2025-10-12,,360,online,crisis,Crisis,River College,Seen,",
            f"{learner.email},2025-10-20,09:00,240,work,crisis,Drop-in,,,paid",
        ]
    )  # fmt: skip


def test_old_hours_are_kept_as_what_they_are(school, cohort, desk, learner, keeper):
    page = desk.open("/manage").click("Bring in old hours").submit("old-hours", list=three(learner))
    assert "3 lines would be brought in" in page.text
    for words in ("Counts at once", "Waits for a check", "Waits for a signature"):
        assert words in page.text
    assert lines(school, learner) == []
    page = page.submit("old-hours", bring="yes")
    assert "3 lines are brought in." in page.text
    elsewhere, work, held = lines(school, learner)
    assert (held.topics, held.voucher, held.needs) == (
        {"ethics": 60, "boundaries": 60}, keeper.name, "",
    )  # fmt: skip
    assert (held.program_id, held.origin, held.evidence) == (PROGRAM, "ours", "Binder 2")
    assert (elsewhere.origin, elsewhere.needs, elsewhere.voucher) == ("transferred", "check", "")
    assert (work.needs, work.pay, work.program_id) == ("signature", "paid", "")
    page = school.browser(learner).open("/hours")
    assert "Evening 3" in page.text
    assert "Cora Lane" in page.text


def test_the_same_list_again_counts_nothing_twice(school, cohort, desk, learner):
    desk.open(address(cohort)).submit("old-hours", list=three(learner)).submit(
        "old-hours", bring="yes"
    )
    page = desk.open(address(cohort)).submit("old-hours", list=three(learner))
    assert page.text.count("Stands already") == 3
    page = desk.post(address(cohort), page.fields("old-hours") | {"bring": "yes"})
    assert "0 lines are brought in." in page.text
    assert len(lines(school, learner)) == 3


def test_a_line_that_was_taken_back_can_be_brought_in_anew(school, cohort, desk, learner, keeper):
    desk.open(address(cohort)).submit("old-hours", list=three(learner)).submit(
        "old-hours", bring="yes"
    )
    with school.database.writing() as session:
        row = session.scalar(select(LedgerEntry).where(LedgerEntry.title == "Evening 3"))
        hours.reverse(session, school.now, row, "Wrong evening", keeper)
        session.commit()
    page = desk.open(address(cohort)).submit("old-hours", list=three(learner))
    assert "1 line would be brought in" in page.text
    page.submit("old-hours", bring="yes")
    assert sum(line.minutes for line in lines(school, learner)) == 120 + 360 + 240


FAULTS = [
    ("nobody@example.org,2025-11-04,18:00,60,online,ethics,X,,B,", "No learner of this cohort has"),
    ("{me},2025-11-04,18:30,60,online,ethics,Other,,B,", "The same time counts once"),
    ("{me},2025-11-04,18:00,120,live in person,ethics,Evening 3,,B,", "stands in row 2 already"),
    ("{me},2026-03-08,02:30,60,online,ethics,Night,,B,", "The clocks went forward"),
    ("{me},2099-01-01,10:00,60,online,ethics,Later,,B,", "This day has not come yet"),
    ("{me},2025-11-05,10:00,1500,online,ethics,Long,,B,", "at most 24 hours"),
    ("{me},2025-11-05,,1500,online,ethics,Long,River College,B,", "more than 24 hours a day"),
    ("{me},2025-11-05,10:00,0,online,ethics,None,,B,", "Enter 1 minute or more"),
    ("{me},2025-11-05,10:00,60,online,ethics 40,Part,,B,", "The topics add up to 40 minutes"),
    ("{me},2025-11-05,10:00,60,online,,Part,,B,", "Choose what it was mostly about"),
]


@pytest.mark.parametrize(("row", "words"), FAULTS)
def test_one_fault_and_nothing_is_kept(school, cohort, keeper, learner, row, words):
    school.pass_time(days=10)
    desk = school.browser(keeper)
    first = f"{learner.email},2025-11-04,18:00,120,live in person,ethics,Evening 3,,Binder,"
    text = f"{HEAD}{first}\n{row.format(me=learner.email)}"
    page = desk.open(address(cohort)).submit("old-hours", list=text)
    assert page.status == 422
    assert words in page.text
    page = desk.post(address(cohort), page.fields("old-hours") | {"bring": "yes"})
    assert page.status == 422
    assert "nothing was brought in" in page.text
    assert lines(school, learner) == []


def test_time_that_a_learner_wrote_down_is_not_counted_a_second_time(school, cohort, desk, learner):
    with school.database.writing() as session:
        shift = log_shift(session, school, learner, 3)
        session.commit()
    start = shift.starts_at.astimezone(school.settings.timezone)
    row = f"{learner.email},{start:%Y-%m-%d},{start:%H:%M},60,work,ethics,Shift,,,paid"
    page = desk.open(address(cohort)).submit("old-hours", list=HEAD + row)
    assert "At this time you already have" in page.text


def test_nobody_brings_hours_in_for_themselves_or_for_another_cohort(school, cohort, learner):
    both = school.person(Role.COORDINATOR, cohort)
    with school.database.writing() as session:
        people.add_grant(session, both, Grant(Role.LEARNER, cohort.id))
        session.commit()
    other = school.person(Role.LEARNER, school.cohort("Autumn"))
    row = "{},2025-11-05,10:00,60,online,ethics,Own,,B,\n"
    desk = school.browser(both)
    page = desk.open(address(cohort)).submit(
        "old-hours", list=HEAD + row.format(both.email) + row.format(other.email)
    )
    assert "This is your own record" in page.text
    assert "No learner of this cohort has" in page.text
