"""The whole tree of files: read, checked, and turned into editions."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lms.content import files, forms, images
from lms.content.checks import FAMILIES
from lms.content.documents import (
    COMPETENCIES,
    IMAGES,
    SCHEMES,
    SECTION,
    SOURCES,
    TOPICS,
    Document,
    Tree,
)
from lms.content.editions import FRAMEWORK_ID, Edition, Kind
from lms.content.findings import Finding
from lms.content.markup import Images
from lms.content.render import render

_ALONE = frozenset({Kind.PROGRAM, Kind.BANK, Kind.QUIZ, Kind.RUBRIC, Kind.ROLE_PLAY, Kind.PACK})


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim of a module that can go out of date, and where it stands. Days are ISO days."""

    file: str
    line: int
    field: str
    claim: str
    source: str
    checked_on: str
    review_by: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a tree holds. Files with a fault in their form have findings and no edition."""

    editions: tuple[Edition, ...]
    findings: tuple[Finding, ...]
    facts: tuple[Fact, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop publishing."""
        return tuple(finding for finding in self.findings if finding.severity == "error")


def read(root: Path) -> Reading:
    """Read curriculum/ and assessments/ under a folder; find every fault that needs no clock."""
    found, unreadable = files.documents(root)
    malformed = tuple(finding for document in found for finding in _form_faults(document))
    broken = {finding.file for finding in (*unreadable, *malformed)}
    tree = _tree(found, broken)
    told = [finding for family in FAMILIES for finding in family(tree)]
    findings = _ordered(unreadable, malformed, told)
    return Reading(tuple(_editions(tree)), findings, tuple(_facts(tree)))


def _form_faults(document: Document) -> Iterator[Finding]:
    """What a schema says; an image is no text, and was judged when it was read."""
    return iter(()) if document.kind == Kind.IMAGE else forms.faults(document)


def _facts(tree: Tree) -> Iterator[Fact]:
    for module in tree.of(Kind.MODULE):
        for number, fact in enumerate(module.body.get("facts", ())):
            at = module.finding(("facts", number, "review_by"), "", "")
            yield Fact(at.file, at.line, at.field, **fact)


def _ordered(*findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted({finding for some in findings for finding in some}))


def _tree(found: Iterable[Document], broken: set[str]) -> Tree:
    everything = tuple(found)
    sound = tuple(document for document in everything if document.file not in broken)
    pictures = {d.id: images.shown(d) for d in sound if d.kind == Kind.IMAGE}
    rendered = {
        d.id: render(d.text, images=_of_module(pictures, d))
        for d in sound
        if d.kind in (SECTION, Kind.GUIDE)
    }
    return Tree(everything, sound, rendered, pictures)


def _of_module(pictures: Images, text: Document) -> Images:
    """What a section can show, by the name it writes; a guide shows none."""
    if text.kind != SECTION:
        return {}
    module = f"{text.id.partition('/')[0]}/"
    return {
        f"{IMAGES}/{name.removeprefix(module)}": picture
        for name, picture in pictures.items()
        if name.startswith(module)
    }


def _editions(tree: Tree) -> Iterator[Edition]:
    if (framework := _framework(tree)) is not None:
        yield framework
    for document in tree.sound:
        if document.kind in _ALONE:
            yield Edition.of(Kind(document.kind), document.id, document.body)
        elif document.kind == Kind.GUIDE:
            body = {**document.body, "text": document.text.strip() + "\n"}
            html = {"html": tree.rendered[document.id].html}
            yield Edition.of(Kind.GUIDE, document.id, body, html)
        elif document.kind == Kind.MODULE and tree.is_whole(document.id):
            yield _module(tree, document)
        elif document.kind == Kind.IMAGE and _is_on_a_page(tree, document):
            yield images.edition(document)


def _framework(tree: Tree) -> Edition | None:
    parts = {d.kind: d.body for d in tree.sound if d.kind in (COMPETENCIES, TOPICS, SOURCES)}
    if len(parts) < len((COMPETENCIES, TOPICS, SOURCES)):
        return None
    # Lists, because canonical JSON sorts keys and topics are shown in the author's order.
    lists = {
        name: [{"id": key, **fields} for key, fields in parts[name].items()]
        for name in (TOPICS, SOURCES)
    }
    schemes: Any = next((d.body for d in tree.sound if d.kind == SCHEMES), {})
    told = [{"id": key, **fields} for key, fields in schemes.items()]
    body = {**parts[COMPETENCIES], **lists, SCHEMES: told}
    return Edition.of(Kind.FRAMEWORK, FRAMEWORK_ID, body)


def _is_on_a_page(tree: Tree, image: Document) -> bool:
    module = image.id.partition("/")[0]
    return tree.is_whole(module) and image.id in tree.images_on_pages(module)


def _module(tree: Tree, document: Document) -> Edition:
    """A module lists the images it shows with their digests: with another picture it is another."""
    sections = tree.sections(document.id)
    ids = [section.id.partition("/")[2] for section in sections]
    bodies = [
        {"id": name, **section.body, "text": section.text.strip() + "\n"}
        for name, section in zip(ids, sections, strict=True)
    ]
    rendered = {
        name: asdict(tree.rendered[section.id]) for name, section in zip(ids, sections, strict=True)
    }
    body = {**document.body, "sections": bodies}
    if on_pages := tree.images_on_pages(document.id):
        body[IMAGES] = {name.partition("/")[2]: i.digest for name, i in on_pages.items()}
    return Edition.of(Kind.MODULE, document.id, body, rendered)
