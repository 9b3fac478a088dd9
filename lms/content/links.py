"""Which links a text may hold."""

import re
from typing import Final

SCHEMES: Final = frozenset({"http", "https", "mailto", "sms", "tel"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e]")
_SECTION = re.compile(r"section:([a-z0-9-]+)/([a-z0-9-]+)")


def is_allowed(href: str) -> bool:
    """True for https, http, mailto, tel and sms, a path of this site, and a place on the page.

    Browsers skip control characters inside a scheme and read a backslash as a slash, so a link that
    holds either is refused.
    """
    if _UNSEEN.search(href) or "\\" in href:
        return False
    if scheme := _SCHEME.match(href):
        return scheme[1].lower() in SCHEMES
    return href.startswith(("/", "#")) and not href.startswith("//")


def section_of(href: str) -> tuple[str, str] | None:
    """The module and section a ``section:module/section`` link names, or None."""
    named = _SECTION.fullmatch(href)
    return (named[1], named[2]) if named else None
