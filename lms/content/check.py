"""Every fault of a tree of content, those that come with time included."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from lms.content.documents import Tree
from lms.content.editions import Kind
from lms.content.findings import Finding
from lms.content.tree import read


def check(root: Path, today: date) -> tuple[Finding, ...]:
    """All findings about the files under a folder, by file and line; empty means publishable.

    Facts whose review day has passed are warnings: they do not stop publishing.
    """
    reading = read(root)
    return tuple(sorted({*reading.findings, *_overdue(reading.tree, today)}))


def _overdue(tree: Tree, today: date) -> Iterator[Finding]:
    for module in tree.of(Kind.MODULE):
        for number, fact in enumerate(module.body.get("facts", ())):
            if date.fromisoformat(fact["review_by"]) < today:
                fault = f"The fact was to be checked again by {fact['review_by']}"
                remedy = "Check it with its source, then set checked_on and review_by"
                yield module.finding(("facts", number, "review_by"), fault, remedy, "warning")
