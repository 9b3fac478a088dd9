"""YAML as authors expect it: 1.2's plain values, no aliases, and the line of every field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from lms.content.findings import Finding

Place = tuple[str | int, ...]
"""The way to a value: keys and list positions from the top."""


_DEEPEST = 50
_BRACKET = re.compile(r"[\[\]{}]")
_LADDER = re.compile(rf"(?:[-?:] +){{{_DEEPEST}}}")

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader over libyaml, ten times quicker, where PyYAML was built with it."""


class _Loader(_Base):  # type: ignore[misc]
    """Reads "no", "12:30" and "2026-11-22" as the text they are, which YAML 1.1 does not."""

    yaml_implicit_resolvers: Any = {}


for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), list(first)
    )


@dataclass(frozen=True, slots=True)
class Parsed:
    """A YAML text as JSON values (every key is text), and the line of each place."""

    value: Any
    lines: Mapping[Place, int]
    findings: tuple[Finding, ...] = ()


def parse(text: str, file: str, first_line: int = 1) -> Parsed:
    """Read one YAML text whose first line has that number in its file.

    A text that cannot be read has the value None and one finding.
    """
    reader = _Reader(file, first_line)
    if _is_deep(text):
        return reader.unreadable(0, "it is nested too deeply")
    try:
        value = reader.read(text)
    except yaml.MarkedYAMLError as fault:
        problem = fault.problem or "it is not YAML"
        # What is never closed is noticed at the end of the file; its author needs the beginning.
        opened = fault.context_mark if "end of stream" in problem else None
        mark = opened or fault.problem_mark
        return reader.unreadable(mark.line if mark else 0, problem)
    except yaml.reader.ReaderError as fault:
        line = text.count("\n", 0, fault.position)
        return reader.unreadable(line, "it holds a character that cannot be printed")
    except ValueError:
        return reader.unreadable(0, "a number in it has thousands of digits")
    return Parsed(value, reader.lines, tuple(reader.findings))


def _is_deep(text: str) -> bool:
    """Whether it nests so far that reading it could take the process down with it."""
    depth = deepest = 0
    for bracket in _BRACKET.findall(text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest > _DEEPEST or _LADDER.search(text) is not None


class _Reader:
    def __init__(self, file: str, first_line: int) -> None:
        self.file, self.first_line = file, first_line
        self.lines: dict[Place, int] = {}
        self.findings: list[Finding] = []
        self.seen: set[int] = set()
        self.text: list[str] = []

    def read(self, text: str) -> Any:
        self.text = text.split("\n")
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            return None if node is None else self._value(loader, node, ())
        finally:
            loader.dispose()

    def unreadable(self, line: int, problem: str) -> Parsed:
        remedy = (
            "Put text with a colon, a quote or a leading * in double quotes, and check the indent"
        )
        if line < len(self.text) and re.match(r" *\t", self.text[line]):
            problem, remedy = "a tab stands where spaces belong", "Run lms content check --fix"
        fault = f"The YAML cannot be read: {problem}"
        return Parsed(None, {}, (Finding(self.file, self.first_line + line, "", fault, remedy),))

    def _value(self, loader: _Loader, node: yaml.Node, place: Place) -> Any:
        if id(node) in self.seen:
            # A few lines of aliases can stand for gigabytes.
            events = yaml.parse("\n".join(self.text), Loader=_Base)
            mark: Any = next(e.start_mark for e in events if isinstance(e, yaml.AliasEvent))
            raise yaml.composer.ComposerError(None, None, "an alias (*) is used", mark)
        self.seen.add(id(node))
        self.lines.setdefault(place, self.first_line + node.start_mark.line)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(loader, node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(loader, item, (*place, n)) for n, item in enumerate(node.value)]
        return loader.construct_object(node)

    def _mapping(self, loader: _Loader, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            inside = (*place, key)
            if key in found:
                self._repeated(key, key_node.start_mark.line)
            self.lines[inside] = self.first_line + key_node.start_mark.line
            found[key] = self._value(loader, value_node, inside)
        return found

    def _repeated(self, key: str, line: int) -> None:
        fault = f'The key "{key}" stands twice'
        finding = Finding(self.file, self.first_line + line, key, fault, "Keep one of the two")
        self.findings.append(finding)
