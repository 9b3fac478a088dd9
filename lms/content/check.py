"""Every fault of a tree of content, those that come with time too; and what to look at again."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from lms.content.cache import read_again
from lms.content.findings import Finding
from lms.content.tree import Fact, Reading

UNSURE: Final = "To review:"
"""How an author begins a claim that nobody has compared with its source yet."""


def check(root: Path, today: date) -> tuple[Finding, ...]:
    """All findings about the files under a folder, by file and line; empty means publishable.

    Facts whose review day has passed are warnings: they do not stop publishing.
    """
    reading = read_again(root)
    return tuple(sorted({*reading.findings, *_overdue(reading, today)}))


def _overdue(reading: Reading, today: date) -> Iterator[Finding]:
    for fact in reading.facts:
        if date.fromisoformat(fact.review_by) < today:
            fault = f"The fact was to be checked again by {fact.review_by}"
            remedy = "Check it with its source, then set checked_on and review_by"
            yield Finding(fact.file, fact.line, fact.field, fault, remedy, "warning")


def to_review(reading: Reading) -> list[Fact]:
    """What a person should look at: claims never compared with a source, then by the day due."""
    return sorted(
        reading.facts, key=lambda fact: (not fact.claim.startswith(UNSURE), fact.review_by)
    )


def recalled(reading: Reading) -> list[str]:
    """The ids of competencies whose wording was never compared with the publisher's."""
    framework = next((e.body for e in reading.editions if e.kind == "framework"), {})
    return [
        competency["id"]
        for category in framework.get("categories", ())
        for competency in category["competencies"]
        if competency["status"] == "recalled"
    ]
