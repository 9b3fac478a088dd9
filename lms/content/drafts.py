"""What can be shown of files that are still being written: a fault in one hides nothing else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lms.content.documents import IMAGES, Document
from lms.content.files import ID, SECTION_FILE, fenced, visible
from lms.content.images import NAME, read_image, shown
from lms.content.markup import Images
from lms.content.plain import read_plain
from lms.content.render import render
from lms.content.yaml_text import parse
from lms.domain.curriculum import Guide, Module, Part, Section, Source

_MODULES: Final = "curriculum/modules"
_GUIDES: Final = "curriculum/sessions"
_OWNER: Final = re.compile(r"^(module|rubric): *([a-z0-9-]+) *(?:#.*)?$", re.M)


@dataclass(frozen=True, slots=True)
class Named:
    """A module or guide of a tree; one without a title has its id as title."""

    id: str
    title: str
    file: str
    sections: int = 0


def modules(root: Path) -> list[Named]:
    """Every module folder, by title."""
    found = [
        Named(
            folder.name,
            title_of(root, _module_file(folder.name), folder.name),
            _module_file(folder.name),
            sum(1 for _ in section_files(root, folder.name)),
        )
        for folder in visible(root / _MODULES)
        if folder.is_dir() and ID.fullmatch(folder.name)
    ]
    return sorted(found, key=lambda module: module.title.casefold())


def guides(root: Path) -> list[Named]:
    """Every guide, by title."""
    found = [
        Named(path.stem, _title(_split(root, path)[0], path.stem), guide_file(path.stem))
        for path in visible(root / _GUIDES)
        if path.suffix == ".md" and ID.fullmatch(path.stem)
    ]
    return sorted(found, key=lambda guide: guide.title.casefold())


def title_of(root: Path, file: str, otherwise: str) -> str:
    """The title that a YAML file of the tree gives itself, or else those words."""
    return _title(_fields(read_plain(root, root / file).text or ""), otherwise)


def section_files(root: Path, module_id: str) -> Iterator[tuple[str, str]]:
    """The id and the file of each section of a module, in their order."""
    for path in visible(root / _MODULES / module_id / "en"):
        if named := SECTION_FILE.fullmatch(path.name):
            yield named[1], path.relative_to(root).as_posix()


def module(root: Path, module_id: str) -> Module | None:
    """A module with all its sections, as far as they can be read; None when there is no folder.

    What a page does not show, such as competencies, is left empty.
    """
    if not ID.fullmatch(module_id) or not (root / _MODULES / module_id).is_dir():
        return None
    body = _fields(read_plain(root, root / _module_file(module_id)).text or "")
    pictures = {name: shown(held) for name, held in images(root, module_id).items()}
    return Module(
        id=module_id,
        title=_title(body, module_id),
        summary=_text(body, "summary"),
        difficulty=1,
        difficulty_set_by="",
        competencies=(),
        objectives=_texts(body, "objectives"),
        topics={},
        sections=tuple(
            _section(root, name, root / file, pictures)
            for name, file in section_files(root, module_id)
        ),
        content_note=_text(body, "content_note"),
    )


def images(root: Path, module_id: str) -> dict[str, Document]:
    """The sound pictures of a module, by what its sections write for them."""
    folder = root / _MODULES / module_id / IMAGES
    named = [path for path in visible(folder) if NAME.fullmatch(path.name)]
    read = [(path, list(read_image(root, path, f"{module_id}/{path.name}"))) for path in named]
    return {
        f"{IMAGES}/{path.name}": found[0]
        for path, found in read
        if len(found) == 1 and isinstance(found[0], Document)
    }


def guide_file(guide_id: str) -> str:
    """Where the guide of that id stands in a tree."""
    return f"{_GUIDES}/{guide_id}.md"


def guide(root: Path, guide_id: str) -> Guide | None:
    """A guide, as far as it can be read; None when there is no such file."""
    path = root / guide_file(guide_id)
    if not ID.fullmatch(guide_id) or not path.is_file():
        return None
    body, text = _split(root, path)
    return Guide(
        id=guide_id,
        title=_title(body, guide_id),
        aim=_text(body, "aim"),
        competencies=(),
        topics={},
        modules=_texts(body, "modules"),
        outcomes=_texts(body, "outcomes"),
        plan=tuple(_plan(body)),
        html=render(text).html,
        role_plays=_texts(body, "role_plays"),
        bring=_texts(body, "bring"),
        content_note=_text(body, "content_note"),
    )


def sources(root: Path, names: tuple[str, ...]) -> list[Source]:
    """Those of the named sources that the tree defines."""
    body = _fields(read_plain(root, root / "curriculum/sources.yaml").text or "")
    rows = [(name, body[name]) for name in names if isinstance(body.get(name), dict)]
    return [
        Source(name, *(_text(row, key) for key in ("title", "publisher", "year", "address")))
        for name, row in rows
    ]


def owners(root: Path) -> dict[str, str]:
    """The module that each file of assessments/ belongs to, as far as the files say."""
    found: dict[str, str] = {}
    for path in sorted((root / "assessments").glob("*/*.yaml")):
        named = dict(_OWNER.findall(read_plain(root, path).text or ""))
        if "module" in named:
            found[path.relative_to(root).as_posix()] = named["module"]
            if "rubric" in named:
                found[f"assessments/rubrics/{named['rubric']}.yaml"] = named["module"]
    return found


def _module_file(module_id: str) -> str:
    return f"{_MODULES}/{module_id}/module.yaml"


def _section(root: Path, name: str, path: Path, pictures: Images) -> Section:
    body, text = _split(root, path)
    rendered = render(text, images=pictures)
    return Section(
        id=name,
        title=_title(body, name),
        html=rendered.html,
        words=rendered.words,
        competencies=(),
        content_note=_text(body, "content_note"),
        sources=_texts(body, "sources"),
    )


def _split(root: Path, path: Path) -> tuple[dict[str, Any], str]:
    """The fields of a text and its words; all is words when the fields never end."""
    text = read_plain(root, path).text or ""
    fields, words = fenced(text) or ("", text)
    return _fields(fields), words


def _fields(text: str) -> dict[str, Any]:
    value = parse(text, "").value
    return value if isinstance(value, dict) else {}


def _title(body: dict[str, Any], otherwise: str) -> str:
    return _text(body, "title") or otherwise


def _text(body: dict[str, Any], key: str) -> str:
    value = body.get(key)
    return value.strip() if isinstance(value, str) else ""


def _texts(body: dict[str, Any], key: str) -> tuple[str, ...]:
    value = body.get(key)
    return tuple(text for text in value if isinstance(text, str)) if isinstance(value, list) else ()


def _plan(body: dict[str, Any]) -> Iterator[Part]:
    rows = body.get("plan")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and isinstance(row.get("minutes"), int):
            yield Part(row["minutes"], _text(row, "title"), row.get("pause") is True)
