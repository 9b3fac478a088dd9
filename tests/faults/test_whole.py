"""``lms serve`` as an operator runs it, web and job workers together, killed and started again."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from lms.models.certificates import Paper
from tests.conftest import KIND
from tests.faults.checker import faults
from tests.faults.journey import Ground, Journey
from tests.faults.ready import make_ready
from tests.faults.server import free_port, is_gone, listens, lms_environment, prepared_folder, until
from tests.faults.told import Told
from tests.faults.visitor import Cut
from tests.school import School

pytestmark = pytest.mark.skipif(KIND != "sqlite", reason="once is enough: it starts two programs")


@pytest.fixture
def started(tmp_path: Path, database_url: str) -> Iterator:
    """Starts ``lms serve`` on a free port; ends what is left."""
    port = free_port()
    folder = prepared_folder(tmp_path / "data", database_url, port)
    begun: list[subprocess.Popen[bytes]] = []

    def start() -> tuple[subprocess.Popen[bytes], int]:
        command = [sys.executable, "-m", "lms", "serve", "--port", str(port), "--workers", "1"]
        serving = subprocess.Popen(
            command, env=lms_environment(folder), start_new_session=True, stderr=subprocess.DEVNULL
        )
        begun.append(serving)
        until(lambda: listens(port), "the server listens")
        return serving, port

    yield start
    for serving in begun:
        if not is_gone(serving.pid):
            os.killpg(serving.pid, signal.SIGKILL)
        serving.wait()
        until(lambda group=serving.pid: is_gone(group), "the group is gone")


def test_papers_are_printed_once_after_everything_was_killed(
    school: School, tmp_path: Path, started
):
    learner = make_ready(school, school.cohort(), "claim")
    serving, port = started()
    told = Told(tmp_path / "told.jsonl")
    ground = Ground(port, told, lambda _ref, _n: [], "")
    ground.is_up.set()
    journey = Journey(ground, learner)
    journey.go()
    os.killpg(serving.pid, signal.SIGKILL)
    serving.wait()
    until(lambda: is_gone(serving.pid), "the group is gone")

    serving, _ = started()
    code = told.read()[-1]["code"]

    def printed() -> bool:
        try:
            newest = journey.visitor.open(f"/certificates/{code}-transcript.pdf").location
            return bool(newest) and journey.visitor.open(newest).status == 200
        except Cut:
            return False

    until(printed, "the papers are printed")
    journey.visitor.hang_up()
    serving.kill()
    serving.wait()
    until(lambda: is_gone(serving.pid), "the workers end after the process that started them")
    with school.database.reading() as session:
        kinds = sorted(session.scalars(select(Paper.kind)))
        assert faults(session, school.shelf.current(), told.read()) == []
    told.close()
    assert kinds == ["certificate", "transcript"]
