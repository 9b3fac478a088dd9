"""Pictures drawn by hand, byte by byte: whole ones, and what a test needs to be wrong with them."""

import base64
import zlib
from datetime import datetime

from lms.content.editions import Edition, Kind
from lms.models.editions import EditionRow


def chunk(name: bytes, body: bytes) -> bytes:
    """One part of a PNG."""
    return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)


def png(width: int = 3, height: int = 2, shade: int = 0, *more: bytes) -> bytes:
    """A grey picture, with more parts before its dots."""
    size = width.to_bytes(4) + height.to_bytes(4)
    dots = zlib.compress((b"\0" + bytes([shade]) * width) * height, 9)
    parts = [chunk(b"IHDR", size + b"\x08\0\0\0\0"), *more, chunk(b"IDAT", dots)]
    return b"\x89PNG\r\n\x1a\n" + b"".join([*parts, chunk(b"IEND", b"")])


def jpg(width: int = 3, height: int = 2, *more: bytes) -> bytes:
    """The header of a photograph and an end, with more segments before its size."""
    start = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
    frame = b"\xff\xc0\0\x0b\x08" + height.to_bytes(2) + width.to_bytes(2) + b"\1\1\x11\0"
    return start + b"".join(more) + frame + b"\xff\xda\0\x08\1\1\0\0\x3f\0\x7f\xff\xd9"


def picture(name: str, content: bytes | None = None) -> Edition:
    """A PNG as an edition."""
    told = base64.b64encode(content or png()).decode()
    return Edition.of(Kind.IMAGE, name, {"type": "image/png", "base64": told})


def kept(edition: Edition, now: datetime) -> EditionRow:
    """An edition as publishing keeps it."""
    return EditionRow(
        digest=edition.digest,
        kind=edition.kind,
        content_id=edition.id,
        body=edition.body,
        rendered={},
        published_at=now,
    )
