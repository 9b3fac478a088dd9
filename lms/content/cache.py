"""What a tree holds, kept between one look and the next for as long as not one byte has changed."""

import json
import os
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from lms.content.editions import Edition
from lms.content.findings import Finding
from lms.content.tree import Fact, Reading, read

KEPT: Final = 4
"""How many readings stay: a few trees and branches of one author."""

_PARTS: Final = ("curriculum", "assessments")
_TEXTS: Final = frozenset({".py", ".json", ".yaml"})


def read_again(root: Path) -> Reading:
    """The same as :func:`lms.content.tree.read`, from the cache when nothing has changed.

    A cache that cannot be read or written is passed over.
    """
    place = _folder() / f"{_digest(root)}.json"
    with suppress(OSError, ValueError, KeyError, TypeError):
        return _reading(json.loads(place.read_text("utf-8")))
    reading = read(root)
    with suppress(OSError):
        _keep(place, reading)
    return reading


def _folder() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "peerpath" / "content"


def _digest(root: Path) -> str:
    """One digest of every byte and folder of the tree, and of the code that reads it."""
    total = sha256()
    for path in sorted(p for part in _PARTS for p in (root / part).rglob("*")):
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        kind = "/" if path.is_dir() else ""
        total.update(f"{path.relative_to(root).as_posix()}{kind}\0{len(content)}\0".encode())
        total.update(str(path.readlink()).encode() if path.is_symlink() else content)
    for package in ("lms.content", "lms.domain"):
        _add_code(total, files(package))
    return total.hexdigest()


def _add_code(total: Any, folder: Traversable) -> None:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            _add_code(total, entry)
        elif Path(entry.name).suffix in _TEXTS:
            total.update(f"{entry.name}\0".encode() + entry.read_bytes())


def _reading(told: Any) -> Reading:
    return Reading(
        tuple(Edition(**edition) for edition in told["editions"]),
        tuple(Finding(**finding) for finding in told["findings"]),
        tuple(Fact(**fact) for fact in told["facts"]),
    )


def _keep(place: Path, reading: Reading) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(asdict(reading)), encoding="utf-8")
    fresh.replace(place)
    older = sorted(place.parent.glob("*.json"), key=lambda path: path.stat().st_mtime)
    for path in older[:-KEPT]:
        path.unlink(missing_ok=True)
