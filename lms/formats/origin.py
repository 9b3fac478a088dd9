"""Which certificate a PDF says it is: our papers carry the address of their own check as a link."""

import re
import zlib
from collections.abc import Iterator
from itertools import islice

_CODE = re.compile(rb"/verify/([0-9A-HJKMNP-TV-Z]{27})\b")
_STREAM = re.compile(rb"stream\r?\n")
_MOST_STREAMS = 2_000
_MOST_BYTES = 2_000_000


def code_in(pdf: bytes) -> str | None:
    """The code in the first such address of a PDF, or None.

    Says nothing of who made the file: compare its bytes. Reads compressed parts up to a limit, so
    that no file, however it was made, can fill the memory.
    """
    if not pdf.startswith(b"%PDF-"):
        return None
    found = (match for text in _texts(pdf) if (match := _CODE.search(text)))
    first = next(found, None)
    return first[1].decode() if first else None


def _texts(pdf: bytes) -> Iterator[bytes]:
    yield pdf
    left = _MOST_BYTES
    for start in islice(_STREAM.finditer(pdf), _MOST_STREAMS):
        packed = memoryview(pdf)[start.end() : start.end() + _MOST_BYTES]
        try:
            text = zlib.decompressobj().decompress(packed, left)
        except zlib.error:
            continue
        yield text
        left -= len(text)
        if left <= 0:
            return
