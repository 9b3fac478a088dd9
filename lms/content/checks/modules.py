"""Modules: enough to read, easy enough to read, and hours that add up."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePath
from typing import Final

from lms.content.documents import SECTION, Document, Tree
from lms.content.editions import Kind
from lms.content.findings import Finding
from lms.content.prose import passages
from lms.content.readability import Reading, measure

FEWEST_WORDS: Final = 3000
SECTIONS: Final = range(5, 9)
HIGHEST_GRADE: Final = 8
_KEPT: Final = 1000


def faults(tree: Tree) -> Iterator[Finding]:
    """What is wrong with each module as a whole, and with the difficulty of each section."""
    for module in tree.of(Kind.MODULE):
        yield from _topics(module)
        yield from _size(tree, module)
    yield from _twins(tree)
    for section in tree.of(SECTION):
        yield from _grade(tree, section)


def _topics(module: Document) -> Iterator[Finding]:
    total = sum(module.body["topics"].values())
    if total != 100:
        fault = f"The topics add up to {total} percent"
        yield module.finding(("topics",), fault, "Share exactly 100 percent among them")


def _size(tree: Tree, module: Document) -> Iterator[Finding]:
    sections = [d for d in tree.documents if d.kind == SECTION and d.id.startswith(f"{module.id}/")]
    if len(sections) not in SECTIONS:
        fault = f"The module has {len(sections)} sections"
        yield module.finding((), fault, "Write five to eight in its folder en")
    words = sum(tree.rendered[section.id].words for section in tree.sections(module.id))
    if words < FEWEST_WORDS and (tree.is_whole(module.id) or not sections):
        fault = f"The module has {words} words"
        yield module.finding((), fault, f"Write at least {FEWEST_WORDS} in its sections")


def _twins(tree: Tree) -> Iterator[Finding]:
    ids: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    for section in (d for d in tree.documents if d.kind == SECTION):
        number = PurePath(section.file).name[:2]
        place = f"{PurePath(section.file).parent}/{number}"
        ids[section.id] += 1
        numbers[place] += 1
        if ids[section.id] > 1:
            fault = "Another section of the module has the same id"
            yield section.finding((), fault, "Give each section its own name after the number")
        elif numbers[place] > 1:
            fault = f"Another section of the module has the number {number}"
            yield section.finding((), fault, "Number the sections in the order they are read")


@lru_cache(maxsize=_KEPT)
def _measured(html: str) -> Reading:
    return measure(passages(html))


def _grade(tree: Tree, section: Document) -> Iterator[Finding]:
    reading = _measured(tree.rendered[section.id].html)
    if reading.grade <= HIGHEST_GRADE:
        return
    opening = " ".join(reading.worst.split()[:4])
    lines = section.text.split("\n")
    line = next((n for n, text in enumerate(lines) if opening and opening in text), 0)
    fault = f"The section reads at grade {reading.grade:.1f}"
    remedy = f'Shorten its sentences, this one first: "{reading.worst.rstrip(".")}"'
    yield section.text_finding(line, fault, remedy, "warning")
