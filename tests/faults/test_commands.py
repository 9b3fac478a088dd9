"""A command that cannot reach or write what it needs says so in a sentence, never a traceback."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from lms.cli import main
from tests.conftest import KIND
from tests.faults.breaking import held_by_another_process, impatient
from tests.faults.server import PATIENCE_SECONDS, free_port, lms_environment, prepared_folder

ONLY_SQLITE = pytest.mark.skipif(KIND != "sqlite", reason="a file and its folder are SQLite's")


@pytest.fixture
def folder(tmp_path: Path, database_url: str) -> Path:
    """The data folder of a school whose commands do not wait long for a lock."""
    return prepared_folder(tmp_path / "data", impatient(database_url), free_port())


@pytest.fixture
def lms(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path):
    """Run a command on the folder; its exit status and what it said."""

    def run(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["lms", *words, "--data", str(folder)])
        for name in [name for name in os.environ if name.startswith("LMS_")]:
            monkeypatch.delenv(name)
        with pytest.raises(SystemExit) as stop:
            main()
        return int(stop.value.code or 0), capsys.readouterr().err

    return run


def check_sentence(answer: tuple[int, str]) -> str:
    status, said = answer
    assert status == 1, said
    line = said.splitlines()[-1]
    assert line.startswith("error: "), said
    assert "Traceback" not in said
    assert line.endswith((".", "lms init", "lms doctor", "lms db upgrade")) or "--port" in line
    return line


def test_without_a_folder_the_command_names_it_and_lms_init(lms, folder: Path):
    shutil.rmtree(folder)
    said = check_sentence(lms("user", "list"))
    assert str(folder) in said
    assert "lms init" in said


@ONLY_SQLITE
def test_without_the_folder_of_the_database_the_command_says_so(lms, database_url: str):
    shutil.rmtree(Path(make_url(database_url).database).parent / "data" / "gone", True)
    path = Path(make_url(database_url).database)
    path.with_name("data").joinpath("settings.env").write_text(
        f"LMS_SECRET=0123456789abcdefghijklmnopqrstuvwxyz\nLMS_BASE_URL=http://127.0.0.1:1\n"
        f"LMS_DATABASE_URL=sqlite:///{path.with_name('gone')}/school.sqlite\n"
    )
    assert "gone" in check_sentence(lms("user", "list"))


@pytest.mark.parametrize("words", [("serve", "--port", "1"), ("user", "list"), ("db", "check")])
def test_without_tables_no_command_goes_on(lms, database_url: str, words: tuple[str, ...]):
    engine = create_engine(database_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for table in ("grants", "alembic_version"):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("ALTER TABLE people RENAME TO mislaid"))
    engine.dispose()
    check_sentence(lms(*words))


@ONLY_SQLITE
def test_a_database_that_another_process_holds_is_reported(lms, database_url: str):
    with held_by_another_process(make_url(database_url).database):
        assert "locked" in check_sentence(lms("user", "disable", "nobody@school.example", "--yes"))


@ONLY_SQLITE
def test_a_file_that_is_no_database_is_reported(lms, database_url: str):
    Path(make_url(database_url).database).write_bytes(b"not a database, only words" * 200)
    assert "not a database" in check_sentence(lms("user", "list"))


def test_a_port_in_use_is_named_with_another_to_try(lms):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = check_sentence(lms("serve", "--port", str(port)))
    assert f"Port {port}" in said
    assert "--port" in said


def powerless() -> list[str]:
    """What to put before a command so that even root may not write what is read-only."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        pytest.skip("root writes everything here, and setpriv is not installed")
    return ["setpriv", "--bounding-set=-dac_override"]


@ONLY_SQLITE
def test_a_database_that_may_only_be_read_is_reported(folder: Path, database_url: str):
    path = Path(make_url(database_url).database)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        ended = subprocess.run(  # noqa: PLW1510  # its status is what is asked
            [*powerless(), sys.executable, "-m", "lms", "user", "list"],
            env=lms_environment(folder),
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )
    finally:
        path.parent.chmod(0o755)
    check_sentence((ended.returncode, ended.stderr))
