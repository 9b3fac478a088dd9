"""The figures of the forty profiles as transcribed in tests/content/figures, and those in packs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lms.content.places import content_root
from lms.content.yaml_text import parse

TABLES = Path(__file__).with_name("figures")

QUALIFY = {"unit", "after", "period", "asked", "every"}
"""Words without which a figure says nothing: what it counts, from when, whether it is asked."""

DAYS = {"starts", "ends", "since", "fixed_on"}
"""Days that are figures of the rule. ``as_of`` is ours: the day we read it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure as transcribed: where it stands in a pack, its value, and the row's sources.

    ``named`` are sources the profile names for this figure alone.
    """

    pack: str
    version: str
    path: str
    value: Any
    sources: frozenset[str]
    named: frozenset[str]

    def __str__(self) -> str:
        return f"{self.pack}:{self.version}:{self.path}"


def read_plain(file: Path) -> dict[str, Any]:
    """A YAML file whose keys stand once each."""
    read = parse(file.read_text("utf-8"), file.name)
    assert not read.findings, read.findings
    assert isinstance(read.value, dict)
    return read.value


@cache
def rows() -> tuple[Row, ...]:
    """Every transcribed figure."""
    found = []
    for file in sorted(TABLES.glob("*.yaml")):
        if file.stem != "confidence":
            for pack, profile in read_plain(file).items():
                found += _rows_of(pack, profile)
    return tuple(found)


def _rows_of(pack: str, profile: dict[str, Any]) -> Iterator[Row]:
    sources = frozenset(profile["sources"].split())
    for version, written in profile.items():
        if version == "sources":
            continue
        for key, value in written.items():
            path, _, named = key.removesuffix(")").partition(" (")
            for end, leaf in _leaves(value, path):
                yield Row(pack, version, end, leaf, sources, frozenset(named.split()))


@cache
def written_packs() -> dict[str, dict[str, Any]]:
    """The packs as their files have them."""
    folder = content_root() / "curriculum" / "requirements"
    return {file.stem: read_plain(file) for file in sorted(folder.glob("*.yaml"))}


@cache
def versions() -> dict[tuple[str, str], dict[str, Any]]:
    """Each version of each pack as its file has it."""
    return {
        (name, version["id"]): version
        for name, pack in written_packs().items()
        for version in pack["versions"]
    }


@cache
def figures(pack: str, version: str) -> dict[str, Any]:
    """Every figure of a version of a pack by its path; text, ids and maps are no figures."""
    return {path: v for path, v in _leaves(versions()[pack, version], "") if _is_figure(path, v)}


def nearest(pack: str, version: str, path: str, key: str) -> Any:
    """What stands under that key closest to a figure: on its own part, else further out."""
    body = versions()[pack, version]
    found = body[key]
    for step in re.findall(r"[a-z-]+(?:\[[^]]*\])?", path):
        name, _, place = step.removesuffix("]").partition("[")
        body = body[name] if isinstance(body, dict) and name in body else None
        if place and isinstance(body, list):
            body = next((each for each in body if each.get("id") == place), None)
        if isinstance(body, dict) and key in body:
            found = body[key]
    return found


def _is_figure(path: str, value: Any) -> bool:
    key = path.rpartition(".")[2]
    if key in QUALIFY | DAYS | {"readings"}:
        return not path.startswith("conflicts[")
    return value is None or value == "none" or isinstance(value, (int, float))


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}".removeprefix("."))
    elif isinstance(value, list) and not path.endswith("readings"):
        for place, inner in enumerate(value):
            name = inner.get("id", place) if isinstance(inner, dict) else place
            yield from _leaves(inner, f"{path}[{name}]")
    else:
        yield path, value
