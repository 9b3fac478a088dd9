"""What ``lms log verify`` says of what it found."""

from typing import Any

from lms.domain.log_audit import Bad, Wrong
from lms.records.log_check import Checked

_WORDS = {
    Wrong.MISSING: "is missing, or another stands in its place",
    Wrong.ENTRY: "is not written as the log writes an entry",
    Wrong.HASH: "does not fit its hash: the entry or the hash was changed",
    Wrong.EARLIER: "ends an entry that does not come before it",
    Wrong.TILE: "does not fit the tile that was made from it",
    Wrong.RECORD: "does not fit the certificate it was made from: one of the two was changed",
    Wrong.ROOT: "does not lead to the root that was signed",
}


def checked_words(found: Checked, fault: str) -> tuple[dict[str, Any], list[str]]:
    """The answer for a machine, and the lines for a person."""
    bad = found.bad
    value = {
        "entries": found.size,
        "signed": found.signed,
        "unopened": found.unopened,
        "first_bad": bad.index if bad else None,
        "last_bad": bad.last if bad else None,
        "wrong": bad.wrong if bad else None,
        "place": bad.place if bad else "",
        "without_entry": list(found.unentered),
        "fault": fault,
    }
    lines = [
        f"{found.size} entries, {found.signed} of them signed.",
        *(
            [f"{found.unopened} can be opened by nobody: their salts were deleted."]
            * bool(value["unopened"])
        ),
        *([_bad(bad)] if bad else []),
        *(f"certificate:{one} has no entry of its own in the log." for one in found.unentered),
        *([fault] if fault else []),
    ]
    if len(lines) == 1 + bool(found.unopened):
        lines.append("Every one of them is as it was written.")
    return value, lines


def _bad(bad: Bad) -> str:
    where = f"Entry {bad.index}"
    if bad.last != bad.index:
        where = f"Entry {bad.index}, or one after it up to {bad.last},"
    return f"{where} {_WORDS[bad.wrong]}{f' ({bad.place})' if bad.place else ''}."
