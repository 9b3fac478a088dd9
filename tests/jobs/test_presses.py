"""A cohort's papers: printed beside the worker, each once, with nothing left behind."""

import time
from multiprocessing import active_children
from threading import Thread

import pytest
from sqlalchemy import func, select

from lms.domain.people import Role
from lms.jobs.outbox import run_due
from lms.models.certificates import Paper
from lms.models.journal import OutboxJob
from lms.records import issuing
from tests.conftest import KIND
from tests.faults.test_bulk_kill import begin, finish
from tests.jobs.conftest import Room
from tests.school import School

MINUTES = 4
PATIENCE_SECONDS = 1.0


def waiting(school: School) -> int:
    with school.database.reading() as session:
        found = select(func.count()).select_from(OutboxJob)
        return session.scalar(
            found.where(OutboxJob.kind == issuing.IN_BULK, OutboxJob.done_at.is_(None))
        )


def papers(school: School) -> int:
    with school.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Paper))


def test_papers_of_a_cohort_are_printed_by_processes_that_end(room: Room):
    school = room.school
    finish(school, begin(school, 11))
    assert waiting(school) == 22
    run_due(room.workshop)
    assert (waiting(school), papers(school)) == (0, 22)
    assert active_children() == []


def test_a_paper_that_cannot_be_printed_holds_up_none_of_the_others(room: Room):
    school = room.school
    finish(school, begin(school, 10))
    with school.database.writing() as session:
        session.add(
            OutboxJob(
                kind=issuing.IN_BULK,
                body={"certificate": 4711, "kind": "certificate"},
                created_at=school.now,
                next_try_at=school.now,
            )
        )
        session.commit()
    run_due(room.workshop)
    assert (waiting(school), papers(school)) == (1, 20)
    with school.database.reading() as session:
        (left,) = session.scalars(
            select(OutboxJob).where(OutboxJob.kind == issuing.IN_BULK, OutboxJob.done_at.is_(None))
        )
    assert left.fault.startswith("NoResultFound")


@pytest.mark.long
@pytest.mark.skipif(KIND != "sqlite", reason="once is enough: it takes minutes")
def test_a_thousand_are_issued_in_four_minutes_and_the_site_answers_meanwhile(room: Room):
    school = room.school
    begin(school, 1000)
    reader = school.browser(school.person(Role.LEARNER, school.cohort("Others")))
    worker = Thread(target=run_due, args=(room.workshop,))
    began = time.monotonic()
    worker.start()
    slowest = 0.0
    while worker.is_alive():
        asked = time.monotonic()
        assert reader.open("/learn").status == 200
        slowest = max(slowest, time.monotonic() - asked)
        worker.join(timeout=0.5)
    taken = time.monotonic() - began
    assert papers(school) == 2000
    assert taken < MINUTES * 60, taken
    assert slowest < PATIENCE_SECONDS, slowest
