"""Authors' files in memory, with the line of every field, and all of them together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lms.content.findings import Finding, Severity
from lms.content.markup import Shown
from lms.content.render import Rendered
from lms.content.yaml_text import Place

COMPETENCIES, TOPICS, SOURCES = "competencies", "topics", "sources"
SCHEMES = "schemes"
SECTION = "section"
"""Kinds of files that are a part of an edition; the others are :class:`editions.Kind`."""

IMAGES = "images"
"""The folder of a module's pictures, and what a section writes before their names."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file's fields. A section's ``id`` is ``module/section``; ``text`` is its markdown.

    ``text_line`` is the number of the text's first line in the file.
    """

    kind: str
    id: str
    file: str
    body: Any
    lines: Mapping[Place, int]
    text: str = ""
    text_line: int = 1

    def finding(
        self, place: Place, fault: str, remedy: str, severity: Severity = "error"
    ) -> Finding:
        """A finding about the value at that place, at its line or that of what holds it."""
        known = place
        while known and known not in self.lines:
            known = known[:-1]
        line = self.lines.get(known, 1)
        return Finding(self.file, line, self.field(place), fault, remedy, severity)

    def text_finding(
        self, line: int, fault: str, remedy: str, severity: Severity = "error"
    ) -> Finding:
        """A finding about a line of the text, counted from 0."""
        return Finding(self.file, self.text_line + line, "", fault, remedy, severity)

    def field(self, place: Place) -> str:
        """The place as an author names it: list entries by their id, or by number from 1."""
        words, value = "", self.body
        for step in place:
            value = _inside(value, step)
            if isinstance(step, int):
                name = value.get("id") if isinstance(value, dict) else None
                words += f"[{name or step + 1}]"
            else:
                words += f".{step}" if words else step
        return words


def _inside(value: Any, step: str | int) -> Any:
    if isinstance(value, dict) and isinstance(step, str):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


@dataclass(frozen=True, slots=True)
class Tree:
    """Every document, those whose form is sound, and the rendered text of sound sections.

    ``images`` are the sound ones, by their id ``module/name.png``.
    """

    documents: tuple[Document, ...]
    sound: tuple[Document, ...]
    rendered: Mapping[str, Rendered]
    images: Mapping[str, Shown]

    def of(self, kind: str) -> Iterator[Document]:
        """The sound documents of a kind."""
        return (document for document in self.sound if document.kind == kind)

    def one(self, kind: str, name: str) -> Document | None:
        """The sound document of that kind and id, or None."""
        return next((d for d in self.of(kind) if d.id == name), None)

    def names(self, kind: str) -> frozenset[str]:
        """The ids of all documents of a kind, sound or not, so that one fault is not told twice."""
        return frozenset(document.id for document in self.documents if document.kind == kind)

    def sections(self, module: str) -> tuple[Document, ...]:
        """The sound sections of a module, in their order."""
        return tuple(d for d in self.of(SECTION) if d.id.startswith(f"{module}/"))

    def is_whole(self, module: str) -> bool:
        """True when a module has sections and all of them are sound."""
        ours = [d for d in self.documents if d.kind == SECTION and d.id.startswith(f"{module}/")]
        return bool(ours) and len(ours) == len(self.sections(module))

    def images_on_pages(self, module: str) -> dict[str, Shown]:
        """The images that a section of the module shows, by their id."""
        pages = "".join(self.rendered[section.id].html for section in self.sections(module))
        return {
            name: image
            for name, image in self.images.items()
            if name.startswith(f"{module}/") and image.address in pages
        }

    def terms(self, kind: str) -> frozenset[str] | None:
        """The ids a framework file defines, or None when that file cannot be used."""
        document = self.one(kind, kind)
        if document is None:
            return None
        if kind != COMPETENCIES:
            return frozenset(document.body)
        return frozenset(
            c["id"] for row in document.body["categories"] for c in row["competencies"]
        )
