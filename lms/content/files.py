"""From a folder to documents: every file read, or a finding that says why not."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lms.content.documents import (
    COMPETENCIES,
    IMAGES,
    SCHEMES,
    SECTION,
    SOURCES,
    TOPICS,
    Document,
)
from lms.content.editions import Kind
from lms.content.findings import Finding
from lms.content.images import NAME, read_image
from lms.content.plain import read_plain
from lms.content.yaml_text import parse

_FRAMEWORK = {name: f"curriculum/{name}.yaml" for name in (COMPETENCIES, TOPICS, SOURCES)}
_SCHEMES = f"curriculum/{SCHEMES}.yaml"
_SHELVES = {
    Kind.PROGRAM: "curriculum/programs",
    Kind.BANK: "assessments/items",
    Kind.QUIZ: "assessments/quizzes",
    Kind.RUBRIC: "assessments/rubrics",
    Kind.ROLE_PLAY: "assessments/role-plays",
    Kind.PACK: "curriculum/requirements",
}
ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""The stem of a file, or the name of a folder."""

SECTION_FILE: Final = re.compile(r"[0-9]{2}-([a-z0-9]+(?:-[a-z0-9]+)*)\.md")
_FENCE = "---"

Found = Iterator[Document | Finding]


def documents(root: Path) -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
    """Every file of the tree, in a stable order, and what could not be read."""
    found = [*_framework(root), *_shelves(root), *_guides(root), *_modules(root)]
    read = tuple(each for each in found if isinstance(each, Document))
    return read, tuple(each for each in found if isinstance(each, Finding))


def _framework(root: Path) -> Found:
    for kind, name in _FRAMEWORK.items():
        yield from _yaml(root, root / name, kind, kind)
    if (root / _SCHEMES).exists():
        yield from _yaml(root, root / _SCHEMES, SCHEMES, SCHEMES)


def _shelves(root: Path) -> Found:
    for kind, shelf in _SHELVES.items():
        for path in visible(root / shelf):
            if path.suffix == ".yaml" and ID.fullmatch(path.stem):
                yield from _yaml(root, path, kind, path.stem)
            else:
                remedy = "Name it in small letters, digits and dashes, ending in .yaml"
                yield _misnamed(root, path, remedy)


def _guides(root: Path) -> Found:
    for path in visible(root / "curriculum/sessions"):
        if path.suffix == ".md" and ID.fullmatch(path.stem):
            yield from _fenced(root, path, Kind.GUIDE, path.stem)
        else:
            remedy = "Name it in small letters, digits and dashes, ending in .md"
            yield _misnamed(root, path, remedy)


def _modules(root: Path) -> Found:
    for folder in visible(root / "curriculum/modules"):
        if not folder.is_dir() or not ID.fullmatch(folder.name):
            yield _misnamed(root, folder, "Give each module a folder in small letters and dashes")
            continue
        yield from _yaml(root, folder / "module.yaml", Kind.MODULE, folder.name)
        yield from _sections(root, folder)
        yield from _images(root, folder)


def _sections(root: Path, module: Path) -> Found:
    for path in visible(module / "en"):
        if named := SECTION_FILE.fullmatch(path.name):
            yield from _fenced(root, path, SECTION, f"{module.name}/{named[1]}")
        else:
            yield _misnamed(root, path, "Name it two digits, a dash and the id: 01-first-words.md")


def _images(root: Path, module: Path) -> Found:
    for path in visible(module / IMAGES):
        if NAME.fullmatch(path.name):
            yield from read_image(root, path, f"{module.name}/{path.name}")
        else:
            remedy = "Save it as .png, .jpg or .webp, named in small letters, digits and dashes"
            yield _misnamed(root, path, remedy)


def visible(folder: Path) -> list[Path]:
    """What a folder holds, in the order of names, without hidden files; nothing if it is none."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _misnamed(root: Path, path: Path, remedy: str) -> Finding:
    return Finding(_name(root, path), 1, "", "The file name is not one we read", remedy)


def _name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _yaml(root: Path, path: Path, kind: str, name: str) -> Found:
    plain = read_plain(root, path)
    yield from plain.findings
    if plain.text is not None:
        yield from _parsed(plain.text, _name(root, path), kind, name)


def _parsed(
    fields: str, file: str, kind: str, name: str, first_line: int = 1, text: str = ""
) -> Found:
    parsed = parse(fields, file, first_line)
    yield from parsed.findings
    if parsed.value is None and not parsed.findings:
        yield Finding(
            file, first_line, "", "The file has no fields", "Write it as docs/authoring.md shows"
        )
    elif parsed.value is not None:
        after = first_line + fields.count("\n") + 1
        yield Document(kind, name, file, parsed.value, parsed.lines, text, after)


def fenced(text: str) -> tuple[str, str] | None:
    """The fields between two lines of ---, and the text after them; None when it begins so not."""
    opening, _, rest = text.partition("\n")
    fields, fence, words = rest.partition(f"\n{_FENCE}\n")
    return (fields, words) if opening.strip() == _FENCE and fence else None


def _fenced(root: Path, path: Path, kind: str, name: str) -> Found:
    plain = read_plain(root, path)
    yield from plain.findings
    if plain.text is None:
        return
    parts = fenced(plain.text)
    if parts is None:
        fault = "The text does not begin with its fields between two lines of ---"
        remedy = "Begin with ---, then title: and competencies:, then --- again"
        yield Finding(_name(root, path), 1, "", fault, remedy)
        return
    fields, words = parts
    yield from _parsed(f"{fields}\n", _name(root, path), kind, name, 2, words)
