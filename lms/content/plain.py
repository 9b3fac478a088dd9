"""Reading an author's file as plain text, and saving it again the way we keep it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lms.content.findings import Finding

LARGEST: Final = 256 * 1024
"""Bytes a file may have: a module's bank is the largest we have seen, with a fifth of that."""

BYTE_ORDER_MARK: Final = "\ufeff"
_MEND: Final = "Run lms content check --fix"


@dataclass(frozen=True, slots=True)
class Plain:
    """A file's text with plain line ends, or None when it cannot be used; and what is wrong."""

    text: str | None
    findings: tuple[Finding, ...] = ()


def read_plain(root: Path, path: Path) -> Plain:
    """Read one file below the root. What is odd but readable is said and read all the same."""
    name = path.relative_to(root).as_posix()
    try:
        fault = outside(root, path, name) or _too_large(path, name)
        raw = b"" if fault else path.read_bytes()
        text = raw.decode("utf-8")
    except OSError as stop:
        fault = unreadable(name, stop)
    except UnicodeDecodeError as stop:
        line = raw.count(b"\n", 0, stop.start) + 1
        remedy = "Save it again with the encoding UTF-8"
        fault = Finding(name, line, "", "The file is not UTF-8 text", remedy)
    if fault:
        return Plain(None, (fault,))
    return Plain(tidy_ends(text), tuple(_odd(name, text)))


def outside(root: Path, path: Path, name: str) -> Finding | None:
    """What is wrong with a file that only points to one elsewhere; it must not be read."""
    try:
        if path.resolve().is_relative_to(root.resolve()):
            return None
    except (OSError, RuntimeError):
        return Finding(name, 1, "", "The file is a link to itself", "Put a copy of the file here")
    problem = "The file is a link to one outside this folder"
    return Finding(name, 1, "", problem, "Put a copy of it here")


def unreadable(name: str, stop: OSError) -> Finding:
    """That the system does not give us the file, in its words."""
    problem = f"The file cannot be read: {stop.strerror}"
    return Finding(name, 1, "", problem, "Add it, or give back the right to read it")


def _too_large(path: Path, name: str) -> Finding | None:
    if (size := path.stat().st_size) <= LARGEST:
        return None
    problem = f"The file has {size:,} bytes, and {LARGEST:,} are read"
    return Finding(name, 1, "", problem, "Split it, and keep pictures out of the text")


def _odd(name: str, text: str) -> Iterator[Finding]:
    if text.startswith(BYTE_ORDER_MARK):
        yield Finding(name, 1, "", "The file begins with a byte order mark", _MEND)
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        yield Finding(name, line, "", "The lines end as on Windows", _MEND)


def tidy_ends(text: str) -> str:
    """The text with plain line ends and no byte order mark."""
    return text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n")


def tidy(text: str, is_yaml: bool) -> str:
    """The same text as we keep it: what changes is never a word, a number or a block.

    Ends of lines, a byte order mark, spaces at the end of a YAML line, tabs that indent YAML, and
    exactly one end of line at the end. Markdown keeps the spaces at its ends: two are a line break.
    """
    lines = tidy_ends(text).split("\n")
    if is_yaml:
        lines = [_indented(line).rstrip() for line in lines]
    return "\n".join(lines).rstrip("\n") + "\n"


def _indented(line: str) -> str:
    words = line.lstrip(" \t")
    return line[: len(line) - len(words)].replace("\t", "  ") + words


def mend(root: Path) -> list[str]:
    """Tidy every file of curriculum/ and assessments/; the names of those that changed."""
    changed = []
    for path in sorted((*root.glob("curriculum/**/*"), *root.glob("assessments/**/*"))):
        if path.suffix in {".yaml", ".md"} and path.is_file() and not path.is_symlink():
            before = path.read_bytes()
            try:
                after = tidy(before.decode("utf-8"), path.suffix == ".yaml").encode()
            except UnicodeDecodeError:
                continue
            if after != before:
                path.write_bytes(after)
                changed.append(path.relative_to(root).as_posix())
    return changed
