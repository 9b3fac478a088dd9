"""The outbox: each job once, tried again with patience, never in the way of another."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.domain.people import Role
from lms.domain.quiz import GRACE
from lms.formats import papers
from lms.jobs import outbox
from lms.jobs.queue import Queue
from lms.models.attempts import Attempt
from lms.models.certificates import Certificate, Paper
from lms.models.people import Person
from lms.records import attempts, certificates, journal, learning, people
from tests.jobs.conftest import Post, Room
from tests.school import PROGRAM

QUIZ = "crisis-support"
AWAY = "smtp://127.0.0.1:1"


def put(room: Room, kind: str = "mail", /, **body: str | int) -> None:
    body = body or {"to": "a@b.example", "subject": "s", "text": "t"}
    with room.school.database.writing() as session:
        journal.later(session, room.school.now, kind, body)
        session.commit()


def test_a_job_that_fails_waits_twice_as_long_each_time_and_gives_up_after_twelve(room: Room):
    put(room)
    workshop = room.with_mail(AWAY)
    waits = []
    for tried in range(1, 13):
        assert outbox.run_due(workshop) == 0
        (job,) = room.jobs()
        assert job.tries == tried
        waits.append(job.next_try_at - room.school.now)
        room.school.now = job.next_try_at - timedelta(seconds=1)
        assert outbox.run_due(workshop) == 0
        assert room.jobs()[0].tries == tried
        room.school.now = job.next_try_at
    assert waits[:4] == [timedelta(minutes=n) for n in (1, 2, 4, 8)]
    assert waits == sorted(waits)
    (job,) = room.jobs()
    assert job.done_at is not None
    assert job.fault.startswith("ConnectionRefusedError")
    room.school.pass_time(days=30)
    assert outbox.run_due(workshop) == 0
    assert room.jobs()[0].tries == 12


IMPOSSIBLE = [
    ("carrier-pigeon", {"to": "x"}),
    ("paper", {"certificate": 4711, "kind": "certificate"}),
    ("paper", {"certificate": 1}),
    ("mail", {"subject": "without an address"}),
]


def test_a_job_that_cannot_be_done_holds_up_nobody(room: Room, post: Post):
    for kind, body in IMPOSSIBLE:
        put(room, kind, **body)
    put(room)
    assert outbox.run_due(room.with_mail(post.url)) == 1
    *broken, done = room.jobs()
    assert all(job.fault and job.done_at is None for job in broken)
    assert done.done_at is not None


def holder(room: Room) -> tuple[Person, str]:
    learner = room.school.person(Role.LEARNER, room.school.cohort(), "Ana Ruiz")
    return learner, room.school.certify(learner)


def papers_of(room: Room) -> list[Paper]:
    with room.school.database.reading() as session:
        return list(session.scalars(select(Paper).order_by(Paper.kind)))


def test_papers_are_rendered_once_and_stay_byte_for_byte(room: Room):
    learner, code = holder(room)
    browser = room.school.browser(learner)
    assert browser.open(f"/certificates/{code}.pdf").status == 202
    assert outbox.run_due(room.workshop) == 3  # both papers, and the list of what was revoked
    first = [(paper.kind, paper.pdf) for paper in papers_of(room)]
    assert [kind for kind, _pdf in first] == ["certificate", "transcript"]
    with room.school.database.writing() as session:
        row = session.scalars(select(Certificate)).one()
        session.get_one(Person, learner.id).name = "Somebody Else"
        for kind in ("certificate", "transcript"):
            journal.later(session, room.school.now, "paper", {"certificate": row.id, "kind": kind})
        session.commit()
    room.school.pass_time(days=400)
    assert outbox.run_due(room.workshop) == 2
    assert [(paper.kind, paper.pdf) for paper in papers_of(room)] == first
    downloaded = room.school.browser(learner).open(f"/certificates/{code}.pdf").response
    assert downloaded.data == first[0][1]


def test_a_newer_look_never_changes_an_old_paper(room: Room, monkeypatch: pytest.MonkeyPatch):
    holder(room)
    outbox.run_due(room.workshop)
    before = papers_of(room)[0].pdf
    monkeypatch.setattr(papers, "TEMPLATE", "a newer look")
    with room.school.database.writing() as session:
        row = session.scalars(select(Certificate)).one()
        certificates.keep_paper(
            session, room.school.now, row.id, "certificate", papers.TEMPLATE, b"%PDF-new"
        )
        session.commit()
        assert certificates.paper(session, row, "certificate") == before


def running(room: Room, factor: int = 100) -> tuple[Person, Attempt]:
    school = room.school
    learner = school.person(Role.LEARNER, school.cohort())
    school.read_all(learner, QUIZ)
    with school.database.writing() as session:
        if factor != 100:
            mine = session.get_one(Person, learner.id)
            people.set_time_factor(session, school.now, mine, factor, learner.id)
        way = learning.way(session, school.shelf, learner.id, PROGRAM)
        attempt = attempts.start(session, way, school.now, learner, QUIZ)
        session.commit()
    return learner, attempt


def found(room: Room, attempt: Attempt) -> Attempt:
    with room.school.database.reading() as session:
        return session.get_one(Attempt, attempt.id)


TIMES = [(100, 29, False), (100, 31, True), (150, 31, False), (150, 46, True), (0, 6000, False)]


def test_attempts_whose_time_is_over_are_handed_in_at_their_end(room: Room):
    for factor, minutes, is_over in TIMES:
        learner, attempt = running(room, factor)
        room.school.answer_all(learner, attempt.ref)
        room.school.pass_time(minutes=minutes)
        outbox.hand_in_overdue(room.workshop)
        assert outbox.hand_in_overdue(room.workshop) == 0
        after = found(room, attempt)
        assert (factor, after.submitted_at is not None) == (factor, is_over)
        if is_over:
            assert after.passed
            limit = timedelta(minutes=30) * factor / 100
            assert after.submitted_at == attempt.started_at + limit


def test_the_grace_for_slow_lines_is_waited_for(room: Room):
    _learner, attempt = running(room)
    room.school.now = attempt.started_at + timedelta(minutes=30) + GRACE
    assert outbox.hand_in_overdue(room.workshop) == 0
    room.school.pass_time(seconds=1)
    assert outbox.hand_in_overdue(room.workshop) == 1


def test_a_woken_worker_runs_what_is_due(room: Room):
    queue = Queue(room.school.settings, lambda: room.with_mail("", demo=True))
    put(room)
    queue.poke()
    task = queue._huey.dequeue()
    queue._huey.execute(task)
    assert room.jobs()[0].done_at is not None
    assert queue._huey.dequeue() is None
    assert queue.consumer() is not None


def test_a_queue_that_cannot_be_written_fails_nothing(
    room: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    queue = Queue(room.school.settings, lambda: room.workshop)
    (room.school.settings.data / "queue.sqlite").write_bytes(b"no database" * 500)
    queue._huey.storage.close()
    queue.poke()
    assert "could not be woken" in caplog.text


def test_the_worker_keeps_the_minute(room: Room):
    _learner, _attempt = running(room)
    room.school.pass_time(hours=2)
    put(room)
    queue = Queue(room.school.settings, lambda: room.with_mail("", demo=True))
    every: list[Callable[[], object]] = [
        task for task in queue._huey._registry.periodic_tasks if task.name == "every_minute"
    ]
    queue._huey.execute(every[0])
    assert outbox.hand_in_overdue(room.workshop) == 0
    assert room.jobs()[0].done_at is not None
