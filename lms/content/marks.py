"""The marks of a text's html: its ids, and what points at them."""

import re
from typing import Final

_TAG: Final = re.compile(r"<[a-z][^>]*>")
_MARKS: Final = re.compile(r' (id="|aria-labelledby="|href="#)')


def among(html: str, name: str) -> str:
    """A text's html among others on a page: its marks, and what points at them, bear a name."""
    return _TAG.sub(lambda tag: _MARKS.sub(rf" \g<1>{name}-", tag[0]), html)
