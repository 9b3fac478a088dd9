"""A learner's record as JSON, for asking what a board would still want; the form is record.json."""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import best_match

from lms.domain.hours import Entry, Modality, Standing
from lms.domain.packs import FACTS
from lms.domain.record import Held, Record

_DATES = FormatChecker(formats=())
_DATES.checks("date", raises=ValueError)(lambda day: bool(date.fromisoformat(day)))
_NOON: Final = time(12, tzinfo=UTC)
_LONGEST: Final = 12 * 60
"""A line of one day is laid around noon; one that is longer begins at midnight."""


class RecordFault(ValueError):
    """A file is no record: the message says where, what is wrong, and how to mend it."""


def read_record(text: str, topics: Collection[str]) -> Record:
    """The record that a JSON text holds. Raises RecordFault, naming the first fault.

    ``topics`` are those that minutes may be split by.
    """
    try:
        body = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise RecordFault(f"This is not JSON: {fault}. Compare it with docs/packs.md.") from fault
    error = best_match(_validator().iter_errors(body))
    if error is not None:
        where = error.json_path.removeprefix("$").removeprefix(".") or "the file"
        raise RecordFault(f"{where}: {error.message}. Compare it with docs/packs.md.")
    entries = tuple(_entries(body.get("entries", ()), frozenset(topics)))
    return Record(
        entries=entries,
        facts={name: _held(name, held) for name, held in body.get("facts", {}).items()},
        certified_on=_day(body, "certified_on"),
        period_from=_day(body, "period_from"),
    )


@cache
def _validator() -> Draft202012Validator:
    schema = json.loads((files("lms.formats") / "record.json").read_text("utf-8"))
    return Draft202012Validator(schema, format_checker=_DATES)


def _entries(lines: Collection[Mapping[str, Any]], topics: frozenset[str]) -> Iterator[Entry]:
    seen: set[int] = set()
    for number, line in enumerate(lines, 1):
        entry = _entry(number, line)
        if entry.id in seen:
            raise RecordFault(f"entries: the id {entry.id} stands twice. Give each line its own.")
        seen.add(entry.id)
        _refuse(number, entry, topics)
        yield entry


def _entry(number: int, line: Mapping[str, Any]) -> Entry:
    day, minutes = date.fromisoformat(line["day"]), line["minutes"]
    starts = datetime.combine(day, _NOON if abs(minutes) <= _LONGEST else time(tzinfo=UTC))
    return Entry(
        id=line.get("id", number),
        minutes=minutes,
        topics=line["topics"],
        modality=Modality(line["modality"]),
        starts_at=starts,
        ends_at=starts + timedelta(minutes=min(abs(minutes), 2 * _LONGEST)),
        evidence=line.get("evidence", f"line {number}"),
        voucher=line.get("voucher", ""),
        reverses=line.get("reverses"),
        reason=line.get("reason", ""),
        title=line.get("title", ""),
        origin=line.get("origin", "ours"),
        standing=Standing(line.get("standing", "vouched")),
        approvals=tuple(line.get("approvals", ())),
        pay=line.get("pay", ""),
    )


def _refuse(number: int, entry: Entry, topics: frozenset[str]) -> None:
    where, added = f"entries[{number}]", sum(entry.topics.values())
    unknown = sorted(entry.topics.keys() - topics)
    if unknown:
        raise RecordFault(f'{where}: there is no topic "{unknown[0]}". See curriculum/topics.yaml.')
    if added != entry.minutes:
        raise RecordFault(
            f"{where}: its topics add up to {added} minutes, and it has {entry.minutes}. "
            "Split exactly its minutes."
        )
    if (entry.minutes < 0) != (entry.reverses is not None):
        raise RecordFault(
            f"{where}: minutes below zero take another line back, and only they do. "
            "Write reverses with the id of that line."
        )


def _held(name: str, held: Mapping[str, Any]) -> Held:
    kind = name.rpartition("/")[2]
    if "/" not in name and kind not in FACTS:
        raise RecordFault(
            f'facts: there is no fact "{name}". Write one of {", ".join(FACTS)}, '
            "or <pack>/<requirement> for one that only this board asks."
        )
    return Held(
        fact=kind,
        standing=held["standing"],
        amount=held.get("amount"),
        since=_day(held, "since"),
        said_on=_day(held, "said_on"),
        version=held.get("version", ""),
    )


def _day(body: Mapping[str, Any], key: str) -> date | None:
    return date.fromisoformat(body[key]) if key in body else None
