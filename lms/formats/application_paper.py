"""The application pack as a PDF, printed from frozen facts like every paper."""

from pathlib import Path

from lms.domain.application import Application, Line
from lms.domain.certificate import in_hours
from lms.formats import papers, sheets
from lms.formats.application_list import KINDS

TEMPLATE = "application-1"
"""The version of the look, stored beside each pack."""

_STATES = {
    "met": "met",
    "not-yet": "not yet met",
    "unknown": "not known",
    "signature": "needs a signature",
    "not-asked": "not asked for",
    "said": "the applicant says so",
    "not-said": "not said",
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
        in_domains=_in_domains,
        approvals=_lettered(facts),
        unchecked=sum(line.standing != "vouched" for line in facts.lines),
        figure=_figure,
    )
    return papers.printed("application", html, place)


def _in_domains(line: Line) -> str:
    return "; ".join(f"{title} {in_hours(minutes)}" for title, minutes in line.domains)


def _lettered(facts: Application) -> dict[str, str]:
    """Every approval once, with the letter by which the lines refer to it."""
    every = dict.fromkeys(name for line in facts.lines for name in line.approvals)
    return {name: f"{chr(ord('a') + n % 26)}{n // 26 or ''}" for n, name in enumerate(every)}


def _figure(value: int | None, unit: str) -> str:
    if value is None:
        return "not known"
    if unit == "minutes":
        return in_hours(value)
    return f"{value} {unit}".strip()
