"""Images: in words too, from the module's own folder, and none that nobody sees."""

import re
from collections.abc import Iterator

from lms.content.checks.markdown import without_code
from lms.content.checks.references import or_nearest
from lms.content.documents import IMAGES, SECTION, Document, Tree
from lms.content.editions import Kind
from lms.content.findings import Finding

_BEGUN = re.compile(r"(?<!\\)!\[(?!\^)")
"""Where markdown begins to look for an image: not before a footnote's mark."""
_WRITTEN = re.compile(r"!\[((?:[^\[\]\n]|\n(?!\s*\n)|\[[^\[\]]*\])*)\]\(([^()\s]*)\)")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.I)


def faults(tree: Tree) -> Iterator[Finding]:
    """Images that would not be shown, or not to everyone; and those that no section shows."""
    for section in tree.of(SECTION):
        for line, written in _begun(section):
            yield from _image(tree, section, line, written)
    for guide in tree.of(Kind.GUIDE):
        for line, _ in _begun(guide):
            remedy = "Say it in words, or write under Handout what to bring"
            yield guide.text_finding(line, "A trainer's guide shows no images", remedy)
    for module in tree.of(Kind.MODULE):
        yield from _unseen(tree, module)


def _begun(document: Document) -> Iterator[tuple[int, re.Match[str] | None]]:
    """The line of each image of a text; None for one that is not written as we read it."""
    text = "\n".join(line for _, line in without_code(document))
    for start in _BEGUN.finditer(text):
        yield text.count("\n", 0, start.start()), _WRITTEN.match(text, start.start())


def _image(
    tree: Tree, section: Document, line: int, written: re.Match[str] | None
) -> Iterator[Finding]:
    if written is None:
        fault = "An exclamation mark before a bracket begins an image"
        remedy = f"Write ![What it shows]({IMAGES}/<name>.png), or a space after the mark"
        yield section.text_finding(line, fault, remedy)
        return
    words, address = written.groups()
    if not words.strip():
        fault = "The image has no words for those who cannot see it"
        yield section.text_finding(line, fault, "Say in the square brackets what it shows")
    yield from _address(tree, section, line, address)


def _address(tree: Tree, section: Document, line: int, address: str) -> Iterator[Finding]:
    folder, _, name = address.partition("/")
    module = section.id.partition("/")[0]
    ours = {i.partition("/")[2] for i in tree.names(Kind.IMAGE) if i.startswith(f"{module}/")}
    if _ELSEWHERE.match(address):
        fault = f'The image "{address}" is not of this site'
        remedy = "Keep images here, so that nobody else sees who reads"
        yield section.text_finding(line, fault, remedy)
    elif folder != IMAGES or "/" in name or ".." in name:
        fault = f'The image "{address}" is not in the folder {IMAGES} of the module'
        remedy = f"Put it there, and write {IMAGES}/<name>.png"
        yield section.text_finding(line, fault, remedy)
    elif name not in ours:
        fault = f'There is no image "{name}"'
        yield section.text_finding(line, fault, or_nearest(name, ours))


def _unseen(tree: Tree, module: Document) -> Iterator[Finding]:
    if not tree.is_whole(module.id):
        return
    seen = tree.images_on_pages(module.id)
    for image in tree.of(Kind.IMAGE):
        if image.id.startswith(f"{module.id}/") and image.id not in seen:
            fault = "No section of the module shows this image"
            yield image.finding((), fault, "Show it, or take it out", "warning")
