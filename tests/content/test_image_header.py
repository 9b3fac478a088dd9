"""What we read from a picture's first bytes is what a library made for it finds."""

import io

import pytest
from PIL import Image

from lms.content.image_header import Header, read_header

EXIF = b"Exif\0\0MM\0*\0\0\0\x08\0\0"


def _drawn(ending: str, size: tuple[int, int], **how: object) -> bytes:
    """A picture by Pillow, which comes with WeasyPrint."""
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, {"jpg": "jpeg"}.get(ending, ending), **how)
    return out.getvalue()


@pytest.mark.parametrize(
    ("ending", "how", "notes"),
    [
        ("png", {}, False),
        ("jpg", {}, False),
        ("jpg", {"progressive": True}, False),
        ("jpg", {"exif": EXIF}, True),
        ("webp", {}, False),
        ("webp", {"lossless": True}, False),
        ("webp", {"exif": EXIF}, True),
    ],
)
def test_size_and_notes_are_found_in_whole_pictures_only(ending, how, notes):
    content = _drawn(ending, (301, 207), **how)
    assert read_header(content, ending) == Header(301, 207, notes)
    for end in range(0, len(content) - 1, 7):
        assert read_header(content[:end], ending) is None


def test_a_webp_that_moves_is_found_out():
    frames = [Image.new("RGB", (9, 8), colour) for colour in ("white", "black")]
    out = io.BytesIO()
    frames[0].save(out, "webp", save_all=True, append_images=frames[1:])
    assert read_header(out.getvalue(), "webp") == Header(9, 8, moves=True)
