"""A requirement pack that someone typed: read by the same form and checks as one of ours."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

from lms.content import forms
from lms.content.checks import FAMILIES
from lms.content.documents import SOURCES, TOPICS, Document, Tree
from lms.content.editions import Edition, Kind
from lms.content.findings import Finding
from lms.content.library import Library
from lms.content.plain import tidy_ends
from lms.content.shapes import pack
from lms.content.yaml_text import parse
from lms.domain.packs import Pack

DRAFT: Final = "draft"
"""The name that findings give the text, and the id of its pack: it is no file of ours."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a text holds: a pack, None while an error stands in the way; and what is wrong."""

    pack: Pack | None
    findings: tuple[Finding, ...]


def read_draft(text: str, library: Library) -> Draft:
    """Read a typed pack; topics and sources are those of the library."""
    parsed = parse(tidy_ends(text), DRAFT)
    if parsed.value is None or not isinstance(parsed.value, dict):
        none = Finding(DRAFT, 1, "", "The text has no fields", "Begin with title: and a name")
        return Draft(None, parsed.findings or (none,))
    document = Document(Kind.PACK, DRAFT, DRAFT, parsed.value, parsed.lines)
    findings = [*parsed.findings, *forms.faults(document)]
    if not findings:
        findings = list(_told(document, library))
    told = tuple(sorted(set(findings)))
    if any(finding.severity == "error" for finding in told):
        return Draft(None, told)
    return Draft(pack(Edition.of(Kind.PACK, DRAFT, document.body)), told)


def _told(document: Document, library: Library) -> Iterator[Finding]:
    """What checks of the whole tree say of this one text."""
    around = [_framework(TOPICS, library.topics), _framework(SOURCES, library.sources)]
    tree = Tree((*around, document), (*around, document), {}, {})
    for family in FAMILIES:
        yield from (finding for finding in family(tree) if finding.file == DRAFT)


def _framework(kind: str, held: Any) -> Document:
    return Document(kind, kind, kind, {name: asdict(each) for name, each in held.items()}, {})
