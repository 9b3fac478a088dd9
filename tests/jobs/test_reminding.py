"""Before a certificate ends its holder is written to, three times at most and each time once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.domain.certificate import ReasonClass
from lms.jobs import outbox
from lms.models.certificates import Certificate
from lms.models.journal import OutboxJob
from lms.records import issuing, suspending
from tests.jobs.conftest import Room
from tests.log_kept import holder

SUBJECT = "One of your certificates ends soon"


def letters(room: Room) -> list[str]:
    with room.school.database.reading() as session:
        jobs = session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail"))
        return [job.body["to"] for job in jobs if job.body["subject"] == SUBJECT]


@pytest.fixture
def ending(room: Room):
    """A certificate that ends in a hundred days."""
    person, row = holder(room.school)
    with room.school.database.writing() as session:
        held = session.get_one(Certificate, row.id)
        held.expires_on = room.school.office.day(room.school.now) + timedelta(days=100)
        session.commit()
    return person, row


def each_day(room: Room, days: int) -> list[int]:
    """The days, counted from now, on which a letter was written."""
    found = []
    for day in range(1, days + 1):
        room.school.pass_time(days=1)
        for _hour in range(2):
            if outbox.remind_of_expiry(room.workshop):
                found.append(day)
    return found


def test_three_letters_and_no_more_on_their_days(room: Room, ending):
    person, _row = ending
    assert each_day(room, 120) == [10, 70, 93]
    assert letters(room) == [person.email] * 3


def test_whoever_was_not_written_to_in_time_gets_the_nearest_only(room: Room, ending):
    room.school.pass_time(days=95)
    assert outbox.remind_of_expiry(room.workshop) == 1
    assert each_day(room, 20) == []


def test_what_ended_is_not_reminded_of_and_what_is_suspended_is(room: Room, ending):
    _person, row = ending
    room.school.pass_time(days=20)
    with room.school.database.writing() as session:
        suspending.suspend(session, room.school.now, session.get_one(Certificate, row.id), None)
        session.commit()
    assert outbox.remind_of_expiry(room.workshop) == 1
    with room.school.database.writing() as session:
        held = session.get_one(Certificate, row.id)
        issuing.revoke(session, room.school.now, held, ReasonClass.HOLDER_ASKED, None)
        session.commit()
    assert each_day(room, 100) == []


def test_whoever_has_renewed_is_not_reminded_of_the_earlier_one(room: Room, ending):
    _person, row = ending
    with room.school.database.writing() as session:
        held = session.get_one(Certificate, row.id)
        session.add(
            Certificate(
                code_digest="0" * 64,
                code="0" * 27,
                person_id=held.person_id,
                program_id=held.program_id,
                period=held.period + 1,
                version=1,
                facts=held.facts,
                facts_digest=held.facts_digest,
                issued_on=held.issued_on,
                expires_on=held.expires_on + timedelta(days=700),
                issued_at=held.issued_at,
            )
        )
        session.commit()
    assert each_day(room, 120) == []


def test_a_letter_gives_nothing_away(room: Room, ending):
    room.school.pass_time(days=20)
    outbox.remind_of_expiry(room.workshop)
    with room.school.database.reading() as session:
        jobs = session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail"))
        (text,) = [job.body["text"] for job in jobs if job.body["subject"] == SUBJECT]
    assert not {"peer", "recovery", "Foundations"} & set(text.replace(".", " ").split())
    assert ".pdf" not in text
