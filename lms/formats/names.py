"""Which letters the papers can print: asked before a name is put on one."""

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from lms.formats import fonts

_SHAPING = frozenset("\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\ufe0e")
"""Letters without a picture of their own that join, part or turn their neighbours."""

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Control, format, unassigned, private, surrogate, line and paragraph separators."""


@cache
def _letters(path: Path) -> frozenset[int]:
    with TTFont(path, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _all_letters() -> frozenset[int]:
    return frozenset().union(*map(_letters, (*fonts.bundled(), *fonts.on_host())))


def _printable(letter: str) -> bool:
    if letter in _SHAPING:
        return True
    return unicodedata.category(letter) not in _UNSEEN and ord(letter) in _all_letters()


def unprintable(text: str) -> str:
    """The letters of a text that no font of ours can print, each once, in order; "" if all can.

    Control letters count, and with them the marks that would turn a line round: a paper must read
    the way it was typed.
    """
    return "".join(dict.fromkeys(letter for letter in text if not _printable(letter)))


def in_display_face(text: str) -> bool:
    """Whether the display face has every letter, so that no name is set in two faces at once."""
    return all(ord(letter) in _letters(fonts.DISPLAY) for letter in text)


def turns(text: str) -> bool:
    """Whether any letter is written from right to left, which the order on paper does not show."""
    return any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text)


def reads_from(text: str) -> str:
    """Say "rtl" if the first strong letter is Hebrew, Arabic or alike, else "ltr" (rule P2)."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    first = next((kind for kind in kinds if kind == "L" or kind in _RIGHT_TO_LEFT), "L")
    return "ltr" if first == "L" else "rtl"
