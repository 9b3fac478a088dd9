"""Many people invited to a cohort at once, from a coordinator's list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lms.domain.logging_hours import Refused, refused
from lms.domain.people import Grant
from lms.domain.requirements import Sentence
from lms.domain.rosters import Becomes, Wanted, becomes, read
from lms.models.database import take_turn
from lms.models.people import Cohort, GrantRow, Invitation, Person
from lms.records import journal, signing_in

Rows = Iterable[tuple[int, dict[str, str]]]
Write = Callable[[str], tuple[str, str]]
"""A letter's subject and text, for the token of its link."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: whom it wants and what becomes of them, or why it cannot be read."""

    row: int
    cells: dict[str, str]
    wanted: Wanted | None = None
    becomes: Becomes | None = None
    fault: Sentence | None = None


def look(session: Session, now: datetime, cohort: Cohort, rows: Rows) -> list[Line]:
    """What would become of every row. Two statements, whatever the number of rows."""
    here = {(email, role) for email, role in session.execute(_here(cohort))}
    waits = {(email, role) for email, role in session.execute(_waits(cohort, now))}
    first: dict[str, int] = {}
    return [_line(row, cells, here, waits, first) for row, cells in rows]


def _line(
    row: int,
    cells: dict[str, str],
    here: set[tuple[str, str]],
    waits: set[tuple[str, str]],
    first: dict[str, int],
) -> Line:
    try:
        wanted = read(cells)
    except Refused as stop:
        return Line(row, cells, fault=stop.refusals[0].sentence)
    if (before := first.setdefault(wanted.email, row)) != row:
        twice = refused(
            "email", "This address stands in row %(row)s already. Delete one of them.", row=before
        )
        return Line(row, cells, wanted, fault=twice.refusals[0].sentence)
    return Line(row, cells, wanted, becomes(wanted, here, waits))


def _here(cohort: Cohort) -> Select[str, str]:
    return (
        select(Person.email, GrantRow.role)
        .join(GrantRow, GrantRow.person_id == Person.id)
        .where(GrantRow.cohort_id == cohort.id)
    )


def _waits(cohort: Cohort, now: datetime) -> Select[str, str]:
    """Addresses with an invitation that is open; who signs up by themselves is not invited."""
    return select(Invitation.email, Invitation.role).where(
        Invitation.cohort_id == cohort.id,
        Invitation.used_by.is_(None),
        Invitation.password_hash == "",
        Invitation.expires_at > now,
    )


def send(
    session: Session,
    now: datetime,
    cohort: Cohort,
    rows: Rows,
    by: Person,
    write: Write,
) -> int:
    """Invite everyone who is to be invited; how many. With a fault in any row nobody is: raises
    ValueError.
    """
    # Of two coordinators with one list the second finds the letters of the first.
    take_turn(session, f"roster:{cohort.id}")
    lines = look(session, now, cohort, rows)
    if any(line.fault for line in lines):
        raise ValueError("A row of this list has a fault, so nobody was invited.")
    sent = 0
    for line in lines:
        if line.wanted is not None and line.becomes is Becomes.INVITED:
            grant = Grant(line.wanted.role, cohort.id)
            to, name = line.wanted.email, line.wanted.name
            token = signing_in.invite(session, now, to, grant, by.id, name=name)
            journal.send_mail(session, now, to, *write(token))
            sent += 1
    journal.note(session, now, by.id, "roster:send", f"cohort:{cohort.ref}", invited=sent)
    return sent
