"""Pictures of a module: read, judged, and kept once as editions of their own."""

import base64
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import Final

from lms.content.documents import Document
from lms.content.editions import Edition, Kind
from lms.content.findings import Finding
from lms.content.image_header import Header, read_header
from lms.content.markup import Shown
from lms.content.plain import outside, unreadable

TYPES: Final[Mapping[str, str]] = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
"""What we show, by ending. SVG can carry script, and nobody can stop a GIF that moves."""

NAME: Final = re.compile(rf"[a-z0-9]+(?:-[a-z0-9]+)*\.(?:{'|'.join(TYPES)})")
LARGEST: Final = 200 * 1024
"""Bytes: about four seconds on a slow line."""
WIDEST: Final = 4096
"""Pixels of a side: a small file can stand for more of them than a phone has room for."""


def read_image(root: Path, path: Path, name: str) -> Iterator[Document | Finding]:
    """A picture as a document with the id ``module/name.png``, and what is wrong with it."""
    file = path.relative_to(root).as_posix()
    try:
        refused = outside(root, path, file) or _too_large(path, file)
        content = b"" if refused else path.read_bytes()
    except OSError as stop:
        refused = unreadable(file, stop)
    if refused:
        yield refused
        yield Document(Kind.IMAGE, name, file, {}, {})
        return
    ending = _ending(name)
    header = read_header(content, ending)
    yield from _faults(file, ending, header)
    size = {"width": header.width, "height": header.height} if header else {}
    body = {"type": TYPES[ending], "base64": base64.b64encode(content).decode(), **size}
    yield Document(Kind.IMAGE, name, file, body, {})


def _ending(name: str) -> str:
    return PurePath(name).suffix[1:]


def _too_large(path: Path, file: str) -> Finding | None:
    size = path.stat().st_size
    if size <= LARGEST:
        return None
    fault = f"The image has {size:,} bytes, and {LARGEST:,} are shown"
    return Finding(file, 1, "", fault, "Make it smaller: many people read on a slow line")


def _faults(file: str, ending: str, header: Header | None) -> Iterator[Finding]:
    if header is None:
        fault = f"The image is not a {ending.upper()}, or not a whole one"
        yield Finding(file, 1, "", fault, "Save it anew, with the ending of what it is")
        return
    if max(header.width, header.height) > WIDEST:
        fault = f"The image is {header.width:,} by {header.height:,} pixels"
        yield Finding(file, 1, "", fault, f"Make it smaller than {WIDEST:,} each way")
    if header.notes:
        fault = "The image carries notes of a camera, which can tell where it was taken"
        yield Finding(file, 1, "", fault, "Save it again without them (metadata, EXIF, XMP)")
    if header.moves:
        fault = "The image moves, and readers cannot stop it"
        yield Finding(file, 1, "", fault, "Choose one still picture of it")


def edition(image: Document) -> Edition:
    """The edition of a sound image: its type, and its bytes in base64."""
    body = {key: image.body[key] for key in ("type", "base64")}
    return Edition.of(Kind.IMAGE, image.id, body)


def shown(image: Document) -> Shown:
    """How pages show a sound image."""
    digest = edition(image).digest
    address = f"/learn/images/{digest}.{_ending(image.id)}"
    return Shown(digest, address, image.body["width"], image.body["height"])
