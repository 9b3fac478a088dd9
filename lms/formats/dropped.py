"""A PDF that somebody dropped: read in a child process, and described without trusting it."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from threading import BoundedSemaphore
from typing import Any

from lms.formats.attached import CREDENTIAL, RECORD
from lms.formats.pdf_child import MOST_ATTACHED

MOST_BYTES = 20_000_000
SECONDS = 12
_TWO_AT_A_TIME = BoundedSemaphore(2)
_WAIT_SECONDS = 3


class Unreadable(StrEnum):
    """Why nothing can be read in a file."""

    TOO_LARGE = "too-large"
    NO_PDF = "no-pdf"
    ENCRYPTED = "encrypted"
    TOO_MANY_PAGES = "too-many-pages"
    TOO_MUCH = "too-much"
    BROKEN = "broken"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Dropped:
    """What is in a file. ``rows`` keeps the places of words on the page, ``plain`` their order."""

    sha256: str
    fault: Unreadable | None = None
    pages: int = 0
    plain: str = ""
    rows: str = ""
    codes: tuple[str, ...] = ()
    credential: bytes | None = None
    record: bytes | None = None
    is_doubled: bool = False
    is_active: bool = False
    revisions: int = 1
    attached: tuple[str, ...] = field(default=())


def read(held: bytes) -> Dropped:
    """Describe a file; whatever is wrong with it is its ``fault``."""
    name = sha256(held).hexdigest()
    if len(held) > MOST_BYTES:
        return Dropped(name, Unreadable.TOO_LARGE)
    if not held.startswith(b"%PDF-"):
        return Dropped(name, Unreadable.NO_PDF)
    if not _TWO_AT_A_TIME.acquire(timeout=_WAIT_SECONDS):
        return Dropped(name, Unreadable.BUSY)
    try:
        found = _asked(held)
    finally:
        _TWO_AT_A_TIME.release()
    if "fault" in found:
        return Dropped(name, Unreadable(found["fault"]))
    return _described(name, found)


def _asked(held: bytes) -> dict[str, Any]:
    command = [sys.executable, "-I", "-W", "ignore", "-m", "lms.formats.pdf_child"]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            command, input=held, capture_output=True, timeout=SECONDS, check=False
        )
        return dict(json.loads(done.stdout)) if done.returncode == 0 else {"fault": "too-much"}
    except (subprocess.TimeoutExpired, ValueError):
        return {"fault": "too-much"}


def _described(name: str, found: dict[str, Any]) -> Dropped:
    inside: dict[str, list[bytes]] = {}
    for title, text in found["attached"]:
        inside.setdefault(title, []).append(text.encode())
    return Dropped(
        name,
        pages=found["pages"],
        plain=found["plain"],
        rows=found["rows"],
        codes=tuple(found["codes"]),
        credential=_only(inside, CREDENTIAL),
        record=_only(inside, RECORD),
        is_doubled=any(len(inside.get(one, ())) > 1 for one in (CREDENTIAL, RECORD)),
        is_active=found["is_active"],
        revisions=found["revisions"],
        attached=tuple(inside),
    )


def _only(inside: dict[str, list[bytes]], title: str) -> bytes | None:
    found = inside.get(title, [])
    return found[0] if len(found) == 1 and len(found[0]) <= MOST_ATTACHED else None
