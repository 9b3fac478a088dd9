"""The list of what a page of ours may hold; everything else is taken out, whatever wrote it."""

import re
from typing import Final

import nh3

from lms.content.callouts import LABELS
from lms.content.links import SCHEMES, is_allowed

_TAGS: Final = {
    *("h2", "h3", "h4", "p", "blockquote", "pre", "ul", "ol", "li", "hr", "br"),
    *("a", "code", "em", "img", "strong", "sup"),
    *("table", "thead", "tbody", "tr", "th", "td"),
    *("aside", "details", "div", "section", "summary"),
}
_NAMED = {"id"}
_ATTRIBUTES: Final[dict[str, set[str]]] = {
    "*": set(),
    "a": {"href", "aria-label"},
    "aside": {"aria-labelledby"},
    "div": {"aria-label"},
    "h2": _NAMED,
    "h3": _NAMED,
    "h4": _NAMED,
    "img": {"alt", "height", "src", "width"},
    "li": _NAMED,
    "ol": {"start"},
    "p": _NAMED,
    "section": {"aria-labelledby"},
    "sup": _NAMED,
}
_VALUES: Final = {
    "aside": {"role": {"note"}},
    "div": {"role": {"region"}, "tabindex": {"0"}},
    "img": {"loading": {"lazy"}},
    "section": {"role": {"note"}},
    "th": {"scope": {"col", "row"}},
}
_BOXES = {"callout", *(f"callout-{kind}" for kind in LABELS)}
_CLASSES: Final = {
    "a": {"footnote-ref", "footnote-backref"},
    "aside": _BOXES,
    "details": {"answer"},
    "div": {"footnote", "table-scroll"},
    "p": {"callout-label"},
    "section": _BOXES,
}
_OUR_IDS = re.compile(r"h-[\w-]+|fn:[\w-]+|fnref\d*:[\w-]+|callout-\d+")
"""Ids a page may take from a text: none that could stand for one of the page's own."""
_OUR_IMAGE = re.compile(r"/learn/images/[0-9a-f]{64}\.(?:png|jpg|webp)")
_PIXELS = re.compile(r"[1-9][0-9]{0,3}")


def _keep(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "id":
        return value if _OUR_IDS.fullmatch(value) else None
    if attribute == "href":
        return value if is_allowed(value) else None
    if attribute == "src":
        return value if _OUR_IMAGE.fullmatch(value) else None
    if attribute in {"height", "width"}:
        return value if _PIXELS.fullmatch(value) else None
    return value


_CLEANER: Final = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    attribute_filter=_keep,
    tag_attribute_values=_VALUES,
    allowed_classes=_CLASSES,
    url_schemes=set(SCHEMES),
    link_rel=None,
)


def clean(html: str) -> str:
    """The same html with only what is on the list."""
    return _CLEANER.clean(html)
