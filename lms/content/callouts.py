"""Blocks between lines of slashes: what to say, what to leave out, and the rest."""

from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

LABELS: Final[Mapping[str, str]] = {
    "say": "What you might say",
    "avoid": "What to leave out",
    "note": "Good to know",
    "care": "Look after yourself",
    "law": "Your state decides",
    "reflect": "Stop and think",
    "try": "Try it",
    "answer": "One good answer",
}
"""What each kind of block is called in words, so that colour is never the only sign."""

TITLE_OPTIONAL: Final = frozenset({"note", "care", "law"})
_ACTIVITIES = frozenset({"reflect", "try"})


class _Callout(Block):  # type: ignore[misc]
    """An aside (or a section, where the learner does something) with a label."""

    ARGUMENT = None

    def on_markdown(self) -> str:
        return "block"

    def on_create(self, parent: Element) -> Element:
        tag = "section" if self.NAME in _ACTIVITIES else "aside"
        box = SubElement(parent, tag, {"class": f"callout callout-{self.NAME}", "role": "note"})
        SubElement(box, "p", {"class": "callout-label"}).text = _label(self.NAME, self.argument)
        return box


class _Answer(Block):  # type: ignore[misc]
    """Something the learner opens; it needs no script."""

    NAME = "answer"
    ARGUMENT = None

    def on_markdown(self) -> str:
        return "block"

    def on_create(self, parent: Element) -> Element:
        box = SubElement(parent, "details", {"class": "answer"})
        SubElement(box, "summary").text = self.argument or LABELS["answer"]
        return box


def _label(kind: str, title: str | None) -> str:
    name = LABELS[kind]
    if not title:
        return name
    return title if _begins(title) == _begins(name) else f"{name}: {title}"


def _begins(words: str) -> list[str]:
    """The first two words: a title that begins like the label says it already."""
    return [word.strip(".,:;") for word in words.casefold().split()[:2]]


class Callouts(BlocksExtension):  # type: ignore[misc]
    """The python-markdown extension that knows our blocks."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: object) -> None:  # noqa: N802
        """Register one block class for each kind."""
        for kind in LABELS:
            known = _Answer if kind == "answer" else type(kind, (_Callout,), {"NAME": kind})
            block_mgr.register(known, self.getConfigs())  # type: ignore[attr-defined]
