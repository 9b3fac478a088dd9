"""A learner's record as the rules see it: lines of hours, and the answers they gave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.caps import NO_CAPS, Caps, capped, left_out
from lms.domain.hours import Entry
from lms.domain.packs import Requirement
from lms.domain.record import Held, Record
from lms.domain.requirements import Counted
from lms.models.hours import LedgerEntry
from lms.models.people import Person
from lms.models.standing import FactHeld
from lms.records import hours, journal

NO, UNSAID = "no", "unsaid"
"""Standings that say nothing for a requirement: not yet, and an answer taken back."""

SHARED = frozenset({"education", "age"})
"""Facts that are the same whoever asks: told to one board, they need not be told again."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer to one question of a board. ``amount`` is what the board asks, never more."""

    standing: str
    since: date | None = None
    version: str = ""


def answers(session: Session, person_id: int) -> dict[tuple[str, str], FactHeld]:
    """The newest answer to each question, by pack and requirement; those taken back left out."""
    mine = select(FactHeld).where(FactHeld.person_id == person_id)
    rows = session.scalars(mine.order_by(FactHeld.revision, FactHeld.id))
    newest = {(row.pack_id, row.requirement_id): row for row in rows}
    return {key: row for key, row in newest.items() if row.standing != UNSAID}


def facts_of(session: Session, person_id: int) -> dict[str, Held]:
    """What a person holds, as the rules look it up: by ``<pack>/<requirement>``, and by kind for
    facts that are the same whoever asks.

    For its holder, and for a board by a release of full scope: nobody else.
    """
    found: dict[str, Held] = {}
    for row in sorted(answers(session, person_id).values(), key=lambda row: row.id):
        if row.standing == NO:
            continue
        held = _held(row)
        found[f"{row.pack_id}/{row.requirement_id}"] = held
        if row.kind in SHARED and _is_more(held, found.get(row.kind)):
            found[row.kind] = held
    return found


def _held(row: FactHeld) -> Held:
    return Held(
        fact=row.kind,
        standing=row.standing,
        amount=row.amount,
        since=row.since,
        said_on=row.said_at.date(),
        version=row.version,
    )


def _is_more(new: Held, old: Held | None) -> bool:
    return old is None or (new.amount or 0) >= (old.amount or 0)


def record_of(session: Session, person_id: int, caps: Caps = NO_CAPS) -> Record:
    """Hours and facts, as an evaluation looks at them. Since when a credential is held depends on
    the board: see ``lms.records.evaluated``.
    """
    entries = within(map(hours.as_entry, hours.lines(session, person_id)), caps)
    return Record(entries=entries, facts=facts_of(session, person_id))


def within(entries: Iterable[Entry], caps: Caps) -> tuple[Entry, ...]:
    """Lines with the minutes that the provider's daily limits leave them.

    The ledger shows which line is over and why; a board is told of no minute beyond.
    """
    lines = tuple(entries)
    if caps == NO_CAPS:
        return lines
    counts = capped(lines, caps)
    return tuple(_left(line, counts[line.id]) for line in lines)


def _left(line: Entry, counted: Counted) -> Entry:
    lost = left_out(line, counted)
    topics = {topic: part - lost.get(topic, 0) for topic, part in line.topics.items()}
    return replace(line, minutes=counted.minutes, topics=topics) if lost else line


def hours_of(
    session: Session, person_ids: Iterable[int], caps: Caps = NO_CAPS
) -> dict[int, Record]:
    """Records of many people that hold hours and nothing they said of themselves, in one
    statement: for trainers and coordinators.
    """
    ids = list(person_ids)
    rows = session.scalars(
        select(LedgerEntry)
        .where(LedgerEntry.person_id.in_(ids))
        .order_by(LedgerEntry.person_id, LedgerEntry.starts_at, LedgerEntry.id)
    )
    lines: dict[int, list[Entry]] = {person_id: [] for person_id in ids}
    for row in rows:
        lines[row.person_id].append(hours.as_entry(row))
    return {person_id: Record(entries=within(mine, caps)) for person_id, mine in lines.items()}


def say(
    session: Session,
    now: datetime,
    person: Person,
    pack_id: str,
    said: Mapping[str, tuple[Requirement, Said]],
) -> int:
    """Keep the answers that changed, each as a new row; returns how many.

    The journal learns how many, never which: what a person says of themself is theirs.
    """
    before = answers(session, person.id)
    changed = 0
    for name, (asked, new) in said.items():
        old = before.get((pack_id, name))
        if _same(old, new):
            continue
        session.add(_row(session, now, person.id, pack_id, asked, new))
        changed += 1
    journal.note(session, now, person.id, "facts:say", f"person:{person.ref}", answers=changed)
    return changed


def _same(old: FactHeld | None, new: Said) -> bool:
    if old is None:
        return new.standing == UNSAID
    return (old.standing, old.since, old.version) == (new.standing, new.since, new.version)


def _row(
    session: Session, now: datetime, person_id: int, pack_id: str, asked: Requirement, new: Said
) -> FactHeld:
    revisions = select(FactHeld.revision).where(
        FactHeld.person_id == person_id,
        FactHeld.pack_id == pack_id,
        FactHeld.requirement_id == asked.id,
    )
    says_yes = new.standing not in (NO, UNSAID)
    return FactHeld(
        person_id=person_id,
        pack_id=pack_id,
        requirement_id=asked.id,
        revision=max(session.scalars(revisions), default=0) + 1,
        kind=asked.fact,
        standing=new.standing,
        amount=asked.amount.least if says_yes else None,
        since=new.since if says_yes else None,
        version=new.version if says_yes else "",
        said_at=now,
    )
