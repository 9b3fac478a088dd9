"""Reading the ledger: a page of lines by key, and sums that the database adds up."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Integer, Text, cast, func, or_, select, true, tuple_
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import Subquery

from lms.domain.caps import ONLINE, Caps, capped, left_out
from lms.domain.hours import Entry, Modality, Standing, Totals
from lms.domain.requirements import Counted
from lms.domain.vouching import standing
from lms.models.hours import LedgerEntry
from lms.models.learning import Reading
from lms.models.vouching import EntryCheck
from lms.records.hours import as_entry, by_ref

PAGE = 30
Limited = tuple[Entry, Counted]
"""A line with what a limit leaves of it."""
_Cells = dict[Standing, dict[tuple[str, Modality], int]]


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, newest first, with what belongs to them.

    ``originals`` are lines by id that lines of the page take back, ``taken_back`` the lines that
    take one of the page back, ``checks`` the last word on a line, ``seen`` the seconds that a
    module was on screen. ``newer`` and ``older`` are the refs that the neighbouring pages begin at.
    """

    lines: list[LedgerEntry]
    originals: Mapping[int, LedgerEntry]
    taken_back: Mapping[int | None, LedgerEntry]
    checks: Mapping[int, EntryCheck]
    seen: Mapping[str, int]
    newer: str = ""
    older: str = ""


def page(session: Session, person_id: int, begin: str = "", size: int = PAGE) -> Page:
    """The page that begins at a line of this person, or at the newest; pages go by key."""
    first = by_ref(session, begin) if begin else None
    key = tuple_(LedgerEntry.ends_at, LedgerEntry.id)
    mine = select(LedgerEntry).where(LedgerEntry.person_id == person_id)
    newest_first = mine.order_by(LedgerEntry.ends_at.desc(), LedgerEntry.id.desc())
    newer = ""
    if first is not None and first.person_id == person_id:
        at = (first.ends_at, first.id)
        newest_first = newest_first.where(key <= at)
        refs = select(LedgerEntry.ref).where(LedgerEntry.person_id == person_id, key > at)
        ahead = refs.order_by(LedgerEntry.ends_at, LedgerEntry.id).limit(size)
        newer = [*session.scalars(ahead), ""][-2:][0]
    lines = list(session.scalars(newest_first.limit(size + 1)))
    older = lines[size].ref if len(lines) > size else ""
    return _page(session, person_id, lines[:size], newer, older)


def _page(
    session: Session, person_id: int, lines: list[LedgerEntry], newer: str, older: str
) -> Page:
    ids = [line.id for line in lines]
    pairs = session.scalars(
        select(LedgerEntry).where(
            or_(
                LedgerEntry.reverses_id.in_(ids),
                LedgerEntry.id.in_([line.reverses_id for line in lines if line.reverses_id]),
            )
        )
    ).all()
    known = {line.id: line for line in (*lines, *pairs)}
    modules = {line.module_id for line in lines if line.module_id}
    return Page(
        lines,
        known,
        {line.reverses_id: line for line in known.values() if line.reverses_id},
        last_words(session, [line.id for line in lines if line.needs]),
        _seen(session, person_id, modules) if modules else {},
        newer,
        older,
    )


def last_words(session: Session, ids: Collection[int]) -> dict[int, EntryCheck]:
    """The last word on each of these lines that has one."""
    if not ids:
        return {}
    said = select(EntryCheck).where(EntryCheck.entry_id.in_(ids)).order_by(EntryCheck.revision)
    return {row.entry_id: row for row in session.scalars(said)}


def _seen(session: Session, person_id: int, modules: Collection[str]) -> dict[str, int]:
    found = session.execute(
        select(Reading.module_id, func.sum(Reading.seconds_seen))
        .where(
            Reading.person_id == person_id,
            Reading.module_id.in_(modules),
            Reading.seconds_seen.is_not(None),
        )
        .group_by(Reading.module_id)
    )
    return {module: int(seconds or 0) for module, seconds in found}


def sums(
    session: Session, person_id: int, limited: Collection[Limited] = ()
) -> dict[Standing, Totals]:
    """Totals of all lines by who stands behind them, without what a limit leaves out.

    Added up by the database: a long ledger is not read for its sums. Lines that are split alike
    are counted together first, so that few splits are taken apart.
    """
    cells: _Cells = {one: {} for one in Standing}
    alike = _alike(person_id)
    each = func.json_each if session.get_bind().dialect.name == "sqlite" else func.jsonb_each
    parts = each(alike.c.topics).table_valued("key", "value", name="parts")
    grouped = (alike.c.needs, alike.c.verdict, alike.c.modality, parts.c.key)
    minutes = func.sum(cast(cast(parts.c.value, Text), Integer) * alike.c.lines)
    found = session.execute(
        select(*grouped, minutes).select_from(alike).join(parts, true()).group_by(*grouped)
    )
    for needs, verdict, modality, topic, whole in found:
        _add(cells[standing(needs, verdict)], topic, Modality(modality), int(whole))
    for entry, counted in limited:
        for topic, lost in left_out(entry, counted).items():
            _add(cells[entry.standing], topic, entry.modality, -lost)
    return {one: _totals(found) for one, found in cells.items()}


def _alike(person_id: int) -> Subquery:
    kinds = (
        LedgerEntry.needs,
        LedgerEntry.verdict.label("verdict"),
        LedgerEntry.modality,
        LedgerEntry.topics,
    )
    mine = select(*kinds, func.count().label("lines")).where(LedgerEntry.person_id == person_id)
    return mine.group_by(*kinds).subquery()


def _add(cells: dict[tuple[str, Modality], int], topic: str, way: Modality, minutes: int) -> None:
    cells[topic, way] = cells.get((topic, way), 0) + minutes


def _totals(cells: Mapping[tuple[str, Modality], int]) -> Totals:
    topics: dict[str, int] = {}
    ways: dict[Modality, int] = {}
    kept = {cell: minutes for cell, minutes in cells.items() if minutes}
    for (topic, way), minutes in kept.items():
        topics[topic] = topics.get(topic, 0) + minutes
        ways[way] = ways.get(way, 0) + minutes
    return Totals(sum(ways.values()), topics, ways, kept)


def limited(session: Session, person_id: int, caps: Caps) -> list[Limited]:
    """Lines of which a limit leaves something out. Reads only days that may reach it."""
    entries = _near_limit(session, person_id, caps)
    counts = capped(entries, caps)
    return [(e, counts[e.id]) for e in entries if counts[e.id].why_not is not None]


def _near_limit(session: Session, person_id: int, caps: Caps) -> list[Entry]:
    """Online lines of days on which, with the day before, a limit can be passed."""
    if caps.online_in_24_hours is None:
        return []
    online = (
        LedgerEntry.person_id == person_id,
        LedgerEntry.modality.in_(ONLINE),
        LedgerEntry.origin == "ours",
    )
    day = _day(session)
    by_day = select(day, func.sum(LedgerEntry.minutes)).where(
        *online, LedgerEntry.reverses_id.is_(None)
    )
    minutes = {_as_day(d): int(m) for d, m in session.execute(by_day.group_by(day))}
    one = timedelta(days=1)
    full = [d for d, m in minutes.items() if m + minutes.get(d - one, 0) > caps.online_in_24_hours]
    wanted = {str(d - back) for d in full for back in (one, timedelta())}
    if not wanted:
        return []
    rows = select(LedgerEntry).where(*online, cast(day, Text).in_(wanted))
    return [as_entry(row) for row in session.scalars(rows)]


def _day(session: Session) -> ColumnElement[object]:
    """The day of a line in UTC."""
    if session.get_bind().dialect.name == "sqlite":
        return func.date(LedgerEntry.ends_at)
    return func.date(func.timezone("UTC", LedgerEntry.ends_at))


def _as_day(found: object) -> date:
    return found if isinstance(found, date) else date.fromisoformat(str(found))
