"""A cohort's certificates, while the worker that gives them is killed again and again."""

import random
from multiprocessing import get_context

import pytest
from sqlalchemy import func, select

from lms.domain.people import Role
from lms.domain.undertakings import End
from lms.formats.names import unprintable
from lms.jobs.outbox import Workshop, run_due
from lms.models.database import Database
from lms.models.people import Person
from lms.models.undertakings import UndertakingLine
from lms.records import candidates, carrying_out, undertakings
from tests.conftest import KIND
from tests.faults.checker import Stored
from tests.faults.ready import make_ready
from tests.faults.server import until
from tests.school import School

ROUNDS = 20 if KIND == "sqlite" else 5
LONG_ROUNDS = 200 if KIND == "sqlite" else 40
FORKING = get_context("fork")


def begin(school: School, learners: int) -> int:
    """A cohort whose learners have met everything, and a coordinator who gives to all of them."""
    cohort = school.cohort()
    keeper = school.person(Role.COORDINATOR, cohort)
    for _ in range(learners):
        make_ready(school, cohort, "claim")
    with school.database.writing() as session:
        found = candidates.of_cohort(session, school.shelf, cohort, keeper.id, unprintable)
        ready = [one.person for one in found if one.end is End.WAITING]
        begun = undertakings.issue_to(session, school.now, cohort, ready, keeper)
        session.commit()
    assert len(ready) == learners
    return begun.id


def work(school: School) -> None:
    """Be a worker, with a connection of its own."""
    database = Database(school.settings.database_url)
    run_due(Workshop(school.settings, database, school.shelf, lambda: school.now))


def carried_out(school: School) -> int:
    with school.database.reading() as session:
        done = UndertakingLine.end != End.WAITING
        return session.scalar(select(func.count()).select_from(UndertakingLine).where(done))


def kill_a_worker(school: School, more: int, spins: int) -> None:
    """Start one, and kill it somewhere in the midst of a line."""
    wanted = carried_out(school) + more
    worker = FORKING.Process(target=work, args=(school,))
    worker.start()
    until(lambda: carried_out(school) >= wanted or not worker.is_alive(), "some lines are done")
    sum(range(spins))
    worker.kill()
    worker.join()
    worker.close()


def finish(school: School, number: int) -> None:
    going = True
    while going:
        with school.database.writing() as session:
            going = carrying_out.carry_out_next(
                session, school.shelf, school.now, school.office, number, unprintable
            )
            session.commit()


def each_has_exactly_one(school: School, learners: int) -> None:
    with school.database.reading() as session:
        stored = Stored(session, school.shelf.current())
        assert list(stored.doubled_certificates()) == []
        assert list(stored.audit_that_differs()) == []
        assert list(stored.papers_that_differ()) == []
        assert list(stored.leaves_that_differ()) == []
        assert list(stored.damage()) == []
        ends = select(UndertakingLine.end, func.count()).group_by(UndertakingLine.end)
        assert session.execute(ends).all() == [(End.DONE, learners)]
        lines = select(func.count(func.distinct(UndertakingLine.certificate_id)))
        assert session.scalar(lines) == len(stored.certificates) == learners
        assert session.scalar(select(func.count()).select_from(Person)) == learners + 1


def kill_again_and_again(school: School, rounds: int, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311
    learners = 2 * rounds
    number = begin(school, learners)
    school.database.close()
    for _ in range(rounds):
        kill_a_worker(school, dice.randint(0, 2), dice.randint(0, 300_000))
    # Else too little was left to be in the midst of, and the run proves nothing.
    assert carried_out(school) > 0, f"seed {seed}"
    finish(school, number)
    each_has_exactly_one(school, learners)


def test_each_person_gets_exactly_one_whenever_the_worker_is_killed(school: School):
    kill_again_and_again(school, ROUNDS, seed=random.SystemRandom().getrandbits(32))


@pytest.mark.long
def test_each_person_gets_exactly_one_in_a_long_run(school: School):
    kill_again_and_again(school, LONG_ROUNDS, seed=random.SystemRandom().getrandbits(32))
