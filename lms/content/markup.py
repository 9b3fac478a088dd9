"""What python-markdown leaves out for people who listen to a page or read it on a phone."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from lms.content.links import section_of

SectionLink = Callable[[str, str], str]
"""From a module and a section to the address of its page."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How a page shows an image. The address holds the digest, so an old page keeps its own."""

    digest: str
    address: str
    width: int
    height: int


Images = Mapping[str, Shown]
"""The images a text may show, by the address its author writes: ``images/name.png``."""

AFTER_HEADING_IDS = 4
"""Below toc (5) and footnotes (15), so that their elements are already there."""

_HEADINGS = {"h1": "h2", "h5": "h4", "h6": "h4"}
_STASHED = re.compile("\x02[^\x03]*\x03")


class Markup(Extension):
    """Headings from h2 to h4, table scopes, scroll regions, named callouts, note links, images."""

    def __init__(self, section_link: SectionLink, images: Images) -> None:
        super().__init__()
        self.section_link = section_link
        self.images = images

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Raw HTML is off: what an author types as a tag is shown as typed."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        named = _Named(md, self.section_link, self.images)
        md.treeprocessors.register(named, "named", AFTER_HEADING_IDS)


class _Named(Treeprocessor):
    def __init__(self, md: Markdown, section_link: SectionLink, images: Images) -> None:
        super().__init__(md)
        self.section_link = section_link
        self.images = images

    def run(self, root: Element) -> None:
        for element in root.iter():
            element.tag = _HEADINGS.get(element.tag, element.tag)
        _name_callouts(root)
        _name_notes(root)
        for image in root.iter("img"):
            _place(image, self.images.get(image.get("src", "")))
        for anchor in root.iter("a"):
            if named := section_of(anchor.get("href", "")):
                anchor.set("href", self.section_link(*named))
        for parent in list(root.iter()):
            for place, child in enumerate(parent):
                if child.tag == "table":
                    parent[place] = _scrolling(child)


def _name_callouts(root: Element) -> None:
    numbers = count(1)
    for box in root.iter():
        if box.get("class", "").startswith("callout "):
            name = f"callout-{next(numbers)}"
            box.set("aria-labelledby", name)
            box[0].set("id", name)


def _name_notes(root: Element) -> None:
    for anchor in root.iter("a"):
        kind, target = anchor.get("class"), anchor.get("href", "").rpartition(":")[2]
        if kind == "footnote-ref":
            anchor.set("aria-label", f"Note {target}")
        elif kind == "footnote-backref":
            anchor.set("aria-label", f"Back to the text of note {target}")
            anchor.attrib.pop("title", None)


def _place(image: Element, shown: Shown | None) -> None:
    """The address, and the size so that the page does not jump. Of no image, the words stay."""
    image.attrib.pop("src", None)
    if shown is not None:
        image.set("src", shown.address)
        image.set("width", str(shown.width))
        image.set("height", str(shown.height))
        image.set("loading", "lazy")


def _words(element: Element) -> str:
    return _STASHED.sub("", "".join(element.itertext())).strip()


def _scrolling(table: Element) -> Element:
    """The table inside a region that a keyboard can scroll, with scopes on its header cells."""
    heads = list(table.iter("th"))
    for head in heads:
        if _words(head) or len(head):
            head.set("scope", "col")
        else:
            head.tag = "td"
    corner = bool(heads) and heads[0].tag == "td"
    for row in table.iterfind("tbody/tr"):
        if len(row) and (corner or _is_bold(row[0])):
            row[0].tag = "th"
            row[0].set("scope", "row")
    label = ", ".join(filter(None, map(_words, heads)))
    region = {"class": "table-scroll", "role": "region", "tabindex": "0"}
    box = Element("div", {**region, "aria-label": f"Table: {label}"})
    box.append(table)
    box.tail, table.tail = table.tail, None
    return box


def _is_bold(cell: Element) -> bool:
    return len(cell) == 1 and cell[0].tag == "strong" and not (cell.text or "").strip()
