"""Result sheets: what a board was answered, to file. In English, as papers are, from frozen facts.

A sheet is a PDF (tagged, the same bytes every time) and a CSV of the same lines.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import cattrs

from lms.domain.batches import Answer, Match, Notes, Said, counts
from lms.domain.certificate import ReasonClass, in_hours, spaced
from lms.formats import lists

SAID = {
    Said.VALID: "valid",
    Said.EXPIRED: "expired",
    Said.SUSPENDED: "suspended",
    Said.REPLACED: "replaced",
    Said.REVOKED: "revoked",
    Said.NOT_OURS: "not issued by us",
    Said.UNREADABLE: "cannot be read",
}
REASONS = {
    ReasonClass.ISSUED_IN_ERROR: "issued in error",
    ReasonClass.REQUIREMENTS_NOT_MET: "requirements not met",
    ReasonClass.HOLDER_ASKED: "the holder asked for it",
}
_MATCH = {
    Match.NOT_ASKED: "",
    Match.SAME: "same",
    Match.DIFFERS: "DIFFERS",
    Match.NOT_COMPARED: "not compared",
}
COLUMNS = (
    "row", "your id", "code as you gave it", "answer", "in words", "since", "replaced by", "holder",
    "program", "hours", "minutes", "issued on", "valid until", "name compared", "hours compared",
    "PDF file", "checked at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet says: facts in pairs, a table, and remarks. ``at`` is when it was so."""

    title: str
    provider: str
    at: datetime
    facts: tuple[tuple[str, str], ...]
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...]
    check_at: str
    remarks_title: str = "Remarks"
    demo: bool = False


def in_words(answer: Answer) -> str:
    """The whole answer to a line in one sentence."""
    demo = "DEMO, proves nothing: " if answer.demo else ""
    return (
        demo
        + {
            Said.VALID: f"valid since {answer.since}",
            Said.EXPIRED: f"expired, valid up to and including {answer.since}",
            Said.SUSPENDED: f"suspended on {answer.since}: ask the provider before relying on it",
            Said.REPLACED: f"replaced on {answer.since} by {spaced(answer.replaced_by)}",
            Said.REVOKED: f"revoked on {answer.since}: {_reason(answer.reason)}",
            Said.NOT_OURS: "not issued by us: nobody here holds this code",
            Said.UNREADABLE: "cannot be read as one of our codes; compare it with the paper",
        }[answer.said]
    )


def _reason(reason: str) -> str:
    return REASONS[ReasonClass(reason)] if reason else "no reason given"


def batch_csv(answers: Sequence[Answer], at: datetime) -> bytes:
    """One row for each line that was asked, in its order; no cell is a formula."""
    return lists.written(_lines(answers, at))


def _lines(answers: Sequence[Answer], at: datetime) -> Iterator[Sequence[object]]:
    yield COLUMNS
    moment = f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    for one in answers:
        yield (
            *(one.row, one.own, one.typed, SAID[one.said], in_words(one), one.since),
            *(spaced(one.replaced_by), one.holder, one.program),
            *(in_hours(one.minutes) if one.minutes else "", one.minutes or ""),
            *(one.issued_on, one.expires_on, _MATCH[one.name], _MATCH[one.hours]),
            *(_paper(one.paper), moment),
        )


def _paper(match: Match) -> str:
    told = {Match.SAME: "byte for byte ours", Match.DIFFERS: "CHANGED or saved anew"}
    return told.get(match, "")


def packed(sheet: Sheet) -> dict[str, Any]:
    """A sheet as plain values, to keep."""
    return asdict(sheet) | {"at": sheet.at.isoformat()}


def unpacked(kept: Mapping[str, Any]) -> Sheet:
    """The sheet that was kept."""
    converter = cattrs.Converter()
    converter.register_structure_hook(datetime, lambda value, _type: datetime.fromisoformat(value))
    return converter.structure(dict(kept), Sheet)


def sheet_csv(sheet: Sheet) -> bytes:
    """A sheet without a table, as pairs in two columns."""
    moment = f"{sheet.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    lines = [
        ("what", "value"),
        *sheet.facts,
        *((sheet.remarks_title, remark) for remark in sheet.remarks),
    ]
    return lists.written(iter([*lines, ("As of", moment)]))


def decision_sheet(
    names: Mapping[str, str], reasons: str, at: datetime, provider: str, check_at: str, demo: bool
) -> Sheet:
    """The sheet of a board's decision: ``names`` are its facts in pairs, in order."""
    return Sheet(
        title="Result sheet: decision on a release",
        provider=provider,
        at=at,
        facts=tuple(names.items()),
        caption="",
        head=(),
        rows=(),
        remarks=tuple(line for line in reasons.splitlines() if line.strip()),
        check_at=check_at,
        remarks_title="Reasons given",
        demo=demo,
    )


def batch_sheet(
    answers: Sequence[Answer],
    notes: Notes,
    at: datetime,
    names: Mapping[str, str],
    check_at: str,
) -> Sheet:
    """The sheet of a check. ``names`` holds the names of the board, the provider, and the ref."""
    sums = counts(answers)
    facts = (
        ("Board", names["board"]),
        ("Asked at", names["provider"]),
        ("Answered at", f"{at.astimezone(UTC):%d %B %Y, %H:%M UTC}".removeprefix("0")),
        ("Number of this check", names["ref"]),
        ("Lines", str(len(answers))),
        *((SAID[said].capitalize(), str(count)) for said, count in sums.items()),
    )
    return Sheet(
        title="Result sheet: check of certificates",
        provider=names["provider"],
        at=at,
        facts=facts,
        caption="Every line that was asked, in its order",
        head=("Row", "Your id", "Code", "Answer", "Holder", "Program", "Hours", "Remarks"),
        rows=tuple(_row(one) for one in answers),
        remarks=tuple(remarks(notes)),
        check_at=check_at,
        demo=any(one.demo for one in answers),
    )


def _row(one: Answer) -> tuple[str, ...]:
    compared = [
        f"{what} {_MATCH[match]}"
        for what, match in (("name", one.name), ("hours", one.hours))
        if match is not Match.NOT_ASKED
    ]
    return (
        str(one.row),
        one.own,
        spaced(one.code) if one.code else one.typed,
        in_words(one),
        one.holder,
        one.program,
        in_hours(one.minutes) if one.minutes else "",
        "; ".join([*compared, *filter(None, [_paper(one.paper)])]),
    )


def remarks(notes: Notes) -> Iterator[str]:
    """What there is to say of the list as a whole."""
    for own, rows in notes.same_ids.items():
        yield f"The id {own} stands in rows {_rows(rows)}. Each was answered."
    for code, rows in notes.same_codes.items():
        yield f"The certificate {spaced(code)} stands in rows {_rows(rows)}."
    if notes.empty_rows:
        yield f"Empty rows that were passed over: {notes.empty_rows}."
    if notes.read_as:
        yield f"The file was not UTF-8 and was read as {notes.read_as}: look at accents in names."


def _rows(rows: Sequence[int]) -> str:
    shown = ", ".join(map(str, rows[:12]))
    return f"{shown} and {len(rows) - 12} more" if len(rows) > 12 else shown
