"""The application pack as a PDF, printed from frozen facts like every paper."""

from collections.abc import Iterable
from pathlib import Path

from lms.domain.application import Application, Line
from lms.domain.certificate import in_hours
from lms.formats import application_list as lists
from lms.formats import papers, sheets

TEMPLATE = "application-2"
"""The version of the look, stored beside each pack."""

_STATES = {
    "met": "met, by our reading",
    "not-yet": "not yet met",
    "unknown": "not known",
    "signature": "needs a signature",
    "not-asked": "not asked for",
    "said": "the applicant says so; not checked by us",
    "not-said": "not answered here",
    "says-not": "the applicant says: not yet",
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
        sure=_CONFIDENCE[facts.confidence],
        rule=_rule(facts),
        approvals=_lettered(facts),
        marked=sum(line.standing in ("waiting", "unchecked") for line in facts.lines),
        vouchers=dict.fromkeys(
            lists.behind(line) for line in facts.lines if line.standing == "confirmed"
        ),
        figure=_figure,
        words=lists,
        in_domains=_in_domains,
        sums=_sums,
    )
    return papers.printed("application", html, place)


def _rule(facts: Application) -> str:
    """The rule, its first day and when it was looked up."""
    name = "the rule in force now" if facts.version == "current" else f"the rule of {facts.version}"
    began = f"in force from {sheets.spelled(facts.rule_from)}" if facts.rule_from else ""
    looked_up = f"as we read it on {sheets.spelled(facts.as_of)}"
    return ", ".join([name, began or "first day not known to us", looked_up])


def _sums(lines: Iterable[Line]) -> dict[str, dict[str, int]]:
    """Sums of minutes under a table: by what counts them, by domain, and by who stands behind."""
    found: dict[str, dict[str, int]] = {"counts": {}, "domains": {}, "standing": {}}
    for line in lines:
        pairs = {
            "counts": line.counts or (),
            "domains": line.domains,
            "standing": ((line.standing, line.minutes),),
        }
        for kind, parts in pairs.items():
            for name, minutes in parts:
                found[kind][name] = found[kind].get(name, 0) + minutes
    return found


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
