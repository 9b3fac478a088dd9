"""The log says what happened, in JSON, and never whom it happened to or what they wrote."""

import json
import logging
import sqlite3
from collections.abc import Iterator
from io import StringIO

import pytest
from sqlalchemy import event

from lms.app import configure_logs
from lms.domain.people import Role
from lms.records import people
from tests.school import PASSWORD, School

NAME, ADDRESS = "Wilhelmina Quarterpenny", "wilhelmina@quarterpenny.example"
WORDS = 'I used last night and I told nobody\n{"level": "forged"}'
QUIZ, SCENARIO = "crisis-support", "marcus-at-the-door"


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What a running server writes, down to the last detail."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    configure_logs("DEBUG")
    (handler,) = root.handlers
    written = StringIO()
    handler.setStream(written)
    yield written
    root.handlers[:] = before
    root.setLevel(level)


@pytest.fixture
def learner(school: School):
    learner = school.person(Role.LEARNER, school.cohort(), NAME)
    with school.database.writing() as session:
        session.merge(learner).email = ADDRESS
        session.commit()
    school.read_all(learner)
    learner.email = ADDRESS
    return learner


def lines(log: StringIO) -> list[dict[str, object]]:
    """Each line by itself, as a collector reads it."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


def break_writing(school: School) -> None:
    """Have the database fail when words or letters are written, with their values at hand."""

    def fail(_cursor, statement: str, _values, _context) -> None:
        if statement.startswith(("INSERT INTO replies", "INSERT INTO outbox_jobs")):
            raise sqlite3.DatabaseError("database disk image is malformed")

    event.listen(school.database.engine, "do_execute", fail)


def test_a_fault_is_logged_without_names_addresses_or_answers(
    school: School, learner, log: StringIO
):
    browser = school.browser(learner)
    page = browser.open(f"/role-plays/{SCENARIO}").submit(f"/role-plays/{SCENARIO}")
    break_writing(school)
    answer = page.submit("/role-plays/answers", reply=WORDS)
    assert answer.status in (500, 503)
    assert "I used last night" in answer.text
    browser.open("/sign-in").submit(email=ADDRESS, password="not the password")
    browser.post("/reset", browser.open("/reset").fields("/reset") | {"email": [ADDRESS]})
    written = log.getvalue()
    assert lines(log), "the fault was not logged at all"
    assert all(line["level"] != "forged" for line in lines(log))
    for secret in (NAME, "Wilhelmina", ADDRESS, "quarterpenny", "last night", PASSWORD):
        assert secret not in written, secret


def test_an_ordinary_day_is_logged_without_names_addresses_or_answers(
    school: School, learner, log: StringIO
):
    browser = school.browser(learner)
    browser.open("/nothing/" + NAME.split(maxsplit=1)[0])
    browser.open("/sign-in").submit(email=ADDRESS, password="not the password")
    browser.open("/reset").submit(email=ADDRESS)
    page = browser.open(f"/role-plays/{SCENARIO}").submit(f"/role-plays/{SCENARIO}")
    page.submit("/role-plays/answers", reply=WORDS)
    browser.post("/learn", {"csrf_token": ["forged"], "name": [NAME]})
    logging.getLogger("lms.web").warning("a word from the test")
    assert lines(log)[-1]["event"] == "a word from the test"
    for secret in ("Wilhelmina", "quarterpenny", "last night", PASSWORD):
        assert secret not in log.getvalue(), secret


def test_a_person_of_the_school_can_be_taken_for_no_line_of_the_log(school: School, log: StringIO):
    logging.getLogger("lms.web").warning("first\n%s", '{"event": "forged", "level": "info"}')
    (line,) = lines(log)
    assert line["level"] == "warning"
    assert str(line["timestamp"]).endswith("Z")


def test_passwords_are_kept_as_slow_hashes_only(school: School, learner):
    with school.database.reading() as session:
        stored = people.by_email(session, ADDRESS).password_hash
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
