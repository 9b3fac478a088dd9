"""Deleting one's account: what goes at once, what is kept and until when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from lms.domain.people import Role
from lms.domain.retention import Kind, kept_until
from lms.models.attempts import Answer, Attempt
from lms.models.boards import BoardMember, ClosedAccount
from lms.models.certificates import Certificate
from lms.models.database import held
from lms.models.holding import NameCorrection, ShareLink, ShareView
from lms.models.hours import LedgerEntry
from lms.models.journal import OutboxJob
from lms.models.learning import Nudge, Reading
from lms.models.people import Device, GrantRow, Invitation, Person
from lms.models.provider import EvaluationGiven
from lms.models.role_plays import Reply, RolePlay, SheetRow
from lms.models.standing import ApplicationPack, CredentialHeld, FactHeld, FollowedBoard
from lms.models.timetable import AttendanceSignature, CalendarFeed
from lms.models.vouching import ConfirmationRequest
from lms.records import journal, naming, releases
from lms.records.office import Office
from lms.records.role_plays import DECIDED


class OnlyOperator(Exception):
    """Nobody could look after the school any more."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays of an account, and the last day it is kept at least."""

    lines: int
    codes: tuple[str, ...]
    until: date


def kept(session: Session, now: datetime, office: Office, person: Person) -> Kept:
    """What would stay if the account were deleted now."""
    lines, newest = session.execute(
        select(func.count(LedgerEntry.id), func.max(LedgerEntry.ends_at)).where(
            LedgerEntry.person_id == person.id
        )
    ).one()
    papers = session.execute(
        select(Certificate.code, Certificate.issued_on, Certificate.expires_on).where(
            Certificate.person_id == person.id
        )
    ).all()
    days = [day for _code, issued, expires in papers for day in (issued, expires) if day]
    last = max([*days, office.day(newest) if newest else office.day(now)])
    # Where the holder worked is not known for sure, so no place is taken to ask for less.
    until = kept_until(Kind.HOURS, (), last)
    return Kept(lines, tuple(code for code, _issued, _expires in papers), until or last)


def delete_account(session: Session, now: datetime, office: Office, person: Person) -> Kept:
    """Delete what a person typed and said of themself, end their releases, and close the account.

    Hours, certificates, results and the journal stay, with the name they were earned under. Raises
    OnlyOperator.
    """
    _refuse_only_operator(session, person)
    stays = kept(session, now, office, person)
    releases.end_all(session, now, person)
    _forget_answers(session, person.id)
    _forget_role_plays(session, person.id)
    for table in (
        Reading,
        FactHeld,
        CredentialHeld,
        FollowedBoard,
        ApplicationPack,
        CalendarFeed,
        Nudge,
        EvaluationGiven,
    ):
        session.execute(delete(table).where(table.person_id == person.id))
    _forget_around_hours(session, now, person.id)
    _forget_around_certificates(session, person.id)
    _forget_ways_in(session, now, person)
    session.add(ClosedAccount(person_id=person.id, closed_at=now, kept_until=stays.until))
    journal.note(session, now, person.id, "person:account:delete", f"person:{person.ref}")
    return stays


def _refuse_only_operator(session: Session, person: Person) -> None:
    operators = (
        select(Person)
        .join(GrantRow, GrantRow.person_id == Person.id)
        .where(GrantRow.role == Role.OPERATOR, Person.disabled_at.is_(None))
    )
    if [row.id for row in session.scalars(held(session, operators))] == [person.id]:
        raise OnlyOperator


def _forget_answers(session: Session, person_id: int) -> None:
    """Every answer, and attempts that were never handed in. Results that were given stay."""
    mine = select(Attempt.id).where(Attempt.person_id == person_id)
    session.execute(delete(Answer).where(Answer.attempt_id.in_(mine)))
    session.execute(
        delete(Attempt).where(Attempt.person_id == person_id, Attempt.submitted_at.is_(None))
    )


def _forget_role_plays(session: Session, person_id: int) -> None:
    """Every word written in them and about them. What was decided stays; what waited is gone."""
    mine = select(RolePlay.id).where(RolePlay.person_id == person_id)
    waiting = mine.where(RolePlay.state != DECIDED)
    session.execute(delete(Reply).where(Reply.role_play_id.in_(mine)))
    session.execute(delete(SheetRow).where(SheetRow.role_play_id.in_(waiting)))
    session.execute(delete(RolePlay).where(RolePlay.id.in_(waiting)))
    for sheet in session.scalars(select(SheetRow).where(SheetRow.role_play_id.in_(mine))).all():
        sheet.ratings = {name: _without_words(r) for name, r in sheet.ratings.items()}


def _without_words(rating: dict[str, Any]) -> dict[str, Any]:
    return {**rating, "comment": ""}


def _forget_around_hours(session: Session, now: datetime, person_id: int) -> None:
    """Words about recorded times, and the addresses of supervisors, whose open links close. Who
    confirmed what stays with the line.
    """
    session.execute(
        update(AttendanceSignature)
        .where(AttendanceSignature.person_id == person_id)
        .values(words="")
    )
    session.execute(
        update(ConfirmationRequest)
        .where(ConfirmationRequest.person_id == person_id)
        .values(to_email="")
    )
    session.execute(
        update(ConfirmationRequest)
        .where(ConfirmationRequest.person_id == person_id, ConfirmationRequest.expires_at > now)
        .values(expires_at=now)
    )


def _forget_around_certificates(session: Session, person_id: int) -> None:
    """Links that show one, with who looked, and names that were asked for and not printed."""
    links = select(ShareLink.id).where(ShareLink.person_id == person_id)
    session.execute(delete(ShareView).where(ShareView.link_id.in_(links)))
    session.execute(delete(ShareLink).where(ShareLink.person_id == person_id))
    session.execute(
        delete(NameCorrection).where(
            NameCorrection.person_id == person_id, NameCorrection.outcome != naming.APPROVED
        )
    )


def _forget_ways_in(session: Session, now: datetime, person: Person) -> None:
    """Address, password, devices, roles, and letters that name the address."""
    letters = OutboxJob.body["to"].as_string() == person.email
    session.execute(delete(OutboxJob).where(OutboxJob.kind == "mail", letters))
    session.execute(
        update(Invitation)
        .where(Invitation.email == person.email)
        .values(email="", name="", password_hash="", expires_at=now)
    )
    session.execute(delete(Device).where(Device.person_id == person.id))
    session.execute(delete(GrantRow).where(GrantRow.person_id == person.id))
    session.execute(
        update(BoardMember)
        .where(BoardMember.person_id == person.id, BoardMember.left_at.is_(None))
        .values(left_at=now)
    )
    person.email = f"{person.ref}@deleted.invalid"
    person.password_hash = ""
    person.time_factor = 100
    person.disabled_at = now
