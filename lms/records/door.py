"""The door of a meeting: coming and going, by a trainer's tap or by the code that changes."""

from datetime import datetime

from sqlalchemy.orm import Session

from lms.domain import attendance as rules
from lms.domain.attendance import Door, How, Verdict
from lms.models.hours import LiveSession
from lms.models.people import Person, SignInFailure
from lms.records import journal, live_sessions, signing_in
from lms.records.live_sessions import Presence, Recording

BY_TAP = Recording(How.TAP)


class WrongCode(ValueError):
    """A guess that counts; the sentence says what to do."""


class MustWait(ValueError):
    """Too many wrong codes."""


def key(secret: str) -> bytes:
    """What the codes of all meetings are drawn with."""
    return signing_in.keyed(secret, "door", "codes").encode()


def show_code(session: Session, now: datetime, by: Person, meeting: LiveSession) -> None:
    """Let people sign in by the code; who shows it vouches for them. Raises ValueError."""
    _check_open(meeting, now)
    meeting.code_by = by.id
    journal.note(session, now, by.id, "live-session:code:show", f"live-session:{meeting.ref}")


def _check_open(meeting: LiveSession, now: datetime) -> None:
    if meeting.cancelled_at is not None:
        raise ValueError("This meeting was cancelled. Nobody can be recorded at it.")
    is_open = rules.door((meeting.starts_at, meeting.ends_at), now)
    if is_open is Door.BEFORE:
        raise ValueError("It is too early. This opens 15 minutes before the meeting starts.")
    if is_open is Door.AFTER:
        raise ValueError("The meeting is over. The trainer can still enter or correct the times.")


def come(
    session: Session,
    now: datetime,
    by: Person,
    meeting: LiveSession,
    person_id: int,
    recording: Recording = BY_TAP,
) -> None:
    """Someone came just now. Raises ValueError with a sentence."""
    _check_open(meeting, now)
    if now >= meeting.ends_at:
        raise ValueError("The meeting has ended. The trainer can enter who was there.")
    row = live_sessions.of_person(session, meeting, person_id)
    if row is not None and row.arrived_at is not None:
        raise ValueError(
            "The time of coming is recorded already. If it is wrong, or someone left and came "
            "back, the trainer can correct it."
        )
    live_sessions.record(session, now, by, meeting, {person_id: Presence(now, None)}, recording)


def go(
    session: Session,
    now: datetime,
    by: Person,
    meeting: LiveSession,
    person_id: int,
    recording: Recording = BY_TAP,
) -> None:
    """Someone leaves just now. Raises ValueError with a sentence."""
    _check_open(meeting, now)
    row = live_sessions.of_person(session, meeting, person_id)
    if row is None or row.arrived_at is None:
        raise ValueError("No time of coming is recorded yet. Sign in first.")
    if row.left_at is not None:
        raise ValueError("The time of leaving is recorded already. The trainer can correct it.")
    if now <= max(meeting.starts_at, row.arrived_at):
        raise ValueError("The meeting has not started yet, so there is nothing to sign out of.")
    there = {person_id: Presence(row.arrived_at, now)}
    live_sessions.record(session, now, by, meeting, there, recording)


def by_code(
    session: Session,
    now: datetime,
    secret: str,
    learner: Person,
    address: str,
    meeting: LiveSession,
    typed: str,
    is_coming: bool,
) -> None:
    """A learner signs in or out with the code that the trainer shows.

    Raises MustWait after too many guesses, WrongCode for one more guess (which is counted and must
    be committed), and ValueError for what is no guess: all with a sentence.
    """
    keyed = (
        signing_in.keyed(secret, "door-person", learner.ref),
        signing_in.keyed(secret, "door-address", address),
    )
    if signing_in.must_wait(session, now, *keyed):
        raise MustWait("There were too many tries. Wait 15 minutes, or tell your trainer.")
    _check_open(meeting, now)
    if meeting.code_by is None:
        raise ValueError("Your trainer does not use a code so far. Ask them to sign you in.")
    verdict = rules.judge(key(secret), meeting.ref, now, typed)
    if verdict is not Verdict.RIGHT:
        session.add(SignInFailure(account_digest=keyed[0], address_digest=keyed[1], at=now))
        subject = f"live-session:{meeting.ref}"
        journal.note(session, now, learner.id, "live-session:code:wrong", subject)
        raise WrongCode(_words(verdict))
    recording = Recording(How.CODE, voucher=session.get_one(Person, meeting.code_by))
    (come if is_coming else go)(session, now, learner, meeting, learner.id, recording)


def _words(verdict: Verdict) -> str:
    if verdict is Verdict.OLD:
        return "This code is no longer valid: it changes every minute. Type the one shown now."
    return "This is not the code of this meeting. Look at the trainer's screen and type it again."
