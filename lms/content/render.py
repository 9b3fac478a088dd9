"""Markdown to html that is safe to show and good to listen to."""

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import TocExtension, slugify

from lms.content.callouts import Callouts
from lms.content.markup import Images, Markup, SectionLink, Shown
from lms.content.prose import count_words
from lms.content.safe import clean

_KEPT: Final = 1000
NO_IMAGES: Final[Images] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe html, and the words of learning content in it (no headings, labels or footnotes)."""

    html: str
    words: int


def to_be_resolved(module: str, section: str) -> str:
    """A section's address before the program is known: the page puts it in place of the dash."""
    return f"/learn/-/{module}/{section}"


def render(
    markdown: str, section_link: SectionLink = to_be_resolved, images: Images = NO_IMAGES
) -> Rendered:
    """Render one section. Raw html is shown as typed; unknown link schemes lose their link.

    The same text is rendered once: while one is written, all the others stay as they are.
    ``section_link`` gives the address for a link written ``section:module/section``. ``images`` are
    those it can show, by what is written; of any other image only the words stay.
    """
    return _rendered(markdown, section_link, tuple(sorted(images.items())))


@lru_cache(maxsize=_KEPT)
def _rendered(
    markdown: str, section_link: SectionLink, images: tuple[tuple[str, Shown], ...]
) -> Rendered:
    html = clean(_markdown(section_link, dict(images)).convert(markdown))
    return Rendered(html, count_words(html))


def _markdown(section_link: SectionLink, images: Images) -> Markdown:
    return Markdown(
        extensions=[
            "tables",
            "sane_lists",
            FootnoteExtension(BACKLINK_TITLE=""),
            TocExtension(slugify=_slug),
            Callouts(),
            Markup(section_link, images),
        ]
    )


def _slug(title: str, separator: str) -> str:
    """A heading's id, marked so that no heading can take the id of a part of the page."""
    return f"h-{slugify(title, separator) or 'part'}"
