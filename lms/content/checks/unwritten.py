"""What a new module's files ask their author to write, where it still stands."""

import re
from collections.abc import Iterator
from typing import Any, Final

from lms.content.documents import Tree
from lms.content.findings import Finding
from lms.content.yaml_text import Place

MARK: Final = re.compile(r"\bwrite here:", re.I)
"""How the skeleton begins what is to be written."""


def faults(tree: Tree) -> Iterator[Finding]:
    """One finding for each file that is not written to its end, at the first such place."""
    for document in tree.sound:
        fields = list(_fields(document.body, ()))
        lines = [n for n, line in enumerate(document.text.split("\n")) if MARK.search(line)]
        count = len(fields) + len(lines)
        places = "1 place" if count == 1 else f"{count} places"
        fault = f'The file still says "Write here:" in {places}'
        remedy = "Write what it asks for, or take the part out"
        if fields:
            yield document.finding(fields[0], fault, remedy)
        elif lines:
            yield document.text_finding(lines[0], fault, remedy)


def _fields(value: Any, place: Place) -> Iterator[Place]:
    if isinstance(value, str):
        if MARK.search(value):
            yield place
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield from _fields(entry, (*place, number))
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _fields(entry, (*place, key))
