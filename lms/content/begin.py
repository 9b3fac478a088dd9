"""A new module: files with every block in its place, and words that say what to write there."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import date, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from string import Template
from typing import Final

from lms.content.documents import COMPETENCIES, SOURCES, TOPICS
from lms.content.plain import read_plain

_ID: Final = "ID"
"""Stands for the module's id in the names of the skeleton's files."""

_REVIEW_DAYS: Final = 365
_FIRST: Final = {
    "competency": (COMPETENCIES, r"\bid: ([IVX]+\.[0-9]+)", "I.1"),
    "topic": (TOPICS, r"^([a-z0-9-]+):", "recovery"),
    "source": (SOURCES, r"^(S[0-9]+):", "S1"),
}
"""A name the skeleton uses, the file that defines it, how it stands there, and one to fall back on.
"""


def new_module(root: Path, module_id: str, title: str, day: date) -> dict[str, str]:
    """The files of a new module by their names below the root; nothing is written.

    They use the first competency, topic and source that the tree at the root defines.
    """
    words = {
        "id": module_id,
        "title": json.dumps(title, ensure_ascii=False)[1:-1],
        "day": day.isoformat(),
        "review_day": (day + timedelta(days=_REVIEW_DAYS)).isoformat(),
        **{name: _first(root, *found_by) for name, found_by in _FIRST.items()},
    }
    skeleton = files("lms.content") / "skeleton"
    return {
        str(name).replace(_ID, module_id): Template(text).substitute(words)
        for name, text in sorted(_leaves(skeleton, PurePosixPath()))
    }


def _first(root: Path, kind: str, pattern: str, otherwise: str) -> str:
    text = read_plain(root, root / "curriculum" / f"{kind}.yaml").text or ""
    found = re.search(pattern, text, re.M)
    return found[1] if found else otherwise


def _leaves(folder: Traversable, name: PurePosixPath) -> Iterator[tuple[PurePosixPath, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _leaves(entry, name / entry.name)
        else:
            yield name / entry.name, entry.read_text("utf-8")


def standing(root: Path, module_id: str, texts: Mapping[str, str]) -> str | None:
    """The name of what already stands where the new files would go, or None.

    That is the module's folder, one of the files, or a bank that uses the ids of the new items.
    """
    folder = f"curriculum/modules/{module_id}"
    for name in (folder, *texts):
        if (root / name).exists() or (root / name).is_symlink():
            return name
    taken = re.compile(rf"\bid: *{re.escape(module_id)}-[0-9]+\b")
    for bank in sorted((root / "assessments/items").glob("*.yaml")):
        if taken.search(read_plain(root, bank).text or ""):
            return bank.relative_to(root).as_posix()
    return None


def write_all(root: Path, texts: Mapping[str, str]) -> None:
    """Write all files or none. Raises OSError, FileExistsError for a file that is there."""
    with ExitStack() as undo:
        for name, text in texts.items():
            path = root / name
            for folder in reversed(path.relative_to(root).parents):
                if not (root / folder).is_dir():
                    (root / folder).mkdir()
                    undo.callback((root / folder).rmdir)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                undo.callback(path.unlink)
                file.write(text)
        undo.pop_all()
