"""A real server with its job worker, and a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, sync_playwright

from lms.cli.db import upgrade_to_head
from lms.config import load, make_folder
from lms.content.places import content_root
from lms.content.tree import read
from lms.models.database import Database
from lms.records import shelf as shelves
from lms.records.shelf import Shelf
from tests.school import School

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY_SECONDS = 60


@dataclass
class Served:
    """A school that answers on an address of this machine."""

    school: School
    url: str


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, "the server ended before it answered"
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=1):  # noqa: S310
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("the server did not answer in time")


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """``lms serve`` on a folder of its own, ended with all it started."""
    data: Path = tmp_path_factory.mktemp("served")
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    make_folder(data, {"LMS_BASE_URL": url, "LMS_PROVIDER_NAME": "Riverside Recovery School"})
    settings = load(data, {})
    database = Database(settings.database_url)
    upgrade_to_head(database)
    shelf = Shelf(database)
    school = School(settings, database, shelf)
    with database.writing() as session:
        shelves.publish(session, school.now, read(content_root()).editions)
        session.commit()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LMS_")}
    command = [sys.executable, "-m", "lms", "serve", "--data", str(data), "--port", str(port)]
    process = subprocess.Popen(command, env=environment)
    try:
        _wait_until_ready(url, process)
        yield Served(school, url)
    finally:
        process.terminate()
        process.wait(timeout=20)
        database.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    path = shutil.which("chromium")
    assert path, "Chromium is missing. Install it with: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
