"""Letters: delivered once by a real server, kept while there is none, never bent by a header."""

import smtplib

import pytest

from lms.jobs import mail, outbox
from lms.records import journal
from tests.jobs.conftest import Post, Room


def put(
    room: Room, to: str = "ana@school.example", subject: str = "Ready", text: str = "Hi."
) -> None:
    with room.school.database.writing() as session:
        journal.send_mail(session, room.school.now, to, subject, text)
        session.commit()


def test_a_letter_is_delivered_once(room: Room, post: Post):
    put(room, subject="Tu certificado está listo", text="Señora Ñandú:\n.\nGracias.")
    workshop = room.with_mail(post.url)
    assert [outbox.run_due(workshop) for _ in range(3)] == [1, 0, 0]
    (letter,) = post.letters
    assert "From: peerpath@school.example" in letter
    assert "To: ana@school.example" in letter
    (job,) = room.jobs()
    assert (job.done_at, job.fault, job.tries) == (room.school.now, "", 1)


def test_the_sender_is_the_one_that_was_set(room: Room, post: Post):
    put(room)
    outbox.run_due(room.with_mail(post.url, mail_from="School <post@school.example>"))
    assert "From: School <post@school.example>" in post.letters[0]


def test_letters_go_out_in_the_order_they_were_put_in(room: Room, post: Post):
    for number in range(5):
        put(room, subject=f"Letter {number}")
    assert outbox.run_due(room.with_mail(post.url)) == 5
    subjects = [line for one in post.letters for line in one.splitlines() if "Subject" in line]
    assert subjects == [f"Subject: Letter {n}" for n in range(5)]


@pytest.mark.parametrize("field", ["to", "subject", "sender"])
@pytest.mark.parametrize("poison", ["a@b.example\nBcc: all@b.example", "a@b.example\r\nX: y"])
def test_a_line_break_in_a_header_is_refused(field: str, poison: str):
    parts = {"sender": "s@b.example", "to": "a@b.example", "subject": "Ready", field: poison}
    with pytest.raises(ValueError, match="linefeed"):
        mail.letter(parts["sender"], parts["to"], parts["subject"], "text")


def test_a_poisoned_letter_is_never_sent_and_holds_up_nobody(room: Room, post: Post):
    put(room, to="a@b.example\nBcc: everyone@b.example")
    put(room, subject="The next one")
    assert outbox.run_due(room.with_mail(post.url)) == 1
    (letter,) = post.letters
    assert "The next one" in letter
    assert "everyone" not in letter
    poisoned = room.jobs()[0]
    assert poisoned.fault.startswith("ValueError")
    assert poisoned.done_at is None


def test_without_a_mail_server_letters_wait_as_long_as_it_takes(room: Room, post: Post):
    put(room)
    for _ in range(40):
        assert outbox.run_due(room.workshop) == 0
        room.school.pass_time(hours=9)
    (job,) = room.jobs()
    assert (job.done_at, job.tries, job.fault) == (None, 0, "No mail server is set: LMS_SMTP_URL")
    assert outbox.run_due(room.with_mail(post.url)) == 1
    assert len(post.letters) == 1


def test_the_demo_sends_nothing_to_anyone(room: Room, post: Post):
    put(room)
    assert outbox.run_due(room.with_mail(post.url, demo=True)) == 1
    assert post.letters == []


def test_a_recipient_that_is_turned_away_is_tried_again_later(room: Room, post: Post):
    post.refuses = "450 try later"
    put(room)
    assert outbox.run_due(room.with_mail(post.url)) == 0
    assert room.jobs()[0].fault.startswith("SMTPRecipientsRefused")
    post.refuses = ""
    room.school.pass_time(minutes=2)
    assert outbox.run_due(room.with_mail(post.url)) == 1
    assert len(post.letters) == 1


def test_a_mail_server_that_is_away_or_misspelled_is_a_fault_of_the_job(room: Room):
    for url in ("smtp://127.0.0.1:1", "smtp://127.0.0.1:port", "smtps://127.0.0.1:1"):
        put(room)
        assert outbox.run_due(room.with_mail(url)) == 0
        job = room.jobs()[-1]
        assert (job.tries, job.done_at) == (1, None)
        assert job.fault


def test_a_password_that_the_server_does_not_ask_for_is_not_sent_in_the_open(post: Post):
    letter = mail.letter("s@b.example", "a@b.example", "Ready", "text")
    url = post.url.replace("//", "//user:p%40ss@")
    with pytest.raises(smtplib.SMTPNotSupportedError):
        mail.deliver(url, letter)
    assert post.letters == []
