"""What a schema cannot say of the files, one module for each family of checks."""

from collections.abc import Callable, Iterator
from typing import Final

from lms.content.checks import (
    assessments,
    cues,
    guessing,
    images,
    items,
    language,
    markdown,
    modules,
    packs,
    programs,
    reach,
    references,
    unwritten,
)
from lms.content.documents import Tree
from lms.content.findings import Finding

FAMILIES: Final[tuple[Callable[[Tree], Iterator[Finding]], ...]] = (
    references.faults,
    modules.faults,
    markdown.faults,
    images.faults,
    items.faults,
    assessments.faults,
    programs.faults,
    language.faults,
    cues.faults,
    guessing.faults,
    reach.faults,
    unwritten.faults,
    packs.faults,
)
"""Each takes the tree and yields what is wrong with it."""
