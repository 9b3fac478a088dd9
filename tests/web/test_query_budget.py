"""Pages send as many statements for three thousand learners as for thirty, and scan nothing big."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import event, select, text

from lms.domain.hours import Modality
from lms.domain.people import Role
from lms.models.certificates import Certificate
from lms.models.people import Person
from lms.records import live_sessions, timetable
from lms.records.confirmations import Addressee
from tests.browsing import Browser
from tests.crowd import gather
from tests.logged import ask, log_shift
from tests.school import PROGRAM, School

GROWING = (
    "people", "grants", "devices", "enrolments", "readings", "attempts", "answers", "extra_goes",
    "role_plays",
    "replies", "sheets", "outcomes", "ledger_entries", "certificates", "certificate_events",
    "entry_checks", "confirmation_requests", "confirmation_lines", "confirmation_events",
    "papers", "log_entries", "log_salts", "audit_events", "once_keys", "outbox_jobs", "attendances",
    "live_sessions",
    "session_changes", "attendance_signatures",
)  # fmt: skip


@dataclass
class Sent:
    """A statement with its values."""

    statement: str
    values: object


@contextmanager
def counted(school: School) -> Iterator[list[Sent]]:
    """What is sent to the database meanwhile; beginning and ending a transaction do not count."""
    sent: list[Sent] = []

    def note(_connection, _cursor, statement, values, *_rest):
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            sent.append(Sent(statement, values))

    event.listen(school.database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(school.database.engine, "before_cursor_execute", note)


@dataclass
class Desk:
    """A school with a crowd, and one learner and assessor at work in it."""

    school: School
    learner: Person
    browser: Browser
    assessor: Browser
    cohort_id: int
    meeting: str


@pytest.fixture(params=[30, 3000])
def desk(request: pytest.FixtureRequest, school: School) -> Desk:
    cohort = school.cohort()
    gather(school, school.cohort("Other").id, request.param)
    gather(school, cohort.id, 20)
    learner = school.person(Role.LEARNER, cohort)
    school.read_all(learner)
    assessor = school.person(Role.ASSESSOR, cohort)
    meeting = _attended(school, cohort.id, learner, assessor)
    if not school.database.is_sqlite:
        with school.database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    return Desk(school, learner, school.browser(learner), school.browser(assessor), cohort.id,
                meeting)  # fmt: skip


def _attended(school: School, cohort_id: int, learner: Person, trainer: Person) -> str:
    """A meeting that the learner left early, in a timetable of forty that are over or to come."""
    topics = {"crisis": 100}
    with school.database.writing() as session:
        for day in range(-20, 20):
            begin = school.now + timedelta(days=day, hours=-3)
            interval = (begin, begin + timedelta(hours=2))
            made = timetable.Plan(cohort_id, "Evening", Modality.LIVE_IN_PERSON, interval, topics)
            at = interval[0] - timedelta(days=1)
            row = timetable.plan(session, at, trainer, made)
            if day == 0:
                held, there = row, live_sessions.Presence(begin, begin + timedelta(hours=1))
        live_sessions.record(session, school.now, trainer, held, {learner.id: there})
        session.commit()
        return held.ref


def open_home(desk: Desk) -> Callable[[], object]:
    return lambda: desk.browser.open("/learn")


def open_section(desk: Desk) -> Callable[[], object]:
    way = desk.school.shelf.current()
    section = way.modules["crisis-support"].sections[0].id
    return lambda: desk.browser.open(f"/learn/{PROGRAM}/crisis-support/{section}")


def save_answer(desk: Desk) -> Callable[[], object]:
    page = desk.browser.open("/quizzes/crisis-support").submit("/quizzes/")
    fields = page.fields("/attempts/") | {"answer": ["1"]}
    return lambda: desk.browser.post(page.path, fields, follow=False)


def hand_in(desk: Desk) -> Callable[[], object]:
    page = desk.browser.open("/quizzes/ethics-and-scope").submit("/quizzes/")
    ref = page.path.split("/")[2]
    desk.school.answer_all(desk.learner, ref)
    check = desk.browser.open(f"/attempts/{ref}/check")
    fields = check.fields("/submit")
    action = str(check.form("/submit")["action"])
    return lambda: desk.browser.post(action, fields, follow=False)


def verify(desk: Desk) -> Callable[[], object]:
    code = desk.school.certify(desk.learner)
    stranger = desk.school.browser()
    return lambda: stranger.open(f"/verify/{code}")


def open_queue(desk: Desk) -> Callable[[], object]:
    return lambda: desk.assessor.open("/grading")


def open_hours(desk: Desk) -> Callable[[], object]:
    return lambda: desk.browser.open("/hours")


def open_long_hours(desk: Desk) -> Callable[[], object]:
    with desk.school.database.writing() as session:
        for days in range(1, 41):
            log_shift(session, desk.school, desk.learner, days)
        session.commit()
    return lambda: desk.browser.open("/hours")


def open_letters(desk: Desk) -> Callable[[], object]:
    """Five letters to five people: what became of each is not asked one by one."""
    with desk.school.database.writing() as session:
        for days in range(50, 55):
            line = log_shift(session, desk.school, desk.learner, days)
            to = Addressee("Rosa Vance", f"rosa{days}@work.example", "supervisor")
            ask(session, desk.school, desk.learner, line, to=to)
        session.commit()
    return lambda: desk.browser.open("/hours/confirm")


def open_timetable(desk: Desk) -> Callable[[], object]:
    return lambda: desk.browser.open("/timetable")


def open_meeting(desk: Desk) -> Callable[[], object]:
    return lambda: desk.browser.open(f"/timetable/{desk.meeting}")


def open_attendance(desk: Desk) -> Callable[[], object]:
    return lambda: desk.assessor.open(f"/sessions/{desk.meeting}")


BUDGETS = [
    (open_home, 6),
    (open_section, 6),
    (save_answer, 8),
    (hand_in, 8),
    (verify, 2),
    (open_queue, 10),
    (open_hours, 11),
    (open_long_hours, 12),
    (open_letters, 6),
    (open_timetable, 6),
    (open_meeting, 6),
    (open_attendance, 10),
]


def test_pages_stay_within_their_statements_and_scan_nothing_that_grows(desk: Desk):
    for journey, budget in BUDGETS:
        act = journey(desk)
        with counted(desk.school) as sent:
            act()
        said = "\n".join(one.statement for one in sent)
        assert 0 < len(sent) <= budget, (journey.__name__, said)
        for one in sent:
            if one.statement.lstrip().upper().startswith("SELECT"):
                assert not scans(desk.school, one), one.statement


def scans(school: School, one: Sent) -> list[str]:
    """Tables that grow with learners and are read from end to end."""
    with school.database.engine.connect() as connection:
        if school.database.is_sqlite:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one.statement}", one.values)
            lines = [str(row[3]) for row in plan]
            found = [m[1] for line in lines if (m := re.match(r"SCAN (\w+)$", line))]
        else:
            connection.exec_driver_sql("SET enable_seqscan = off")
            plan = connection.exec_driver_sql(f"EXPLAIN {one.statement}", one.values)
            found = re.findall(r"Seq Scan on (\w+)", "\n".join(str(row[0]) for row in plan))
    return [table for table in found if table in GROWING]


def test_the_check_for_scans_can_fail(school: School):
    people = Sent("SELECT name FROM people WHERE time_factor > 100", ())
    gather(school, school.cohort().id, 10)
    assert scans(school, people) == ["people"]


def test_a_certificate_is_found_by_the_digest_of_its_code(school: School):
    gather(school, school.cohort().id, 3)
    with school.database.reading() as session:
        held = session.scalars(select(Certificate.code_digest)).all()
    assert len(set(held)) == 3
