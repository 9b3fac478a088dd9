"""Words that hurt or hide, each with the better one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

import yaml

from lms.content.documents import SECTION, Document, Tree
from lms.content.editions import Kind
from lms.content.findings import Finding
from lms.content.yaml_text import Place

_READ: Final = (Kind.MODULE, Kind.BANK, Kind.QUIZ, Kind.RUBRIC, Kind.ROLE_PLAY, Kind.PROGRAM)
_NAMES: Final = frozenset(
    {"id", "match", "type", "credit", "section", "module", "modules", "rubric", "sources", "source",
     "competencies", "topics", "checked_on", "review_by", "needs", "bank", "banks", "requires"}
)  # fmt: skip
"""Keys whose values are names of things and not words for people."""

_KEPT: Final = 100_000
"""Lines looked at before: an author changes a few of a tree and checks all of it again."""

_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]|``?[^`]+``?|\]\([^)]*\)")
_AVOID = re.compile(r"/{3,}\s*avoid\b")


@dataclass(frozen=True, slots=True)
class Better:
    """A word to leave, and what to write in its place."""

    pattern: re.Pattern[str]
    better: str
    why: str


@cache
def better_words() -> tuple[Better, ...]:
    """The list in ``better_words.yaml``."""
    told = yaml.safe_load((files("lms.content") / "better_words.yaml").read_text("utf-8"))
    why = {"stigma": "turns a person into a label", "jargon": "is not a word of everyday life"}
    return tuple(
        Better(re.compile(rf"\b(?:{row['word']})\b"), row["better"], why[kind])
        for kind, rows in told.items()
        for row in rows
    )


@cache
def _any() -> re.Pattern[str]:
    return re.compile("|".join(word.pattern.pattern for word in better_words()))


def faults(tree: Tree) -> Iterator[Finding]:
    """Every such word outside quotes, in all that people read."""
    for document in (*tree.of(SECTION), *tree.of(Kind.GUIDE)):
        yield from _text(document)
    for kind in _READ:
        for document in tree.of(kind):
            yield from _fields(document, document.body, ())


def _text(document: Document) -> Iterator[Finding]:
    closing = ""
    for number, line in enumerate(document.text.split("\n")):
        if _AVOID.match(line):
            closing = re.match("/+", line)[0]  # type: ignore[index]
        elif closing and line.strip() == closing:
            closing = ""
        if not closing:
            for fault, remedy in _words(line):
                yield document.text_finding(number, fault, remedy, "warning")


def _fields(document: Document, value: Any, place: Place) -> Iterator[Finding]:
    if isinstance(value, str):
        for fault, remedy in _words(value):
            yield document.finding(place, fault, remedy, "warning")
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield from _fields(document, entry, (*place, number))
    elif isinstance(value, dict):
        for key, entry in value.items():
            if key not in _NAMES:
                yield from _fields(document, entry, (*place, key))


@lru_cache(maxsize=_KEPT)
def _words(text: str) -> tuple[tuple[str, str], ...]:
    # Small letters, because matching without regard to capitals takes five times as long.
    return tuple(_sought(text)) if _any().search(text.lower()) else ()


def _sought(text: str) -> Iterator[tuple[str, str]]:
    plain = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text).lower()
    for word in better_words():
        if found := word.pattern.search(plain):
            yield f'"{found[0]}" {word.why}', f"Write {word.better}, or put it in quotes"
