"""The pages that tell authors what to write, with each example shown as it comes out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lms.content.files import fenced
from lms.content.marks import among
from lms.content.render import render

_FENCED: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)


@dataclass(frozen=True, slots=True)
class Told:
    """A stretch of the page: words as ``html``, or an example as ``source``.

    An example of markdown has both: what is typed and what comes of it.
    """

    html: str = ""
    source: str = ""


def told(page: str) -> Iterator[Told]:
    """The stretches of a page of markdown, without its first heading."""
    text = page.partition("\n")[2] if page.startswith("# ") else page
    # Words, language and example by turns; the words after the last example end the page.
    pieces = _FENCED.split(text)
    for number in range(0, len(pieces), 3):
        if pieces[number].strip():
            yield Told(among(render(pieces[number]).html, f"part-{number}"))
        if number + 2 < len(pieces):
            language, source = pieces[number + 1 : number + 3]
            shown = _shown(source, f"example-{number}") if language == "markdown" else ""
            yield Told(shown, source.rstrip("\n"))


def _shown(source: str, name: str) -> str:
    _, words = fenced(source) or ("", source)
    return among(render(words).html, name)
