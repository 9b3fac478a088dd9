"""The provider's record: its statements by day, and what its trainers hold."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain import provider_record as rules
from lms.domain.people import COHORT_ROLES, Role, clean_line
from lms.domain.provider_record import (
    Qualification,
    Statement,
    Topic,
    check,
    holding,
    with_qualifications,
)
from lms.models.people import GrantRow, Person
from lms.models.provider import ProviderStatement, QualificationHeld
from lms.records import journal
from lms.records.office import Office

WORDS = 120
EVIDENCE = 300


def statements(session: Session) -> list[Statement]:
    """Everything that was ever said, in the order it was said."""
    rows = session.scalars(select(ProviderStatement).order_by(ProviderStatement.id))
    return [Statement(Topic(row.topic), row.words, row.starts_on) for row in rows]


def said_on(session: Session, day: date) -> Mapping[Topic, Statement]:
    """What holds on a day."""
    return holding(statements(session), day)


def printing(session: Session, now: datetime, office: Office) -> Office:
    """The office as papers print it today."""
    said = said_on(session, office.day(now))
    return replace(office, provider=rules.printing(office.provider, said))


def say(
    session: Session, now: datetime, today: date, by: Person, topic: Topic, words: str, starts: date
) -> None:
    """Say something anew; what was said before stays on record. Raises ValueError."""
    said = check(topic, words, starts, today)
    session.add(
        ProviderStatement(
            topic=topic, words=said.words, starts_on=said.starts, said_by=by.id, said_at=now
        )
    )
    journal.note(session, now, by.id, "provider:say", f"topic:{topic}")


def trainers(session: Session) -> list[Person]:
    """Everyone who may teach here, by name."""
    teaches = select(GrantRow.person_id).where(
        GrantRow.role.in_([role for role in COHORT_ROLES if role is not Role.LEARNER])
    )
    found = select(Person).where(Person.id.in_(teaches), Person.disabled_at.is_(None))
    return list(session.scalars(found.order_by(Person.name, Person.id)))


def qualifications(session: Session, ids: Collection[int]) -> dict[int, list[QualificationHeld]]:
    """What these people hold or held, by person, the first begun first; nothing withdrawn."""
    found: dict[int, list[QualificationHeld]] = {}
    rows = session.scalars(
        select(QualificationHeld)
        .where(QualificationHeld.person_id.in_(ids), QualificationHeld.withdrawn_at.is_(None))
        .order_by(QualificationHeld.starts_on, QualificationHeld.id)
    )
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found


def as_held(rows: Iterable[QualificationHeld]) -> list[Qualification]:
    """Rows as the rules see them."""
    return [Qualification(row.words, row.starts_on, row.ends_on) for row in rows]


def in_words(session: Session, taught: Mapping[int, tuple[str, date]]) -> tuple[str, ...]:
    """Trainers as papers print them: each name with what was held on the last day they taught."""
    held = qualifications(session, taught)
    return tuple(
        with_qualifications(name, as_held(held.get(person, ())), day)
        for person, (name, day) in taught.items()
    )


def hold(
    session: Session,
    now: datetime,
    by: Person,
    person: Person,
    held: Qualification,
    evidence: str,
) -> QualificationHeld:
    """Put on record what a trainer holds and what was seen of it. Raises ValueError."""
    words, seen = clean_line(held.words), clean_line(evidence)
    if not words or len(words) > WORDS:
        raise ValueError(f"Write what they hold in up to {WORDS} characters.")
    if not seen or len(seen) > EVIDENCE:
        raise ValueError(f"Say what you saw, in up to {EVIDENCE} characters.")
    if held.ends is not None and held.ends < held.starts:
        raise ValueError("The last day is before the first. Change one of them.")
    row = QualificationHeld(
        person_id=person.id,
        words=words,
        evidence=seen,
        starts_on=held.starts,
        ends_on=held.ends,
        said_by=by.id,
        said_at=now,
    )
    session.add(row)
    journal.note(session, now, by.id, "qualification:hold", f"person:{person.ref}")
    return row


def withdraw(session: Session, now: datetime, by: Person, row: QualificationHeld) -> None:
    """Take a mistake back: from now on no paper prints it. Twice is once."""
    if row.withdrawn_at is None:
        row.withdrawn_at = now
        journal.note(session, now, by.id, "qualification:withdraw", f"qualification:{row.ref}")


def by_ref(session: Session, ref: str) -> QualificationHeld | None:
    """What a reference names, or None."""
    return session.scalar(select(QualificationHeld).where(QualificationHeld.ref == ref))
