"""``lms demo``: where it builds, what it refuses, and that it serves."""

import os
import socket
import subprocess
import sys
from time import monotonic
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from lms.cli import demo as command
from lms.cli import lms
from lms.cli.shop import open_shop
from lms.cli.talk import Refusal
from lms.config import make_folder, settings_file
from lms.domain.people import Role
from lms.models.certificates import Certificate
from lms.records import certificates, people
from tests.demo.conftest import ADDRESS, MOMENT, empty_database, settings_in_place

PATIENCE_SECONDS = 90


def test_a_folder_that_is_no_demo_is_refused_and_left_alone(tmp_path):
    make_folder(tmp_path, {"LMS_BASE_URL": "https://training.example.org"})
    before = (tmp_path / "settings.env").read_text()
    with pytest.raises(Refusal, match=r"holds something else than a demo.*--data DIR"):
        command.prepare(tmp_path, ADDRESS, MOMENT)
    assert (tmp_path / "settings.env").read_text() == before
    assert [path.name for path in tmp_path.iterdir()] == ["settings.env"]


def test_a_folder_with_anything_in_it_is_refused(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(Refusal):
        command.prepare(tmp_path, ADDRESS, MOMENT)


@pytest.mark.parametrize("somebody", [True, False])
def test_the_database_of_a_real_school_is_refused(tmp_path, school, monkeypatch, somebody):
    if somebody:
        school.person(Role.OPERATOR)
    url = school.database.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("LMS_DATABASE_URL", url)
    with pytest.raises(Refusal, match="belongs to a school that is no demo"):
        command.prepare(tmp_path / "new", ADDRESS, MOMENT)
    with school.database.reading() as session:
        assert people.count_people(session) == int(somebody)


def test_a_taken_port_is_told_before_anything_is_built(tmp_path):
    folder = tmp_path / "school"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = CliRunner().invoke(lms, ["demo", "--data", str(folder), "--port", str(port)])
    assert isinstance(answer.exception, Refusal)
    assert f"Port {port}" in str(answer.exception)
    assert not folder.exists()


def test_a_demo_folder_is_served_as_it_is(demo_school):
    data = demo_school.shop.settings.data
    secret = settings_file(data)["LMS_SECRET"]
    with settings_in_place(demo_school.url):
        again = command.prepare(data, "http://127.0.0.1:8001", MOMENT)
    assert codes(again) == codes(demo_school.shop)
    assert settings_file(data)["LMS_SECRET"] == secret
    again.database.close()


def codes(shop):
    with shop.database.reading() as session:
        return session.scalars(select(Certificate.code).order_by(Certificate.id)).all()


@pytest.fixture
def served(tmp_path):
    """``lms demo`` as a process of its own, and its folder."""
    with empty_database() as url, settings_in_place(url):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        folder = tmp_path / "school"
        process = subprocess.Popen(
            [sys.executable, "-m", "lms", "demo", "--data", str(folder), "--port", str(port)],
            env=dict(os.environ),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield process, f"http://127.0.0.1:{port}", folder
        finally:
            process.terminate()
            process.communicate(timeout=30)


def until(process, wanted):
    """What ``wanted`` gives once it gives something; what was printed if the server stopped."""
    deadline = monotonic() + PATIENCE_SECONDS
    while monotonic() < deadline:
        if found := wanted():
            return found
        try:
            process.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail(f"The demo stopped:\n{process.stdout.read()}")
    return pytest.fail(f"It took more than {PATIENCE_SECONDS} seconds")


def page(address):
    try:
        return urlopen(address, timeout=5).read().decode()  # noqa: S310  # our own address
    except (URLError, ConnectionError):
        return ""


def test_it_serves_prints_papers_and_answers_other_commands(served):
    process, base, folder = served
    assert "Peerpath" in until(process, lambda: page(base + "/"))
    shop = open_shop(folder)
    with shop.database.reading() as session:
        rows = session.scalars(select(Certificate)).all()
        valid = next(row for row in rows if row.facts["holder"].startswith("Ben"))

    def printed():
        with shop.database.reading() as session:
            papers = [certificates.paper(session, row, certificates.CERTIFICATE) for row in rows]
        return all(papers) and papers[rows.index(valid)]

    assert until(process, printed).startswith(b"%PDF-")
    assert "DEMO" in page(f"{base}/verify/{valid.code}")
    shop.database.close()
    assert "Ben Okonkwo-Finch" in said("cert", "verify", valid.code, "--data", folder)
    assert "ana@demo.example" in said("user", "list", "--data", folder)


def said(*words):
    """What a command of its own process prints."""
    command_line = [sys.executable, "-m", "lms", *map(str, words)]
    return subprocess.run(command_line, check=True, capture_output=True, text=True).stdout
