"""Lists for spreadsheets that read the same everywhere and never run as formulas."""

import csv
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from io import StringIO

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # noqa: RUF001 - full-width forms run too
_CONTROL = ("\t", "\r", "\n")


def defused(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula: one that would be gets an apostrophe first.

    Line breaks become spaces, so that a row stays a row.
    """
    text = str(cell)
    runs = text.startswith(_CONTROL) or text.lstrip().startswith(_FORMULA)
    text = " ".join(text.split("\0")).strip("\0")
    text = " ".join(text.splitlines()) if text.splitlines() else text
    return f"'{text}" if runs else text


def written(rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file in UTF-8 with its mark, every cell in quotation marks.

    Without the mark Excel reads a file in its own old alphabet, and José becomes JosÃ©.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return BOM_UTF8 + out.getvalue().encode("utf-8", "replace")
