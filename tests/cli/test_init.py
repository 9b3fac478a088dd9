"""Making an installation: what is checked first, and what a second run keeps."""

import stat
from pathlib import Path

import pytest
from sqlalchemy import make_url

from lms.config import SettingsFault, load, make_folder, settings_file
from tests import postgresql
from tests.cli.conftest import Lms
from tests.conftest import KIND

GOOD = {
    "LMS_SECRET": "0123456789abcdefghijklmnopqrstuvwxyz",
    "LMS_BASE_URL": "https://training.example",
}


def init(lms: Lms, folder: Path, **other: str) -> object:
    values = {"base-url": "https://training.example", "provider": "Riverside", **other}
    return lms("init", "--data", folder, *(w for n, v in values.items() for w in (f"--{n}", v)))


@pytest.fixture
def empty(template: str, monkeypatch: pytest.MonkeyPatch, lms: Lms):
    """On PostgreSQL an empty database; on SQLite the folder is all there is."""
    if KIND != "postgresql":
        yield
        return
    door = make_url(template).set(database="postgres")
    name = f"{make_url(template).database}_new"
    postgresql.run(door, f'CREATE DATABASE "{name}"')
    url = make_url(template).set(database=name).render_as_string(hide_password=False)
    monkeypatch.setenv("LMS_DATABASE_URL", url)
    yield
    postgresql.run(door, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.usefixtures("empty")
def test_init_twice_keeps_the_secret_and_every_line_a_person_wrote(lms: Lms, tmp_path: Path):
    folder = tmp_path / "deep" / "school"
    first = init(lms, folder, provider='The "Open Door"')
    assert first.code == 0, first.err
    settings = folder / "settings.env"
    assert stat.S_IMODE(settings.stat().st_mode) == 0o600
    settings.write_text(settings.read_text() + "# ours\nLMS_SIGNATORY=R. Lee", encoding="utf-8")
    before = settings.read_text()
    again = init(lms, folder, provider="Another name")
    assert (again.code, settings.read_text()) == (0, before)
    assert load(folder, {}).provider.name == 'The "Open Door"'
    assert lms("db", "check", "--data", folder).code == 0
    healthy = lms("doctor", "--data", folder, "--json")
    assert healthy.code == 0
    assert {line["check"]: line["state"] for line in healthy.json}["content"] == "ok"


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("timezone", "Mars/Olympus", "LMS_TIMEZONE is 'Mars/Olympus'"),
        ("timezone", "../etc/passwd", "LMS_TIMEZONE"),
        ("base-url", "training.example", "is not an address"),
        ("base-url", "http://training.example", "not encrypted"),
        ("base-url", "https://[half", "is not an address"),
        ("base-url", "https://a.example:port", "is not an address"),
        ("base-url", "ftp://a.example", "is not an address"),
        ("provider", "Two\nLMS_DEMO=1", "more than one line"),
    ],
)
def test_a_setting_that_is_wrong_is_refused_before_anything_is_written(
    lms: Lms, tmp_path: Path, option: str, value: str, words: str
):
    folder = tmp_path / "school"
    init(lms, folder, **{option: value}).refused(words)
    assert not folder.exists()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("LMS_SECRET", "", "could be forged"),
        ("LMS_SECRET", "changeme", "too short or too simple"),
        ("LMS_SECRET", "a" * 64, "too short or too simple"),
        ("LMS_BASE_URL", "", "missing or is not an address"),
        ("LMS_BASE_URL", "http://school.example", "not encrypted"),
        ("LMS_TIMEZONE", "Nowhere", "not a known time zone"),
        ("LMS_TIMEZONE", "", "not a known time zone"),
        ("LMS_LOG_LEVEL", "loud", "LMS_LOG_LEVEL is 'loud'"),
        ("LMS_DAILY_ONLINE_HOURS", "eight", "LMS_DAILY_ONLINE_HOURS is 'eight'"),
        ("LMS_DAILY_ONLINE_HOURS", "0", "from 1 to 24"),
        ("LMS_DAILY_ONLINE_HOURS", "25", "from 1 to 24"),
    ],
)
def test_a_fault_in_the_settings_names_the_setting_and_the_remedy(
    tmp_path: Path, name: str, value: str, words: str
):
    with pytest.raises(SettingsFault, match=words):
        load(tmp_path, {**GOOD, name: value})


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:1"])
def test_this_machine_may_go_without_encryption(tmp_path: Path, address: str):
    assert not load(tmp_path, {**GOOD, "LMS_BASE_URL": address}).is_https


def test_the_environment_outweighs_the_file_and_the_file_outweighs_nothing_else(tmp_path: Path):
    make_folder(tmp_path, {**GOOD, "LMS_APPROVALS": "One; Two ;; Three"})
    found = load(tmp_path, {"LMS_BASE_URL": "https://other.example/", "PATH": "/bin"})
    assert found.base_url == "https://other.example"
    assert found.host == "other.example"
    assert found.secret == GOOD["LMS_SECRET"]
    assert [each.number for each in found.provider.approvals] == ["One", "Two", "Three"]


@pytest.mark.parametrize("value", ['"Ours"', 'The "Best"', "a=b", "x # y", "Ñandú", '"'])
def test_a_value_is_read_back_as_it_was_given(tmp_path: Path, value: str):
    make_folder(tmp_path, {**GOOD, "LMS_PROVIDER_NAME": value})
    assert settings_file(tmp_path)["LMS_PROVIDER_NAME"] == value


def test_a_settings_file_that_is_no_text_is_a_sentence(lms: Lms, tmp_path: Path):
    (tmp_path / "settings.env").write_bytes(b"LMS_SECRET=\xff\xfe")
    lms("doctor", "--data", tmp_path).refused("Save it anew as UTF-8")


@pytest.mark.parametrize(
    "command",
    [
        ["doctor"], ["user", "list"], ["user", "reset", "a@b.example"], ["db", "check"],
        ["db", "upgrade"], ["content", "publish"], ["cert", "show", "X"], ["serve"],
        ["cert", "issue", "a@b.example", "p"], ["cert", "verify", "X"], ["work"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_without_an_installation_every_command_says_how_to_make_one(
    lms: Lms, tmp_path: Path, command: list[str]
):
    lms(*command, "--data", tmp_path / "nothing").refused("lms init")


@pytest.mark.parametrize(("value", "minutes"), [("", None), (" 8 ", 480), ("24", 1440)])
def test_the_daily_limit_is_in_hours_and_unset_is_none(
    tmp_path: Path, value: str, minutes: int | None
):
    found = load(tmp_path, {**GOOD, "LMS_DAILY_ONLINE_HOURS": value})
    assert found.daily_online_minutes == minutes
