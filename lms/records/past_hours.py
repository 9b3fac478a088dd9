"""Old hours from a coordinator's list: looked through first, then all brought in or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from lms.domain.hours import Entry
from lms.domain.logging_hours import Kind, Logged, Refused, log, refused
from lms.domain.past_hours import Past, read
from lms.domain.people import Role
from lms.domain.requirements import Sentence
from lms.domain.same_time import as_entry, check_against
from lms.domain.vouching import Needs
from lms.models.database import take_turn
from lms.models.hours import LedgerEntry
from lms.models.people import Cohort, Person
from lms.records import hours, journal, people
from lms.records.logging_hours import NEAR, event_of, row_of
from lms.records.office import Office

Rows = Iterable[tuple[int, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Bringing:
    """Who brings hours in, for which cohort; ``topics`` gives ids by name."""

    by: Person
    cohort: Cohort
    topics: Mapping[str, str]
    office: Office


@dataclass(frozen=True, slots=True)
class Line:
    """One row: whose time and what it is, whether it stands already, or why it cannot be kept."""

    row: int
    cells: dict[str, str]
    person: Person | None = None
    past: Past | None = None
    logged: Logged | None = None
    event_key: str = ""
    stands: bool = False
    fault: Sentence | None = None


@dataclass(slots=True)
class _Known:
    """What stands so far: learners by address, their lines that count, and keys of events."""

    people: Mapping[str, Person]
    lines: dict[int, list[Entry]]
    keys: dict[str, int]
    standing: set[str]
    here: dict[str, int] = field(default_factory=dict)


def look(session: Session, now: datetime, bringing: Bringing, rows: Rows) -> list[Line]:
    """What would become of every row, as if those above it were kept. Few statements."""
    listed = list(rows)
    known = _known(
        session, bringing.cohort, {cells.get("email", "").lower() for _row, cells in listed}
    )
    return [_line(now, bringing, known, row, cells) for row, cells in listed]


def _line(
    now: datetime, bringing: Bringing, known: _Known, row: int, cells: dict[str, str]
) -> Line:
    zone = bringing.office.timezone
    try:
        person = _person(known, cells, bringing.by)
        past = read(cells, bringing.topics)
        logged = log(past.typed, now, zone)
        event = event_of(person.id, past.kind, logged, past.account)
        if (before := known.here.setdefault(event, row)) != row:
            raise refused("title", "This stands in row %(row)s already. Delete one.", row=before)
        if event in known.standing:
            return Line(row, cells, person, past, logged, stands=True)
        others = known.lines.setdefault(person.id, [])
        near = [e for e in others if _is_near(e, logged)]
        check_against(logged, past.kind, past.account.modality, near, zone)
        others.append(as_entry(logged, past.kind, past.account.modality, past.account.title))
    except Refused as stop:
        return Line(row, cells, fault=stop.refusals[0].sentence)
    key = f"{event}:{known.keys.get(event, 0)}"
    return Line(row, cells, person, past, logged, key)


def _person(known: _Known, cells: Mapping[str, str], by: Person) -> Person:
    """Whether an address has an account elsewhere is not said."""
    person = known.people.get(cells.get("email", "").lower())
    if person is None:
        raise refused(
            "email",
            "No learner of this cohort has the address “%(email)s”. Invite them first, or mend the "
            "address.",
            email=cells.get("email", "")[:60],
        )
    if person.id == by.id:
        raise refused("email", "This is your own record. Another coordinator looks after it.")
    return person


def _is_near(entry: Entry, logged: Logged) -> bool:
    return entry.ends_at > logged.starts_at - NEAR and entry.starts_at < logged.ends_at + NEAR


def _known(session: Session, cohort: Cohort, emails: set[str]) -> _Known:
    members = people.members(session, [cohort.id], Role.LEARNER)
    named = {person.email: person for person, _id in members if person.email in emails}
    known = _Known(named, {}, {}, set())
    for row, is_back in session.execute(_lines_of([person.id for person in named.values()])):
        _add(known, row, is_back)
    return known


def _lines_of(ids: Sequence[int]) -> Select[LedgerEntry, bool]:
    later = aliased(LedgerEntry)
    is_back = select(later.id).where(later.reverses_id == LedgerEntry.id).exists()
    return select(LedgerEntry, is_back).where(
        LedgerEntry.person_id.in_(ids), LedgerEntry.reverses_id.is_(None)
    )


def _add(known: _Known, row: LedgerEntry, is_back: bool) -> None:
    event, _sign, _number = row.event_key.rpartition(":")
    if row.event_key.startswith("log:"):
        known.keys[event] = known.keys.get(event, 0) + 1
    if not is_back:
        known.standing.add(event)
        known.lines.setdefault(row.person_id, []).append(hours.as_entry(row))


def bring_in(session: Session, now: datetime, bringing: Bringing, rows: Rows) -> list[Line]:
    """Keep every row that is new; those kept. With a fault in any row nothing is: raises
    ValueError.

    Meetings of ours are vouched for by the coordinator who brings them in, and count in the
    cohort's program. Training from elsewhere waits for a check, work for a signature.
    """
    take_turn(session, f"past-hours:{bringing.cohort.id}")
    listed = list(rows)
    lines = look(session, now, bringing, listed)
    # One log of a person at a time: what they write down meanwhile is found by a second look.
    for person_id in sorted({line.person.id for line in lines if line.person}):
        take_turn(session, f"hours:{person_id}")
    lines = look(session, now, bringing, listed)
    if any(line.fault for line in lines):
        raise ValueError("A row of this list has a fault, so nothing was brought in.")
    new = [line for line in lines if not line.stands]
    for line in new:
        _keep(session, now, bringing, line)
    subject = f"cohort:{bringing.cohort.ref}"
    journal.note(session, now, bringing.by.id, "past-hours:bring", subject, lines=len(new))
    return new


def _keep(session: Session, now: datetime, bringing: Bringing, line: Line) -> None:
    if line.person is None or line.past is None or line.logged is None:
        raise LookupError("a line without a fault says whose time it is and what it was")
    past = line.past
    row = row_of(now, line.person.id, past.kind, line.logged, past.account, line.event_key)
    if past.kind is Kind.HELD:
        row.needs, row.program_id = Needs.NOTHING, bringing.cohort.program_id
        row.voucher, row.voucher_id = bringing.by.name, bringing.by.id
        row.approvals = list(bringing.office.approvals(row.starts_at))
    hours.enter(session, now, row)
