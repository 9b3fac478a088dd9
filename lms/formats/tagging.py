"""What the accessibility checkers and screen readers ask of a PDF and WeasyPrint leaves out."""

from collections.abc import Iterator
from typing import Any

import pydyf

_PRINT = 4


def finish(document: Any, pdf: Any) -> None:
    """Scope on header cells, a print flag on links, and the reading order of right-to-left text.

    WeasyPrint calls this with its document and its pydyf.PDF just before the trailer is written.
    """
    turned = _turned_texts(document)
    for thing in pdf.objects:
        if not isinstance(thing, pydyf.Dictionary):
            continue
        if thing.get("S") == "/TH":
            _give_scope(thing)
        elif thing.get("S") == "/Art":
            _give_text(thing, next(turned))
        elif thing.get("Subtype") == "/Link":
            thing["F"] = _PRINT


def _give_scope(cell: Any) -> None:
    """A header cell of the first row heads its column, any other its row."""
    first_row = cell["ID"].string.split("-")[1] == "0"
    cell["A"]["Scope"] = "/Column" if first_row else "/Row"


def _give_text(paragraph: Any, text: str) -> None:
    paragraph["S"] = "/P"
    paragraph["ActualText"] = pydyf.String(text)


def _turned_texts(document: Any) -> Iterator[str]:
    """The texts of <article>, which our templates keep for text with right-to-left letters.

    WeasyPrint draws such letters in the order of the eye and tags them so; without the text beside
    them a screen reader would say them backwards. A text broken over two pages is said once.
    """
    seen = set()
    for page in document.pages:
        for box in page._page_box.descendants():
            if box.element is not None and box.element_tag == "article":
                yield "" if box.element in seen else box.element.text
                seen.add(box.element)
