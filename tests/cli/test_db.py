"""The database: what is said when it is old, wrong, empty or away."""

from pathlib import Path

import pytest
from sqlalchemy import text

from lms.cli import db, doctor
from tests.cli.conftest import Lms
from tests.school import School


def test_an_up_to_date_database_is_left_as_it_is(shop: School, lms: Lms):
    assert lms("db", "check").err == "The database is up to date.\n"
    assert lms("db", "upgrade").err.startswith("The database is up to date (")


def run(school: School, statement: str) -> None:
    with school.database.engine.begin() as connection:
        connection.execute(text(statement))


def test_an_old_database_is_named_with_the_remedy(shop: School, lms: Lms):
    run(shop, "UPDATE alembic_version SET version_num = '0000'")
    for command in (["db", "check"], ["serve"]):
        lms(*command).refused("Back it up, then run: lms db upgrade")
    lines = {line["check"]: line for line in lms("doctor", "--json").json}
    assert lines["database"]["state"] == "fault"


def test_tables_that_differ_from_the_models_are_said(shop: School, lms: Lms):
    run(shop, "ALTER TABLE people ADD COLUMN diagnosis VARCHAR")
    lms("db", "check").refused("diagnosis")
    assert any("diagnosis" in line for line in db.drift(shop.database))


WRONG = [
    ("junk", "is not the address of a database we know"),
    ("mysql://host/name", "is not the address of a database we know"),
    ("postgresql://host:port/x", "is not the address of a database we know"),
    ("postgresql+nosuch://host/x", "peerpath[postgres]"),
    ("postgresql://nobody@127.0.0.1:1/x", "The database refused"),
    ("sqlite:////no/such/folder/x.sqlite", "Make one with: lms init"),
]


def test_a_wrong_address_is_a_sentence(shop: School, lms: Lms, monkeypatch: pytest.MonkeyPatch):
    for url, said in WRONG:
        monkeypatch.setenv("LMS_DATABASE_URL", url)
        for command in (["db", "check"], ["user", "list"]):
            lms(*command).refused(said)


def test_a_file_that_is_no_database_is_a_sentence_and_doctor_goes_on(
    shop: School, lms: Lms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "notes.sqlite"
    path.write_text("These are notes, and no database at all. " * 20, encoding="utf-8")
    monkeypatch.setenv("LMS_DATABASE_URL", f"sqlite:///{path}")
    lms("user", "list").refused("file is not a database")
    ran = lms("doctor", "--json")
    assert ran.code == 1
    states = {line["check"]: line["state"] for line in ran.json}
    assert states["database"] == states["content"] == states["durability"] == "fault"
    assert states["python"] == "ok"
    assert "address" in states


def test_an_empty_database_says_how_to_fill_it(
    shop: School, lms: Lms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("LMS_DATABASE_URL", f"sqlite:///{tmp_path / 'new.sqlite'}")
    lms("db", "check").refused("Make its tables with: lms db upgrade")
    assert lms("db", "upgrade").err.startswith("Upgraded to ")
    lms("serve").refused("Publish it with: lms content publish")
    assert lms("doctor").code == 1


def test_doctor_has_a_remedy_for_every_line_that_is_off(
    shop: School, lms: Lms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "settings.env").touch(mode=0o644)
    (tmp_path / "settings.env").chmod(0o644)
    monkeypatch.setattr(doctor, "_FREE_BYTES", 10**18)
    monkeypatch.setenv("LMS_BASE_URL", "http://127.0.0.1:8000")
    ran = lms("doctor", "--json")
    lines = {line["check"]: line for line in ran.json}
    assert ran.code == 1
    for check, state, remedy in (
        ("data folder", "fault", "chmod 600"),
        ("free space", "warning", "Make room"),
        ("mail", "warning", "LMS_SMTP_URL"),
        ("address", "warning", "Use https"),
    ):
        assert lines[check]["state"] == state
        assert remedy in lines[check]["words"]
    assert "fault   data folder: " in lms("doctor").out


def test_doctor_knows_where_letters_go(shop: School, lms: Lms, monkeypatch: pytest.MonkeyPatch):
    for name, value, words in (
        ("LMS_SMTP_URL", "smtp://127.0.0.1:1025", "server is set"),
        ("LMS_DEMO", "1", "demo"),
    ):
        monkeypatch.setenv(name, value)
        lines = {line["check"]: line for line in lms("doctor", "--json").json}
        assert lines["mail"]["state"] == "ok"
        assert words in lines["mail"]["words"]


def test_durability_that_was_turned_off_is_a_fault(
    shop: School, lms: Lms, monkeypatch: pytest.MonkeyPatch
):
    assert doctor._durability(_Shop(shop))[1] == "ok"
    if shop.database.is_sqlite:
        with shop.database.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA synchronous=OFF")
    else:
        name = shop.database.engine.url.database
        run(shop, f'ALTER DATABASE "{name}" SET synchronous_commit = off')
        shop.database.close()
    assert doctor._durability(_Shop(shop))[1] == "fault"


class _Shop:
    def __init__(self, school: School) -> None:
        self.database = school.database
