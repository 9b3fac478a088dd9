"""Lists that boards keep in spreadsheets, as files or pasted: read with care, or refused in words.

Nothing is guessed silently: what was assumed is said in the notes of the batch.
"""

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import StringIO

from lms.domain.batches import MOST_ROWS, Asked, Notes, meant, repeated

LONGEST_CELL = 500
"""Characters in one cell. More is a broken quotation mark, not an id or a name."""

_SEPARATORS = ",;\t|"
_FOREIGN = {
    b"PK\x03\x04": "an Excel or Numbers file",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
    b"%PDF-": "a PDF",
    b"{\\rtf": "a Word file",
}
_NAMES = {
    "typed": ("code", "certificate", "certificate code", "certificate number", "certificate no"),
    "own": ("id", "own id", "your id", "our id", "applicant", "applicant id", "file", "case"),
    "name": ("name", "holder", "full name"),
    "hours": ("hours", "hours claimed", "total hours"),
}
"""What the first row may call each column, in small letters."""

Row = tuple[int, list[str]]
"""A row's number in the list, from 1, and its cells."""


class Unreadable(ValueError):
    """The list cannot be read; the message says what, why, and how to mend it."""


def read(held: bytes | str) -> tuple[list[Asked], Notes]:
    """The lines of a list in its order, and what there is to say of it. Raises Unreadable.

    A list has a column with codes and may have others: the board's own id, a name, hours. A first
    row with names of columns is recognised; without one the column of codes is found by its codes
    and the first other column is the id.
    """
    text, read_as = (held, "") if isinstance(held, str) else text_of(held)
    rows, empty = rows_of(text.removeprefix("\ufeff"))
    if not rows:
        raise Unreadable("This list is empty. Put one code on each line.")
    places, rows = _columns(rows)
    asked = [_line(row, cells, places) for row, cells in rows]
    if not asked:
        raise Unreadable("This list has names of columns and no line below them.")
    if len(asked) > MOST_ROWS:
        raise Unreadable(
            f"This list has more than {MOST_ROWS:,} lines. Cut it into lists of at most "
            f"{MOST_ROWS:,} lines and check one after the other. Keep the row with the names of "
            "the columns on each. Nothing was checked."
        )
    return asked, replace(repeated(asked), empty_rows=empty, read_as=read_as)


def text_of(held: bytes) -> tuple[str, str]:
    """The text and, unless it is plain UTF-8, the encoding it was read as."""
    for start, what in _FOREIGN.items():
        if held.startswith(start):
            raise Unreadable(
                f"This is {what}, not a CSV file. Open it in your spreadsheet, choose Save as, and "
                "choose CSV UTF-8."
            )
    for encoding in _encodings(held):
        try:
            text = held.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _is_binary(text):
            return text, "" if encoding == "utf-8" else encoding
    raise Unreadable("This is not a text file. Save your list as CSV UTF-8 and choose that file.")


def _encodings(held: bytes) -> tuple[str, ...]:
    if held.startswith(BOM_UTF8):
        return ("utf-8",)
    if held.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return ("utf-16",)
    head = held[:400]
    if head.count(0) * 3 > len(head) > 1:
        return ("utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be",)
    return ("utf-8", "windows-1252", "latin-1")


def _is_binary(text: str) -> bool:
    return any(letter < " " and letter not in "\t\n\r\f\x1a" for letter in text[:100_000])


def rows_of(text: str) -> tuple[list[Row], int]:
    """Rows that hold something, and how many empty ones were passed over."""
    lines = csv.reader(
        StringIO(text, newline=""), delimiter=_separator(text), strict=True, skipinitialspace=True
    )
    rows: list[Row] = []
    number = empty = 0
    try:
        for number, cells in enumerate(lines, 1):
            if not any(cell.strip() for cell in cells):
                empty += 1
                continue
            if len(rows) > MOST_ROWS + 1:
                break
            _check_cells(number, cells)
            rows.append((number, [cell.strip() for cell in cells]))
    except csv.Error as fault:
        raise Unreadable(
            f"Row {number + 1} cannot be taken apart, most often because a quotation mark stands "
            "alone. Mend that row, or save the list as CSV anew. Nothing was checked."
        ) from fault
    return rows, empty


def _check_cells(number: int, cells: Sequence[str]) -> None:
    longest = max(len(cell) for cell in cells)
    if longest > LONGEST_CELL:
        raise Unreadable(
            f"Row {number} has a cell of {longest:,} characters; {LONGEST_CELL} is the most. "
            "Look for a quotation mark that is never closed. Nothing was checked."
        )


def _separator(text: str) -> str:
    """The separator of the first line that has one outside of quotation marks, else a comma."""
    for line in text.splitlines()[:20]:
        bare = "".join(line.split('"')[::2])
        found = {sign: bare.count(sign) for sign in _SEPARATORS if sign in bare}
        if found:
            return max(found, key=lambda sign: found[sign])
    return ","


def _columns(rows: list[Row]) -> tuple[dict[str, int], list[Row]]:
    """Where each part stands, and the rows without the names of the columns."""
    head = heads(rows[0][1])
    named = {
        part: next(head.index(name) for name in names if name in head)
        for part, names in _NAMES.items()
        if any(name in head for name in names)
    }
    if "typed" in named:
        return named, rows[1:]
    codes = _column_of_codes(rows)
    if named and codes not in named.values() and not meant(_cell(rows[0][1], codes)):
        return named | {"typed": codes}, rows[1:]
    widest = max(len(cells) for _row, cells in rows)
    others = [place for place in range(widest) if place != codes]
    return {"typed": codes} | ({"own": others[0]} if others else {}), rows


def heads(cells: Sequence[str]) -> list[str]:
    """A first row's names of columns, without their letter case, underscores and full stops."""
    return [" ".join(cell.lower().replace("_", " ").split(" ")).strip(" .:*") for cell in cells]


def _column_of_codes(rows: Sequence[Row]) -> int:
    widest = max(len(cells) for _row, cells in rows)
    found = [sum(meant(_cell(cells, n)) is not None for _r, cells in rows) for n in range(widest)]
    if widest > 1 and not any(found):
        raise Unreadable(
            "No column holds codes of ours. Write “code” above the column that should, and send "
            "the list again. A code has 27 letters and numbers."
        )
    return found.index(max(found))


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _line(row: int, cells: Sequence[str], places: dict[str, int]) -> Asked:
    parts = {part: _cell(cells, place) for part, place in places.items()}
    return Asked(row=row, **{"own": "", "typed": ""} | parts)


_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001


def defused(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula: those that would be get an apostrophe.

    Line breaks become spaces, so that a row stays a row.
    """
    text = str(cell)
    bad = text.lstrip(" \u00a0").startswith(_STARTS_FORMULA)
    text = " ".join(text.splitlines()) if text.splitlines() else text
    return f"'{text}" if bad else text


def written(rows: Iterator[Sequence[object]]) -> bytes:
    """A CSV file that Excel, LibreOffice and Numbers read alike: UTF-8 with its mark, every cell
    in quotation marks, because a comma file may be opened where semicolons part cells.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return BOM_UTF8 + out.getvalue().encode("utf-8", "replace")
