"""A section's text: only what docs/authoring.md allows, so that nothing is lost on the page."""

import re
from collections.abc import Iterator
from typing import Final

from lms.content.callouts import LABELS, TITLE_OPTIONAL
from lms.content.documents import SECTION, Document, Tree
from lms.content.editions import Kind
from lms.content.findings import Finding
from lms.content.links import is_allowed, section_of

Line = tuple[int, str]
"""A line's number in the text, from 0, and the line."""

_CODE = re.compile(r"(`+).+?\1")
_TAG = re.compile(r"<(?!(?:https?|mailto|tel|sms):|[\w.+-]+@)[a-z/!?]", re.I)
_HEADING = re.compile(r"(#{1,6})(?!#)\s*\S")
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(\s*<?([^\s>)]*(?:\([^\s)]*\)[^\s>)]*)*)")
_REFERENCE = re.compile(r"()\s{0,3}\[(?!\^)([^\]]+)\]:\s*<?([^\s>]+)")
_AUTOLINK = re.compile(r"()()<([a-z][a-z0-9+.-]*:[^\s>]+)>", re.I)
_ROW = re.compile(r"\s{0,3}\|")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BLOCK = re.compile(r"(/{3,})\s*(?:([\w-]+)\s*(?:\|\s*(.*?))?)?\s*")
_DEEPEST: Final = 4


def faults(tree: Tree) -> Iterator[Finding]:
    """Tags, links, headings, tables and blocks that would not come out as meant."""
    for section in (*tree.of(SECTION), *tree.of(Kind.GUIDE)):
        lines = without_code(section)
        yield from _tags(section, lines)
        yield from _links(tree, section, lines)
        yield from _headings(section, lines)
        yield from _tables(section, lines)
        yield from _blocks(section, lines)


def without_code(section: Document) -> list[Line]:
    """The lines of a text, less what it shows as code."""
    return [(n, _CODE.sub("", line)) for n, line in enumerate(section.text.split("\n"))]


def _tags(section: Document, lines: list[Line]) -> Iterator[Finding]:
    for number, line in lines:
        if _TAG.search(line):
            remedy = "Write it in markdown, or as &lt; to show the sign"
            yield section.text_finding(number, "Raw HTML is not read", remedy)


def _links(tree: Tree, section: Document, lines: list[Line]) -> Iterator[Finding]:
    for number, line in lines:
        for pattern in (_LINK, _REFERENCE, _AUTOLINK):
            for found in pattern.finditer(line):
                if not found[1]:
                    yield from _link(tree, section, number, found[3])


def _link(tree: Tree, section: Document, number: int, address: str) -> Iterator[Finding]:
    if address.lower().startswith("section:"):
        named = section_of(address)
        if named is None or "/".join(named) not in tree.names(SECTION):
            fault = f'There is no section for the link "{address}"'
            yield section.text_finding(number, fault, "Write it as section:<module>/<section>")
    elif not is_allowed(address):
        fault = f'The link "{address}" would be taken out'
        remedy = "Begin it with https:, mailto:, tel:, sms: or section:"
        yield section.text_finding(number, fault, remedy)


def _headings(section: Document, lines: list[Line]) -> Iterator[Finding]:
    above = 1
    for (number, line), (_, after) in zip(lines, [*lines[1:], (0, "")], strict=True):
        found = _HEADING.match(line)
        level = len(found[1]) if found else 0
        if line.strip() and re.fullmatch(r"=+\s*", after):
            level = 1
        if level == 1:
            fault, remedy = "A heading of the first rank is the page's title", "Begin it with ##"
            yield section.text_finding(number, fault, remedy)
        elif level > _DEEPEST:
            fault = f"The heading is of rank {level}"
            yield section.text_finding(number, fault, "Use ## to ####, or split the section")
        elif level > above + 1:
            fault = "The heading skips a rank"
            yield section.text_finding(number, fault, f"Begin it with {'#' * (above + 1)}")
        above = level or above


def _tables(section: Document, lines: list[Line]) -> Iterator[Finding]:
    table: list[Line] = []
    for number, line in [*lines, (len(lines), "")]:
        if _ROW.match(line):
            table.append((number, line))
            continue
        if table and not _has_header([text for _, text in table]):
            remedy = "Begin with a row of names, then a row of dashes: |---|---|"
            yield section.text_finding(table[0][0], "The table has no header row", remedy)
        table = []


def _has_header(rows: list[str]) -> bool:
    if len(rows) < 2 or not _RULE.fullmatch(rows[1]) or _RULE.fullmatch(rows[0]):
        return False
    return bool(rows[0].replace("|", "").strip())


def _blocks(section: Document, lines: list[Line]) -> Iterator[Finding]:
    open_blocks: list[tuple[int, int, str]] = []
    for number, line in lines:
        found = _BLOCK.fullmatch(line)
        if not found:
            continue
        slashes, kind, title = len(found[1]), found[2], found[3]
        if kind is None:
            if not open_blocks or open_blocks[-1][1] != slashes:
                fault = f"These {slashes} slashes close no block"
                yield section.text_finding(number, fault, "Close a block with as many as opened it")
            else:
                open_blocks.pop()
            continue
        yield from _opening(section, number, kind, title)
        if open_blocks and open_blocks[-1][1] <= slashes:
            fault = f'The block "{kind}" stands in one with no more slashes than it has'
            remedy = "Close the block above first, or give it one slash more"
            yield section.text_finding(number, fault, remedy)
        open_blocks.append((number, slashes, kind))
    for number, slashes, kind in open_blocks:
        fault = f'The block "{kind}" is never closed'
        yield section.text_finding(number, fault, f"Close it with a line {'/' * slashes}")


def _opening(section: Document, number: int, kind: str, title: str | None) -> Iterator[Finding]:
    if kind not in LABELS:
        fault = f'There is no block "{kind}"'
        yield section.text_finding(number, fault, f"Use one of {', '.join(LABELS)}")
    elif not title and kind not in TITLE_OPTIONAL:
        fault = f'The block "{kind}" has no title'
        yield section.text_finding(number, fault, f"Write /// {kind} | {LABELS[kind]}")
