"""Certificates issued at the same moment: each has its leaf, and no place is taken twice."""

import pytest
from sqlalchemy import func, select

from lms.domain.people import Role
from lms.models.certificates import Certificate
from lms.models.database import Database
from lms.models.people import Person
from lms.models.translog import LogLeaf, LogSalt
from lms.records import journal
from tests.faults.at_once import at_once
from tests.log_kept import certificate, checked, many, publish, with_key
from tests.school import School

ISSUERS = 8


def issue_at_once(school: School, rounds: int) -> None:
    """Eight workers, each with a database of its own, issue and publish at one moment."""
    learner = school.person(Role.LEARNER, school.cohort(), "Ana Ruiz")
    row = certificate(school, school.certify(learner))
    workers = [Database(school.settings.database_url) for _ in range(ISSUERS)]

    def issue(worker: Database, number: int) -> None:
        with worker.writing() as session:
            session.get_one(Person, learner.id)
            many(session, row, 1, number)
            journal.later(session, school.now, "log", {})
            if number % ISSUERS == 7:  # one of them is interrupted
                session.rollback()
            else:
                session.commit()

    for turn in range(rounds):
        acts = [
            lambda worker=worker, number=turn * ISSUERS + n: issue(worker, number)
            for n, worker in enumerate(workers)
        ]
        at_once([*acts, lambda: publish(school)] if turn % 5 == 0 else acts)
    for worker in workers:
        worker.close()


def refuse_unless_whole(school: School, count: int) -> None:
    with school.database.reading() as session:
        indices = session.scalars(select(LogLeaf.index).order_by(LogLeaf.index)).all()
        tied = session.scalars(select(LogSalt.certificate_id)).all()
        rows = session.scalars(select(Certificate.id)).all()
        assert session.scalar(select(func.count()).select_from(LogLeaf)) == count
    assert indices == list(range(count))
    assert sorted(tied) == sorted(rows)
    publish(school)
    found = checked(school)
    assert (found.bad, found.unentered, found.signed) == (None, (), count)


def test_eight_who_issue_at_once_leave_no_gap(school: School):
    issue_at_once(with_key(school), 20)
    refuse_unless_whole(school, 1 + 20 * (ISSUERS - 1))


@pytest.mark.long
def test_eight_who_issue_at_once_a_thousand_times_leave_no_gap(school: School):
    issue_at_once(with_key(school), 1_000)
    refuse_unless_whole(school, 1 + 1_000 * (ISSUERS - 1))


def test_two_who_publish_at_once_sign_one_chain(school: School):
    with_key(school)
    learner = school.person(Role.LEARNER, school.cohort())
    row = certificate(school, school.certify(learner))
    for turn in range(5):
        with school.database.writing() as session:
            many(session, row, 3, turn * 3)
            session.commit()
        made = at_once([lambda: publish(school)] * 4)
        assert len([note for note in made if note]) == 1
    refuse_unless_whole(school, 16)
