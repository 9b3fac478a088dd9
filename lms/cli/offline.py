"""``lms cert verify FILE --bundle``: a certificate checked without its school."""

from datetime import date
from pathlib import Path

import click

from lms.cli.talk import Refusal, answer
from lms.domain.certificate import in_hours, spaced
from lms.formats import bundle
from lms.jobs import offline_checking
from lms.jobs.offline_checking import NotProved, Offline


def verify(path: Path, place: Path, key: str, today: date, as_json: bool) -> None:
    """Check a file with a sealed bundle and say what was found; exit 0 only if it holds."""
    try:
        found = offline_checking.check(path.read_bytes(), bundle.read(place), today, key)
    except (NotProved, bundle.NoBundle, OSError) as stop:
        raise Refusal(f"Not proved. {stop}") from stop
    facts, compared = found.facts, found.compared
    value = {
        "holds": found.holds,
        "as_of": found.as_of,
        "entry": found.traced.index,
        "ended_by": found.traced.ended,
        "on_status_list": found.is_on_list,
        "expired": found.is_past,
        "code": facts.code,
        "holder": facts.holder,
        "differing": [[str(one.field), one.paper, one.record] for one in compared.differing],
        "extra": list(compared.extra),
        "unfound": [one.shown for one in compared.unfound],
        "remarks": list(found.remarks),
    }
    answer(value, as_json, _lines(found))
    if not found.holds:
        raise click.exceptions.Exit(1)


def _lines(found: Offline) -> list[str]:
    facts, compared = found.facts, found.compared
    said = "The page says what was entered." if compared.agrees else "The page differs:"
    if not compared.has_text:
        said = "The file has no text to compare. Compare every line by eye."
    return [
        offline_checking.in_words(found),
        f"That is as of {found.as_of}. Ask the school, or a newer bundle, about later.",
        f"code     {spaced(facts.code)}",
        f"holder   {facts.holder}",
        f"program  {facts.program}, edition {facts.edition}",
        f"issued   {facts.issued_on} by {facts.provider}",
        f"hours    {in_hours(facts.minutes)}",
        said,
        *(f"  {one.field}: page {one.paper}, record {one.record}" for one in compared.differing),
        *(f"  only on the page: {line}" for line in compared.extra),
        *(f"  not found on the page: {one.shown}" for one in compared.unfound),
        *found.remarks,
    ]
