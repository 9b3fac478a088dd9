"""What the accessibility checkers ask of a PDF and WeasyPrint leaves out."""

from typing import Any

import pydyf

_PRINT = 4


def finish(_document: object, pdf: Any) -> None:
    """Say of each header cell what it heads, and let links be printed and read aloud.

    WeasyPrint calls this with its pydyf.PDF just before the trailer is written.
    """
    for thing in pdf.objects:
        if not isinstance(thing, pydyf.Dictionary):
            continue
        if thing.get("S") == "/TH":
            _give_scope(thing)
        elif thing.get("Subtype") == "/Link":
            thing["F"] = _PRINT


def _give_scope(cell: Any) -> None:
    """A header cell of the first row heads its column, any other its row."""
    first_row = cell["ID"].string.split("-")[1] == "0"
    attributes = cell.setdefault("A", pydyf.Dictionary({"O": "/Table"}))
    attributes["Scope"] = "/Column" if first_row else "/Row"
