"""The checker of the kill runs can fail: each thing it promises to find is found."""

from typing import Any

import pytest
from sqlalchemy import text

from lms.domain.items import tokens
from lms.models.people import Person
from lms.records import attempts, issuing, learning
from tests.faults.checker import faults
from tests.faults.ready import make_ready
from tests.school import PROGRAM, School


@pytest.fixture
def told(school: School) -> list[dict[str, Any]]:
    """A school where one learner took the last quiz and claimed, and what they saw of it."""
    learner = make_ready(school, school.cohort(), "quiz")
    quiz_id = school.shelf.current().programs[PROGRAM].requires.quizzes[-1]
    with school.database.reading() as session:
        person = session.query(Person).filter_by(email=learner.email).one()
    ref = school.take_quiz(person, quiz_id)
    with school.database.writing() as session:
        way = learning.way(session, school.shelf, person.id, PROGRAM)
        code = issuing.issue(session, way, person, school.now, school.office).code
        session.commit()
        sitting = attempts.sitting(session, school.shelf, person, ref)
        saved = list(
            tokens(sitting.items[0], sitting.attempt.seed, sitting.chosen(sitting.items[0].id))
        )
    return [
        {"kind": "started", "attempt": ref},
        {"kind": "saved", "attempt": ref, "n": 1, "revision": 1, "tokens": saved},
        {"kind": "result", "attempt": ref, "passed": True},
        {"kind": "certificate", "holder": learner.name, "code": code},
    ]


def found(school: School, told: list[dict[str, Any]]) -> list[str]:
    with school.database.reading() as session:
        return faults(session, school.shelf.current(), told)


def test_a_school_in_order_has_no_faults(school: School, told: list[dict[str, Any]]):
    assert found(school, told) == []


@pytest.mark.parametrize(
    "claimed",
    [
        {"kind": "started", "attempt": "neverstarted"},
        {"kind": "saved", "attempt": "neverstarted", "n": 1, "revision": 1, "tokens": ["1"]},
        {"kind": "saved", "n": 1, "revision": 2},
        {"kind": "saved", "n": 1, "revision": 1, "tokens": []},
        {"kind": "result", "passed": False},
        {"kind": "certificate", "holder": "Nobody", "code": "0" * 27},
        {"kind": "certificate", "code": "0" * 27},
        {"kind": "done", "once": "never remembered"},
    ],
    ids=str,
)
def test_what_was_told_and_never_written_is_found(
    school: School, told: list[dict[str, Any]], claimed: dict[str, Any]
):
    same_kind = next((line for line in told if line["kind"] == claimed["kind"]), {})
    (fault,) = found(school, [{**same_kind, **claimed}])
    assert fault.startswith("lost: ")


HALF_DONE = {
    "an answer without its event": "DELETE FROM audit_events WHERE id = "
    "(SELECT max(id) FROM audit_events WHERE tag = 'attempt:answer:save')",
    "an event without its answer": "DELETE FROM answers WHERE id = (SELECT max(id) FROM answers)",
    "a revision left out": "UPDATE answers SET revision = 3 WHERE id = "
    "(SELECT max(id) FROM answers)",
    "an event written twice": "INSERT INTO audit_events (at, tag, subject, detail) "
    "SELECT at, tag, subject, detail FROM audit_events WHERE tag = 'certificate:issue'",
    "a quiz passed without hours": "DELETE FROM ledger_entries WHERE modality = 'self-paced'",
    "hours without a quiz passed": "UPDATE attempts SET passed = false WHERE number = 1",
    "a second certificate": "INSERT INTO certificates (code_digest, code, person_id, program_id, "
    "period, version, facts, facts_digest, issued_on, issued_at) SELECT 'other', 'other', "
    "person_id, program_id, 2, 1, facts, facts_digest, issued_on, issued_at FROM certificates",
    "a paper nobody will print": "UPDATE outbox_jobs SET kind = 'lost' WHERE id = "
    "(SELECT max(id) FROM outbox_jobs WHERE kind = 'paper')",
    "a certificate without its leaf": "DELETE FROM log_salts",
    "a leaf without its certificate": "INSERT INTO log_entries SELECT 1, leaf_hash, body "
    "FROM log_entries",
    "a letter nobody will send": "DELETE FROM outbox_jobs WHERE kind = 'mail'",
}


@pytest.mark.parametrize("statement", HALF_DONE.values(), ids=list(HALF_DONE))
def test_what_is_half_done_or_doubled_is_found(
    school: School, told: list[dict[str, Any]], statement: str
):
    with school.database.writing() as session:
        session.execute(text(statement))
        session.commit()
    assert found(school, [])
