"""Reads a PDF that a stranger made, in a process of its own with little room and little time.

Run as ``python -I -m lms.formats.pdf_child`` with the file on stdin; answers JSON on stdout. It
opens no file and no connection. Nothing in the PDF is ever run.
"""

import contextlib
import json
import logging
import re
import resource
import sys
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import LimitReachedError
from pypdf.generic import DictionaryObject, StreamObject

MOST_PAGES = 40
MOST_ATTACHED = 300_000
MOST_TEXT = 400_000
_MEMORY, _CPU_SECONDS = 700_000_000, 8
_CODE = re.compile(r"/verify/([0-9A-HJKMNP-TV-Z]{27})\b")
_ACTIVE = ("/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData")


def keep_small() -> None:
    """Give up most of what a process may do."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(400)


def look(held: bytes) -> dict[str, Any]:
    """What is in a PDF: text, attachments, codes, and what is odd about it."""
    if not held.startswith(b"%PDF-"):
        return {"fault": "no-pdf"}
    reader = PdfReader(BytesIO(held), strict=False)
    if reader.is_encrypted:
        return {"fault": "encrypted"}
    pages = len(reader.pages)
    if pages > MOST_PAGES:
        return {"fault": "too-many-pages", "pages": pages}
    shown = [_text(page) for page in reader.pages]
    plain, rows = ("\n".join(part) for part in zip(*shown, strict=True)) if shown else ("", "")
    linked = [link for page in reader.pages for link in _links(page)]
    return {
        "pages": pages,
        "plain": plain[:MOST_TEXT],
        "rows": rows[:MOST_TEXT],
        "codes": list(dict.fromkeys(_CODE.findall(" ".join(linked)))),
        "attached": _attached(reader),
        "is_active": any(name.encode() in held for name in _ACTIVE),
        "revisions": held.count(b"%%EOF"),
    }


def _text(page: Any) -> tuple[str, str]:
    plain = page.extract_text()
    try:
        return plain, page.extract_text(extraction_mode="layout", layout_mode_strip_rotated=False)
    except (ValueError, KeyError, TypeError, ZeroDivisionError, AttributeError, IndexError):
        return plain, plain


def _links(page: Any) -> list[str]:
    found = []
    for note in page.get("/Annots", ()) or ():
        with contextlib.suppress(Exception):
            found.append(str(note.get_object()["/A"]["/URI"]))
    return found


def _attached(reader: PdfReader) -> list[list[str]]:
    """Name and text of each attachment, those of the same name too."""
    root: Any = reader.trailer["/Root"]
    names: Any = root.get("/Names", DictionaryObject()).get_object()
    tree = names.get("/EmbeddedFiles")
    found = []
    for name, spec in _leaves(tree.get_object(), 4) if tree is not None else ():
        stream = spec.get_object()["/EF"]["/F"].get_object()
        body = _unpacked(stream)
        found.append([str(name), body.decode("utf-8", "replace")])
    return found[:20]


def _leaves(node: Any, depth: int) -> list[tuple[Any, Any]]:
    names = list(node.get("/Names", ()))
    found = list(zip(names[::2], names[1::2], strict=False))
    for kid in list(node.get("/Kids", ()))[:20] if depth else ():
        found += _leaves(kid.get_object(), depth - 1)
    return found


def _unpacked(stream: Any) -> bytes:
    if not isinstance(stream, StreamObject):
        return b""
    return bytes(stream.get_data())[: MOST_ATTACHED + 1]


def main() -> None:
    """Read stdin, answer on stdout; whatever goes wrong is said as one word."""
    held = sys.stdin.buffer.read()
    keep_small()
    logging.disable(logging.CRITICAL)
    try:
        found = look(held)
    except (MemoryError, RecursionError, LimitReachedError):
        found = {"fault": "too-much"}
    except Exception:  # whatever a stranger's file does to the reader, it is broken
        found = {"fault": "broken"}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
