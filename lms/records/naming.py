"""The name on certificates: corrected on request, by someone who saw what shows it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.certificate import State
from lms.domain.people import Role
from lms.models.certificates import Certificate
from lms.models.database import take_turn
from lms.models.holding import NameCorrection
from lms.models.people import GrantRow, Person
from lms.records import certificates, issuing, journal
from lms.records.office import Office

APPROVED, DECLINED, WITHDRAWN = "approved", "declined", "withdrawn"
_STANDS = (State.VALID, State.EXPIRED)


def last_of(session: Session, person_id: int) -> NameCorrection | None:
    """What a person asked last, or None."""
    theirs = select(NameCorrection).where(NameCorrection.person_id == person_id)
    return session.scalar(theirs.order_by(NameCorrection.id.desc()).limit(1))


def by_ref(session: Session, ref: str) -> NameCorrection | None:
    """One by its reference, or None."""
    return session.scalar(select(NameCorrection).where(NameCorrection.ref == ref))


def waiting(session: Session, cohorts: Collection[int]) -> list[tuple[NameCorrection, Person]]:
    """Those of learners of these cohorts that wait, oldest first, with who asked."""
    learners = select(GrantRow.person_id).where(
        GrantRow.role == Role.LEARNER, GrantRow.cohort_id.in_(cohorts)
    )
    found = (
        select(NameCorrection, Person)
        .join(Person, Person.id == NameCorrection.person_id)
        .where(NameCorrection.outcome == "", NameCorrection.person_id.in_(learners))
        .order_by(NameCorrection.id)
    )
    return [(row, person) for row, person in session.execute(found)]


def ask(
    session: Session, now: datetime, office: Office, person: Person, name: str, by: Person
) -> NameCorrection:
    """Ask for another name. Raises ValueError with a sentence when one waits, or it is the same."""
    take_turn(session, f"name:{person.id}")
    last = last_of(session, person.id)
    if last is not None and not last.outcome:
        raise ValueError("This was asked already. It has to be decided or taken back first.")
    held = certificates.of_person(session, person.id, now, office)
    printed = {record.facts.holder for record in held if record.standing.state in _STANDS}
    if printed | {person.name} == {name}:
        raise ValueError("That is the name we have. Nothing has to be changed.")
    row = NameCorrection(person_id=person.id, name=name, asked_by=by.id, asked_at=now)
    session.add(row)
    session.flush()
    _note(session, now, row, by, "ask")
    return row


def approve(
    session: Session, now: datetime, row: NameCorrection, evidence: str, office: Office, by: Person
) -> list[Certificate]:
    """Print the name from now on: every certificate that stands is issued anew.

    Raises ValueError with a sentence when it was decided before, or a certificate is suspended.
    """
    _refuse_decided(session, row)
    holder = session.get_one(Person, row.person_id)
    held = certificates.of_person(session, holder.id, now, office)
    if any(record.standing.state is State.SUSPENDED for record in held):
        raise ValueError(
            "A certificate of theirs is suspended. Let it count again before you correct the name."
        )
    holder.name = row.name
    _decide(session, now, row, APPROVED, by, evidence=evidence)
    return [
        issuing.reissue(session, now, record.certificate, holder, row.name, office, by)
        for record in held
        if record.standing.state in _STANDS and record.facts.holder != row.name
    ]


def decline(session: Session, now: datetime, row: NameCorrection, reason: str, by: Person) -> None:
    """Leave the name as it is, with a reason the person reads. Raises ValueError as above."""
    _refuse_decided(session, row)
    _decide(session, now, row, DECLINED, by, reason=reason)


def withdraw(session: Session, now: datetime, row: NameCorrection, by: Person) -> None:
    """The person takes it back. Raises ValueError as above."""
    _refuse_decided(session, row)
    _decide(session, now, row, WITHDRAWN, by)


def _refuse_decided(session: Session, row: NameCorrection) -> None:
    take_turn(session, f"name:{row.person_id}")
    session.refresh(row)
    if row.outcome:
        raise ValueError("This was decided already. Nothing was changed.")


def _decide(
    session: Session,
    now: datetime,
    row: NameCorrection,
    outcome: str,
    by: Person,
    evidence: str = "",
    reason: str = "",
) -> None:
    row.outcome, row.evidence, row.reason = outcome, evidence, reason
    row.decided_by, row.decided_at = by.id, now
    _note(session, now, row, by, outcome)


def _note(session: Session, now: datetime, row: NameCorrection, by: Person, deed: str) -> None:
    journal.note(session, now, by.id, f"name:{deed}", f"name:{row.ref}")
