"""Accounts, roles, and what coordinators and operators change about them."""

from collections.abc import Iterable
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.domain.people import COHORT_ROLES, Grant, Role, clean_name
from lms.models.people import Cohort, GrantRow, Person
from lms.records import journal

# OWASP's setting for Argon2id: 19 MiB, two passes, one lane (security.md B2 V11).
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY = _HASHER.hash("nobody has this password")


class EmailTaken(Exception):
    """An account with this address exists."""


def clean_email(typed: str) -> str:
    """An address as it is stored: trimmed, lower case."""
    return typed.strip().lower()


def hash_password(password: str) -> str:
    """The Argon2id hash to store."""
    return _HASHER.hash(password)


def password_is_right(stored: str | None, password: str) -> bool:
    """Compare, taking as long for an unknown account as for a known one."""
    try:
        return _HASHER.verify(stored or _NOBODY, password) and stored is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def add_person(
    session: Session,
    now: datetime,
    *,
    email: str,
    name: str,
    password_hash: str,
    grants: Iterable[Grant] = (),
    by: int | None = None,
) -> Person:
    """Make an account. Raises EmailTaken, or ValueError with a sentence about the name."""
    address = clean_email(email)
    if by_email(session, address) is not None:
        raise EmailTaken(address)
    person = Person(
        email=address,
        name=clean_name(name),
        password_hash=password_hash,
        password_set_at=now,
        created_at=now,
    )
    session.add(person)
    session.flush()
    for grant in grants:
        add_grant(session, person, grant)
    journal.note(session, now, by or person.id, "person:account:make", f"person:{person.ref}")
    return person


def add_grant(session: Session, person: Person, grant: Grant) -> None:
    """Give a role. Raises ValueError when a cohort is missing or out of place."""
    if (grant.role in COHORT_ROLES) != (grant.cohort is not None):
        raise ValueError(f"the role {grant.role} goes with a cohort, or without one, not as given")
    session.add(GrantRow(person_id=person.id, role=grant.role, cohort_id=grant.cohort))


def by_email(session: Session, email: str) -> Person | None:
    """The account of an address, or None."""
    return session.scalar(select(Person).where(Person.email == clean_email(email)))


def by_ref(session: Session, ref: str) -> Person | None:
    """The person of an opaque reference, or None."""
    return session.scalar(select(Person).where(Person.ref == ref))


def grants_of(session: Session, person_id: int) -> tuple[Grant, ...]:
    """A person's roles as they are now."""
    rows = session.execute(
        select(GrantRow.role, GrantRow.cohort_id).where(GrantRow.person_id == person_id)
    )
    return tuple(Grant(Role(role), cohort) for role, cohort in rows)


def members(session: Session, cohort_ids: Iterable[int], role: Role) -> list[tuple[Person, int]]:
    """People of a role in cohorts with the cohort's id, by name."""
    found = session.execute(
        select(Person, GrantRow.cohort_id)
        .join(GrantRow, GrantRow.person_id == Person.id)
        .where(GrantRow.role == role, GrantRow.cohort_id.in_(list(cohort_ids)))
        .order_by(Person.name, Person.id)
    )
    return [(person, cohort) for person, cohort in found if cohort is not None]


def cohorts(session: Session, ids: Iterable[int]) -> list[Cohort]:
    """Cohorts by title."""
    return list(
        session.scalars(select(Cohort).where(Cohort.id.in_(list(ids))).order_by(Cohort.title))
    )


def add_cohort(session: Session, now: datetime, title: str, program_id: str) -> Cohort:
    """Make a cohort of a program."""
    cohort = Cohort(title=title, program_id=program_id, created_at=now)
    session.add(cohort)
    session.flush()
    journal.note(session, now, None, "cohort:make", f"cohort:{cohort.ref}")
    return cohort


def set_password(session: Session, now: datetime, person: Person, password_hash: str) -> None:
    """Change the password; every reset link made before it dies with it."""
    person.password_hash = password_hash
    person.password_set_at = now
    journal.note(session, now, person.id, "person:password:set", f"person:{person.ref}")


def set_time_factor(session: Session, now: datetime, person: Person, factor: int, by: int) -> None:
    """Set a person's accommodation in percent (100 usual, 0 no limits); it reaches running
    attempts.

    The reason for an accommodation is never stored.
    """
    person.time_factor = factor
    journal.note(session, now, by, "person:time-factor:set", f"person:{person.ref}", factor=factor)


def disable(session: Session, now: datetime, person: Person, by: int | None) -> None:
    """Close the account to sign-in. Records and certificates stay."""
    person.disabled_at = now
    journal.note(session, now, by, "person:account:disable", f"person:{person.ref}")


def all_people(session: Session, after_id: int = 0, limit: int = 200) -> list[Person]:
    """Accounts in the order they were made, a page at a time by key."""
    page = select(Person).where(Person.id > after_id).order_by(Person.id).limit(limit)
    return list(session.scalars(page))


def count_people(session: Session) -> int:
    """How many accounts there are; for the operator's command line only."""
    return session.scalar(select(func.count()).select_from(Person)) or 0
