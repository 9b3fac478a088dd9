"""The application pack as a PDF, printed from frozen facts like every paper."""

from pathlib import Path

from lms.domain.application import Application, Asked
from lms.domain.certificate import in_hours
from lms.formats import papers, sheets
from lms.formats.application_list import KINDS, in_domains

TEMPLATE = "application-1"
"""The version of the look, stored beside each pack."""

_STATES = {
    "met": "met",
    "not-yet": "not yet met",
    "unknown": "not known",
    "signature": "needs a signature",
    "not-asked": "not asked for",
    "own-form": "answered on the board's own form",
}
_CONFIDENCE = {
    "high": "fairly sure",
    "medium": "not fully sure",
    "low": "not sure",
}


def application_pdf(facts: Application, place: Path) -> bytes:
    """Portrait US letter, as many pages as needed; the same bytes from the same facts."""
    html = sheets.page(
        "application",
        place,
        facts=facts,
        states=_STATES,
        kinds=KINDS,
        sure=_CONFIDENCE[facts.confidence],
        in_domains=in_domains,
        rows=[row for asked in facts.asked for row in _rows(asked, 0)],
        unchecked=sum(line.standing != "vouched" for line in facts.lines),
        figure=_figure,
    )
    return papers.printed("application", html, place)


def _rows(asked: Asked, depth: int) -> list[tuple[Asked, int]]:
    below = [row for part in asked.parts for row in _rows(part, depth + 1)]
    return [(asked, depth), *below]


def _figure(value: int | None, unit: str) -> str:
    if value is None:
        return "not known"
    if unit == "minutes":
        return in_hours(value)
    return f"{value} {unit}".strip()
