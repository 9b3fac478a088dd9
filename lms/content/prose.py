"""The words a learner reads, taken from the html they are shown."""

import re
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser

WORD = re.compile(r"\w+(?:['’-]\w+)*")  # noqa: RUF001 - the typeset apostrophe
"""A word or a number, with what holds it together: "don't", "person-first"."""

_BREAKS = frozenset(
    {
        "blockquote",
        "br",
        "details",
        "div",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    }
)
_VOID = frozenset({"br", "hr", "img"})
_LEFT_OUT = frozenset({"h2", "h3", "h4", "summary", "sup"})
_LEFT_OUT_CLASSES = frozenset({"callout-label", "footnote"})


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a list entry or a table cell."""

    text: str
    in_table: bool


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.passages: list[Passage] = []
        self._open: list[tuple[str, bool]] = []
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.end_passage()
        if tag not in _VOID:
            kind = dict(attrs).get("class") or ""
            self._open.append((tag, tag in _LEFT_OUT or kind in _LEFT_OUT_CLASSES))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.end_passage()
        if tag not in _VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not any(left_out for _, left_out in self._open):
            self._text.append(data)

    def end_passage(self) -> None:
        """Close the passage that was being read."""
        if text := " ".join("".join(self._text).split()):
            self.passages.append(Passage(text, any(tag == "table" for tag, _ in self._open)))
        self._text = []


@lru_cache(maxsize=512)
def passages(html: str) -> tuple[Passage, ...]:
    """The passages of a section: without headings, labels of blocks, footnotes and their numbers.

    Those are the titles and references that the hours formula leaves out (domain.md 4.3).
    ``html`` is well formed: it comes from :func:`lms.content.render.render`.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_passage()
    return tuple(reader.passages)


def count_words(html: str) -> int:
    """Words of learning content, as Mergener's W counts them."""
    return sum(len(WORD.findall(passage.text)) for passage in passages(html))
