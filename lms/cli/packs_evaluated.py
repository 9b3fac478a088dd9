"""``lms packs evaluate``: a record in a file, before the rule of a board."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from lms.cli.packs import day_of, library, pack_of, version_of
from lms.cli.talk import Refusal, answer, json_option, root_option, say
from lms.domain.certificate import in_hours
from lms.domain.evaluate import Part
from lms.domain.evaluate import evaluate as evaluated
from lms.domain.record import Record
from lms.domain.requirements import Answer
from lms.formats.pack_text import WARNING
from lms.formats.record_file import RecordFault, read_record

_LARGEST = 20_000_000


@click.command()
@click.argument("pack")
@click.option(
    "--record",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="The record, as JSON.",
)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day; today, if left out.")
@click.option("--version", "name", help="Which version; the one in force, if left out.")
@click.option(
    "--part",
    type=click.Choice([str(part) for part in Part]),
    default=str(Part.STAGES),
    show_default=True,
    help="Becoming certified, renewing, or the duties while certified.",
)
@click.option("--lines", is_flag=True, help="Show the lines counted for each answer too.")
@root_option
@json_option
def evaluate(
    pack: str,
    file: Path,
    on: datetime | None,
    name: str | None,
    part: str,
    lines: bool,
    root: Path | None,
    as_json: bool,
) -> None:
    """Say what of a pack a record meets, and why. Exit 0 whatever the answer: the board decides.

    \b
    lms packs evaluate md-cprs --record kim.json
    lms packs evaluate md-cprs --record kim.json --on 2026-03-03 --lines
    lms packs evaluate md-cprs --record kim.json --part renewal --json

    The record is JSON. An entry needs minutes, topics, modality and day; all else may be left out:

    \b
    {"entries": [{"minutes": 120, "topics": {"ethics": 120}, "modality": "live-online",
                  "day": "2026-03-03", "title": "Ethics day", "approvals": ["ASAP-NYCB"]}],
     "facts": {"recovery": {"standing": "attested", "since": "2023-05-01"},
               "md-cprs/core-course": {"standing": "shown"}},
     "certified_on": "2025-01-15", "period_from": "2025-01-15"}

    What each key means stands in docs/packs.md.
    """
    held, day = library(root), day_of(on)
    version = version_of(pack_of(held, pack), name, day)
    record = _record(file, held.topics)
    found = evaluated(version, record, day, Part(part))
    told = {"pack": pack, "version": version.id, "on": day, "warning": WARNING}
    answer(told | {"answer": _plain(found)}, as_json, _tree(found, 0, lines))
    say(f"{pack} {version.id} on {day}. {WARNING}")


def _record(file: Path, topics: Collection[str]) -> Record:
    if file.stat().st_size > _LARGEST:
        raise Refusal(f"{file} is larger than 20 MB, so it is no record of one person.")
    try:
        return read_record(file.read_text(encoding="utf-8-sig"), topics)
    except UnicodeDecodeError as fault:
        raise Refusal(f"{file} is not text in UTF-8. Save it as UTF-8.") from fault
    except RecordFault as fault:
        raise Refusal(f"{file}: {fault}") from fault


def _plain(found: Answer) -> dict[str, Any]:
    counted = [
        {"entry": c.entry, "minutes": c.minutes, "of": c.of}
        | {"why_not": None if c.why_not is None else str(c.why_not)}
        for c in found.counted
    ]
    return {
        "id": found.id,
        "title": found.title,
        "state": found.state,
        "sentence": str(found.sentence),
        "have": found.have,
        "need": found.need,
        "by": found.by,
        "counted": counted,
        "parts": [_plain(part) for part in found.parts],
    }


def _tree(found: Answer, depth: int, with_lines: bool) -> list[str]:
    indent = "  " * depth
    told = [f"{indent}{found.state:9} {found.sentence}"]
    for counted in found.counted if with_lines else ():
        why = f": {counted.why_not}" if counted.why_not is not None else ""
        told.append(
            f"{indent}{'':9}  line {counted.entry}: "
            f"{in_hours(counted.minutes)} of {in_hours(counted.of)}{why}"
        )
    return told + [line for part in found.parts for line in _tree(part, depth + 1, with_lines)]
