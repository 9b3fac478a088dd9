"""Lists with names of columns in their first row, as coordinators keep them in spreadsheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.domain.batches import MOST_ROWS
from lms.formats.lists import Unreadable, heads, rows_of, text_of

LONGEST = 190_000
"""Characters of a list: what one field of a form takes."""

Columns = Mapping[str, Sequence[str]]
"""What the first row may call each column, in small letters; the first name is the one to show."""

ROSTER: Columns = {
    "email": ("email", "email address", "e-mail", "mail"),
    "role": ("role",),
    "name": ("name", "full name"),
}
HOURS: Columns = {
    "email": ("email", "email address", "e-mail", "mail"),
    "day": ("day", "date", "first day"),
    "last_day": ("last day", "last date"),
    "starts": ("start", "starts", "start time"),
    "minutes": ("minutes",),
    "hours": ("hours",),
    "way": ("way", "modality", "how"),
    "topics": ("topics", "topic"),
    "title": ("title", "what", "training", "course"),
    "provider": ("provider", "given by"),
    "place": ("place",),
    "pay": ("pay",),
    "evidence": ("evidence", "what shows it"),
}
CODES: Columns = {"code": ("code", "certificate", "certificate code")}


@dataclass(frozen=True, slots=True)
class Named:
    """The rows by their number in the list, each with its cells by column, and columns not read."""

    rows: tuple[tuple[int, dict[str, str]], ...]
    passed_over: tuple[str, ...]
    text: str


def read(held: bytes | str, columns: Columns, needed: Sequence[str]) -> Named:
    """Take a list apart. Raises Unreadable with what, why and how to mend it.

    A list of one column needs no name above it, where one column is all that is needed.
    """
    text = (held if isinstance(held, str) else text_of(held)[0]).removeprefix("\ufeff")
    if len(text) > LONGEST:
        raise Unreadable(
            f"This list has {len(text):,} characters; {LONGEST:,} is the most. Cut it into parts, "
            "each with the row of names. Nothing was checked."
        )
    rows, _empty = rows_of(text)
    if not rows:
        raise Unreadable("This list is empty. Put the names of the columns in its first row.")
    if _is_bare(rows[0][1], columns, needed):
        rows = [(0, [columns[needed[0]][0]]), *rows]
    head = heads(rows[0][1])
    places = {
        column: head.index(name)
        for column, names in columns.items()
        if (name := next((name for name in names if name in head), ""))
    }
    if missing := [columns[column][0] for column in needed if column not in places]:
        raise Unreadable(
            f"The first row must name the columns. Not found: {', '.join(missing)}. "
            "The example below shows how."
        )
    _check_length(len(rows) - 1)
    return Named(
        tuple((number, _cells(cells, places)) for number, cells in rows[1:]),
        tuple(c[:40] for n, c in enumerate(rows[0][1]) if c and n not in places.values()),
        text,
    )


def _is_bare(first: Sequence[str], columns: Columns, needed: Sequence[str]) -> bool:
    names = {name for names in columns.values() for name in names}
    return len(needed) == len(first) == 1 and heads(first)[0] not in names


def _check_length(lines: int) -> None:
    if not lines:
        raise Unreadable("This list has names of columns and no line below them.")
    if lines > MOST_ROWS:
        raise Unreadable(
            f"This list has more than {MOST_ROWS:,} lines. Cut it into lists of at most "
            f"{MOST_ROWS:,} lines, each with the row of names. Nothing was checked."
        )


def _cells(cells: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    return {c: cells[place] if place < len(cells) else "" for c, place in places.items()}
