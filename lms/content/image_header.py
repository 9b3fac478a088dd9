"""What the first bytes of a picture say: its kind, its size, and what it carries besides."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPG: Final = b"\xff\xd8"
_JPG_END: Final = b"\xff\xd9"
_JPG_SIZES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers of a frame, which gives the size; the three left out are tables."""
_JPG_NOTES: Final = 0xE1


@dataclass(frozen=True, slots=True)
class Header:
    """Pixels across and down. ``notes``: a camera's, such as the place; ``moves``: an animation."""

    width: int
    height: int
    notes: bool = False
    moves: bool = False


def read_header(content: bytes, ending: str) -> Header | None:
    """The header of a picture named .png, .jpg or .webp; None when it is no such picture, whole.

    Raises KeyError for another ending.
    """
    found = _READERS[ending](content)
    return found if found is not None and found.width and found.height else None


def _png(content: bytes) -> Header | None:
    parts = dict(_png_parts(content)) if content.startswith(_PNG) else {}
    if not {b"IHDR", b"IDAT", b"IEND"} <= parts.keys():
        return None
    size = parts[b"IHDR"]
    width, height = int.from_bytes(size[:4], "big"), int.from_bytes(size[4:8], "big")
    return Header(width, height, b"eXIf" in parts, b"acTL" in parts)


def _png_parts(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at + 12 <= len(content):
        end = at + 8 + int.from_bytes(content[at : at + 4], "big")
        yield content[at + 4 : at + 8], content[at + 8 : end]
        at = end + 4


def _webp(content: bytes) -> Header | None:
    whole = int.from_bytes(content[4:8], "little") + 8
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or whole > len(content):
        return None
    parts = dict(_webp_parts(content))
    notes, moves = not parts.keys().isdisjoint({b"EXIF", b"XMP "}), b"ANIM" in parts
    if b"VP8X" in parts:
        size = parts[b"VP8X"]
        width, height = (int.from_bytes(size[n : n + 3], "little") + 1 for n in (4, 7))
        return Header(width, height, notes, moves)
    if b"VP8L" in parts:
        bits = int.from_bytes(parts[b"VP8L"][1:5], "little")
        return Header((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, notes)
    size = parts.get(b"VP8 ", b"")
    width, height = (int.from_bytes(size[n : n + 2], "little") & 0x3FFF for n in (6, 8))
    return Header(width, height, notes)


def _webp_parts(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(content):
        end = at + 8 + int.from_bytes(content[at + 4 : at + 8], "little")
        yield content[at : at + 4], content[at + 8 : end]
        at = end + end % 2


def _jpg(content: bytes) -> Header | None:
    if not content.startswith(_JPG):
        return None
    at, notes = len(_JPG), False
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in _JPG_SIZES:
            height, width = (int.from_bytes(content[at + n : at + n + 2], "big") for n in (5, 7))
            return Header(width, height, notes) if _JPG_END in content[at:] else None
        notes = notes or marker == _JPG_NOTES
        at += 1 if marker == 0xFF else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None


_READERS: Final[Mapping[str, Callable[[bytes], Header | None]]] = {
    "png": _png,
    "jpg": _jpg,
    "webp": _webp,
}
