"""An upgrade keeps what older versions wrote, and fills in what newer ones ask for."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import select, text

from lms.cli import db
from lms.domain.hours import Standing
from lms.domain.log_entries import LogEntry
from lms.formats.seals import holds
from lms.models.database import Database
from lms.models.hours import Attendance, LiveSession
from lms.records import hours, journal, log_tree
from lms.records.hours import as_entry
from lms.records.log_check import check
from tests import postgresql
from tests.conftest import KIND

AT = datetime(2026, 3, 2, 15, 0)  # noqa: DTZ001 - as SQLite keeps a moment
_ROWS: list[tuple[str, dict[str, object]]] = [
    (
        "people",
        {
            "id": 1, "ref": "p1", "email": "a@b.example", "name": "Ana", "password_hash": "x",
            "password_set_at": AT, "time_factor": 100, "created_at": AT,
        },
    ),
    (
        "cohorts",
        {"id": 1, "ref": "c1", "title": "Spring", "program_id": "foundations", "created_at": AT},
    ),
    ("publications", {"id": 1, "tree_digest": "d", "digests": "[]", "published_at": AT}),
    (
        "enrolments",
        {
            "id": 1, "person_id": 1, "program_id": "foundations", "cohort_id": 1,
            "publication_id": 1, "started_at": AT,
        },
    ),
    (
        "live_sessions",
        {
            "id": 1, "ref": "m1", "cohort_id": 1, "title": "Listening", "modality": "live-online",
            "starts_at": AT, "ends_at": AT + timedelta(hours=1), "break_minutes": 0,
            "topics": "{}", "held_by": 1, "created_at": AT,
        },
    ),
    (
        "attendances",
        {
            "id": 1, "live_session_id": 1, "person_id": 1, "revision": 1, "arrived_at": AT,
            "left_at": AT + timedelta(hours=1), "recorded_by": 1, "recorded_at": AT,
        },
    ),
]  # fmt: skip
_CRISIS = "module:crisis-support@0123456789ab; how"
_LINES = [
    (1, 41, "self-paced", _CRISIS, "module:1:foundations:crisis-support", None),
    (2, 60, "live-online", "live-session:m1", "live-session:m1:1:1", None),
    (3, -60, "live-online", "live-session:m1", "reversal:2", 2),
]


def _line(
    name: int, minutes: int, modality: str, evidence: str, key: str, reverses: int | None
) -> tuple[str, dict[str, object]]:
    return "ledger_entries", {
        "id": name, "ref": f"l{name}", "person_id": 1, "minutes": minutes, "topics": "{}",
        "modality": modality, "starts_at": AT, "ends_at": AT, "evidence": evidence, "title": "t",
        "voucher": "v", "reverses_id": reverses, "reason": "wrong" if reverses else "",
        "event_key": key, "entered_at": AT,
    }  # fmt: skip


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Database]:
    """A database as the first version left it, with a module, a meeting and a correction."""
    if KIND == "postgresql":
        with postgresql.empty_database() as url:
            yield from _filled(url)
    else:
        yield from _filled(f"sqlite:///{tmp_path / 'old.sqlite'}")


def _filled(url: str) -> Iterator[Database]:
    database = Database(url)
    _upgrade(database, "0001")
    with database.engine.begin() as connection:
        for table, row in [*_ROWS, *(_line(*line) for line in _LINES)]:
            names = ", ".join(row)
            values = ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)  # noqa: S608
    yield database
    database.close()


def _upgrade(database: Database, revision: str) -> None:
    config = db.config()
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def test_older_lines_learn_their_program_and_module(old: Database):
    db.upgrade_to_head(old)
    assert db.drift(old) == []
    with old.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT program_id, module_id, minutes FROM ledger_entries ORDER BY id")
        ).all()
    assert [tuple(row) for row in rows] == [
        ("foundations", "crisis-support", 41),
        ("foundations", None, 60),
        ("foundations", None, -60),
    ]


def test_every_older_certificate_and_revocation_gets_its_leaf(old: Database):
    _upgrade(old, "0010")
    rows: list[tuple[str, dict[str, object]]] = [
        *(
            (
                "certificates",
                {
                    "id": n, "code_digest": f"{n:064}", "code": f"C{n}", "person_id": 1,
                    "program_id": "foundations", "period": 1, "version": n, "issued_on": AT.date(),
                    "facts": f'{{"holder": "Ana", "minutes": {n}}}', "facts_digest": "d",
                    "issued_at": AT,
                },
            )
            for n in (1, 2)
        ),
        (
            "certificate_events",
            {"id": 1, "certificate_id": 1, "state": "replaced", "at": AT, "replaced_by": "C2"},
        ),
        (
            "certificate_events",
            {"id": 2, "certificate_id": 2, "state": "revoked", "at": AT, "reason_class": "x"},
        ),
    ]  # fmt: skip
    with old.engine.begin() as connection:
        for table, row in rows:
            names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)  # noqa: S608
    db.upgrade_to_head(old)
    with old.reading() as session:
        found = check(session, holds)
        bodies = [LogEntry.read(leaf.body) for leaf in log_tree.leaves(session, 0)]
        jobs = [job.kind for job in journal.open_jobs(session, datetime.now(UTC))]
    assert (found.size, found.bad, found.unopened, found.unentered) == (3, None, 0, ())
    assert [(entry.kind, entry.ends) for entry in bodies] == [
        ("issue", None), ("replace", 0), ("revoke", 1),
    ]  # fmt: skip
    assert jobs == ["log", "credentials", "status"]


def test_older_lines_are_ours_and_vouched_for(old: Database):
    db.upgrade_to_head(old)
    with old.reading() as session:
        entries = [as_entry(row) for row in hours.lines(session, 1)]
    assert [entry.minutes for entry in entries] == [41, 60, -60]
    assert {entry.origin for entry in entries} == {"ours"}
    assert {entry.standing for entry in entries} == {Standing.VOUCHED}
    assert {entry.approvals for entry in entries} == {()}


def test_older_meetings_and_attendance_say_what_is_true_of_them(old: Database):
    db.upgrade_to_head(old)
    with old.reading() as session:
        meeting = session.scalars(select(LiveSession)).one()
        row = session.scalars(select(Attendance)).one()
    assert (meeting.breaks, meeting.place, meeting.link) == ([], "", "")
    assert (meeting.cancelled_at, meeting.code_by, meeting.asks_signature) == (None, None, False)
    assert (row.how, row.reason) == ("trainer", "")
