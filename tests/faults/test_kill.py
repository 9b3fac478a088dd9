"""What a person saw confirmed is there, once, whenever the server is killed."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest
from sqlalchemy import func, select, text

from lms.domain import items
from lms.models.attempts import Attempt
from lms.models.certificates import Certificate
from tests.conftest import KIND
from tests.copies import KEEPER
from tests.faults.checker import faults
from tests.faults.journey import Ground, Journey, Learner, Over
from tests.faults.ready import make_ready
from tests.faults.server import Server, free_port, prepared_folder, until
from tests.faults.told import Told
from tests.school import PROGRAM, School

CLIENTS = 4
ROUNDS = 20 if KIND == "sqlite" else 8
LONG_ROUNDS = 200 if KIND == "sqlite" else 40
STANDS = ("quiz", "claim", "claim")


class Run:
    """A school whose server is killed again and again while its learners click."""

    def __init__(self, school: School, server: Server, told: Told, learners: int) -> None:
        self.school, self.server, self.told = school, server, told
        cohort = school.cohort()
        self.waiting: SimpleQueue[Learner] = SimpleQueue()
        for stands in islice(cycle(STANDS), learners):
            self.waiting.put(make_ready(school, cohort, stands))
        quiz_id = school.shelf.current().programs[PROGRAM].requires.quizzes[-1]
        self.ground = Ground(server.port, told, self.key, quiz_id)
        self._attempt = cache(self._read_attempt)

    def _read_attempt(self, ref: str) -> tuple[list[str], str]:
        with self.school.database.reading() as session:
            row = session.scalars(select(Attempt).where(Attempt.ref == ref)).one()
            return row.items, row.seed

    def key(self, ref: str, n: int) -> list[str]:
        """The tokens of the right answer to a question."""
        ids, seed = self._attempt(ref)
        library = self.school.shelf.current()
        bank = library.bank_for(library.quizzes[self.ground.quiz_id].module)
        item = bank.item(ids[n - 1])
        several = item.type not in ("single", "situational")
        return list(items.tokens(item, seed, items.key(item)[: None if several else 1]))

    def click(self) -> None:
        """One client: a learner after the other, until the run is over."""
        try:
            while True:
                Journey(self.ground, self.waiting.get_nowait()).go()
        except (Over, Empty):
            return

    def round(self, requests: int) -> None:
        """Start, let people click, kill with requests under way, and see what is left."""
        self.server.start()
        self.ground.is_up.set()
        self.told.wait_until_asked(self.told.asked + requests, seconds=20)
        self.ground.is_up.clear()
        self.server.kill()

    def faults(self) -> list[str]:
        """What is lost, doubled or half done."""
        told = self.told.read()
        until(self._is_quiet, "the database has ended what it was doing")
        with self.school.database.reading() as session:
            return faults(session, self.school.shelf.current(), told)

    def _is_quiet(self) -> bool:
        if self.school.database.is_sqlite:
            return True
        others = text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend' "
            "AND application_name <> :keeper"
        )
        self.school.database.close()
        with self.school.database.engine.connect() as connection:
            return connection.scalar(others, {"keeper": KEEPER}) == 0

    def count_certificates(self) -> int:
        """How many were issued."""
        with self.school.database.reading() as session:
            return session.scalar(select(func.count()).select_from(Certificate))


@pytest.fixture
def server(tmp_path: Path, database_url: str) -> Iterator[Server]:
    port = free_port()
    made = Server(prepared_folder(tmp_path / "data", database_url, port), port)
    yield made
    made.close()


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    made = Told(tmp_path / "told.jsonl")
    yield made
    made.close()


def kill_again_and_again(run: Run, rounds: int, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311
    with ThreadPoolExecutor(CLIENTS) as clients:
        clicking = [clients.submit(run.click) for _ in range(CLIENTS)]
        try:
            for number in range(rounds):
                run.round(dice.randint(2, 40))
                # What is lost stays lost: a long run need not look after every round.
                if number % -(-rounds // 20) == 0 or number == rounds - 1:
                    assert run.faults() == [], f"round {number}, seed {seed}"
        finally:
            run.ground.is_over.set()
            run.ground.is_up.set()
        for client in clicking:
            client.result()
    assert len(run.told.read()) > rounds
    # Else too little happened between the kills for the run to prove anything.
    assert run.count_certificates() >= max(1, rounds // 8)


def test_nothing_told_is_lost_or_doubled_when_the_server_is_killed(
    school: School, server: Server, told: Told
):
    run = Run(school, server, told, learners=2 * ROUNDS)
    kill_again_and_again(run, ROUNDS, seed=random.SystemRandom().getrandbits(32))


@pytest.mark.long
def test_nothing_told_is_lost_or_doubled_in_a_long_run(school: School, server: Server, told: Told):
    run = Run(school, server, told, learners=5 * LONG_ROUNDS // 4)
    kill_again_and_again(run, LONG_ROUNDS, seed=random.SystemRandom().getrandbits(32))
