"""Stopping the server stops all of it: nothing lives on that holds the port or the terminal."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lms.cli.serve import Worker
from tests.faults.server import PATIENCE_SECONDS, free_port, lms_environment, prepared_folder
from tests.school import School


@pytest.fixture
def folder(school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("LMS_")]:
        monkeypatch.delenv(name)
    return prepared_folder(tmp_path / "served", school.settings.database_url, free_port())


def _job_workers(parent: int) -> list[int]:
    words = f"lms\0work\0--data\0{{}}\0--parent\0{parent}\0".split("{}")
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = process.read_text("utf-8", "replace")
        except OSError:  # it has just ended
            continue
        if all(part in line for part in words):
            found.append(int(process.parent.name))
    return found


def test_the_job_worker_is_there_before_anything_is_forked_and_gone_after_stop(folder: Path):
    worker = Worker(folder)
    started = _job_workers(os.getpid())
    worker.stop()

    assert len(started) == 1
    assert _job_workers(os.getpid()) == []


def test_a_job_worker_whose_server_died_before_it_could_look_ends_by_itself(folder: Path):
    server = subprocess.Popen([sys.executable, "-c", ""])
    server.wait()
    words = ["-m", "lms", "work", "--data", str(folder), "--parent", str(server.pid)]
    orphan = subprocess.Popen([sys.executable, *words], env=lms_environment(folder))
    try:
        assert orphan.wait(timeout=PATIENCE_SECONDS) in (0, -signal.SIGTERM)
    finally:
        orphan.kill()
