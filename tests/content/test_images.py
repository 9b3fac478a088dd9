"""An image is whole, small, said in words and the module's own; and it is kept by what it shows."""

from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from lms.content.changes import compare
from lms.content.check import check
from lms.content.editions import Edition, Kind
from lms.content.images import LARGEST
from lms.content.library import assemble
from lms.content.markup import Shown
from lms.content.render import render
from lms.content.safe import clean
from lms.content.tree import read
from tests.pictures import chunk, jpg, png

TODAY = date(2026, 11, 22)
SECTION = "curriculum/modules/listening/en/02-part-2.md"
GUIDE = "curriculum/sessions/meeting.md"
IMAGES = "curriculum/modules/listening/images"
CUP = f"{IMAGES}/cup.png"
WRITTEN = "![A cup of tea](images/cup.png)"
EXIF = b"\xff\xe1\0\x08Exif\0\0"


def put(tree: Path, name: str, content: bytes) -> None:
    path = tree / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def write(tree: Path, words: str, file: str = SECTION) -> None:
    path = tree / file
    path.write_text(path.read_text().replace("## ", f"{words}\n\n## ", 1))


@pytest.fixture
def shown(tree: Path) -> Path:
    """The good tree with one picture in a section."""
    put(tree, CUP, png())
    write(tree, WRITTEN)
    return tree


def editions(tree: Path) -> dict[tuple[str, str], Edition]:
    return {(e.kind, e.id): e for e in read(tree).editions}


def test_a_good_image_has_no_findings(shown):
    assert check(shown, TODAY) == ()


# What is written in place of the image, where the finding stands, and what it says.
TEXT = [
    ("![](images/cup.png)", "![]", "no words for those"),
    ("![ ](images/cup.png)", "![ ]", "no words for those"),
    ("![A cup](images/cub.png)", "cub.png", 'no image "cub.png"'),
    ("![A cup](images/cup.jpg)", "cup.jpg", 'no image "cup.jpg"'),
    ("![A cup](images/%2e%2e/cup.png)", "%2e", "not in the folder images"),
    ("![A cup](images/../cup.png)", "../cup", "not in the folder images"),
    ("![A cup](images/)", "images/)", 'no image ""'),
    ("![A cup](../images/cup.png)", "../images", "not in the folder images"),
    ("![A cup](cup.png)", "(cup.png", "not in the folder images"),
    ("![A cup](images\\cup.png)", "images\\", "not in the folder images"),
    ("![A cup](/static/app.css)", "/static", "not in the folder images"),
    (f"![A cup](/learn/images/{'0' * 64}.png)", "/learn", "not in the folder images"),
    ("![A cup](https://a.example/a.png)", "https", "not of this site"),
    ("![A cup](//a.example/a.png)", "//a.example", "not of this site"),
    ("![A cup](data:image/png;base64,AA)", "data:", "not of this site"),
    ("[![](images/cup.png)](tel:988)", "![]", "no words for those"),
    ("One line.\nAnother: ![A cup\nof tea](images/cub.png)", "Another", 'no image "cub.png"'),
    ('![A cup](images/cup.png "A title")', '"A title"', "begins an image"),
    (f"![A cup][c]\n\n[c]: /learn/images/{'0' * 64}.png", "![A cup][c]", "begins an image"),
    ("![c]\n\n[c]: /help", "![c]", "begins an image"),
]


@pytest.mark.parametrize(("words", "at", "fault"), TEXT)
def test_an_image_that_would_not_come_out_as_meant_is_named_by_its_line(shown, words, at, fault):
    path = shown / SECTION
    path.write_text(path.read_text().replace(WRITTEN, words))
    (found,) = [f for f in check(shown, TODAY) if f.severity == "error"]
    assert found.file == SECTION
    assert fault in found.fault
    assert found.remedy
    broken = path.read_text()
    assert found.line == broken.count("\n", 0, broken.index(at)) + 1


def test_the_remedy_has_the_nearest_name(shown):
    write(shown, "![A cup](images/cap.png)")
    (found,) = check(shown, TODAY)
    assert found.remedy == 'Write "cup.png", or add it'


@pytest.mark.parametrize(
    "words", ["Look here![^1]\n\n[^1]: A note.", r"Wow\![sic]", "`![A cup](cup.png)`"]
)
def test_what_only_looks_like_an_image_is_let_be(shown, words):
    write(shown, words)
    assert check(shown, TODAY) == ()


def test_an_image_of_another_module_is_not_there(shown):
    put(shown, "curriculum/modules/hearing/images/bell.png", png())
    write(shown, "![A bell](images/bell.png)")
    assert 'There is no image "bell.png"' in [f.fault for f in check(shown, TODAY)]


def test_a_guide_shows_no_images(shown):
    write(shown, WRITTEN, GUIDE)
    (found,) = check(shown, TODAY)
    assert (found.file, found.fault) == (GUIDE, "A trainer's guide shows no images")
    assert WRITTEN in (shown / GUIDE).read_text().splitlines()[found.line - 1]


FILES = {
    "another kind inside": ("cup.png", jpg(), "not a PNG"),
    "a page": ("cup.jpg", b"<!doctype html><script>alert(1)</script>", "not a JPG"),
    "nothing": ("cup.webp", b"", "not a WEBP"),
    "half of it": ("cup.png", png()[:-20], "not a PNG"),
    "half a photograph": ("cup.jpg", jpg()[:-2], "not a JPG"),
    "no size": ("cup.png", png(0, 0), "not a PNG"),
    "too many bytes": ("cup.png", png() + bytes(LARGEST), "bytes, and 204,800 are shown"),
    "too many pixels": ("cup.png", png(5000, 1), "5,000 by 1 pixels"),
    "a place in it": ("cup.jpg", jpg(3, 2, EXIF), "notes of a camera"),
    "a place in a PNG": ("cup.png", png(3, 2, 0, chunk(b"eXIf", b"MM")), "notes of a camera"),
    "moving": ("cup.png", png(3, 2, 0, chunk(b"acTL", bytes(8))), "moves"),
    "an SVG": ("cup.svg", b"<svg/>", "not one we read"),
    "a GIF": ("cup.gif", b"GIF89a", "not one we read"),
    "a capital": ("Cup.png", png(), "not one we read"),
    "two endings": ("cup.svg.png", png(), "not one we read"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_we_cannot_show_is_named_once(tree, case):
    name, content, fault = FILES[case]
    put(tree, f"{IMAGES}/{name}", content)
    if fault != "not one we read":
        write(tree, f"![A cup](images/{name})")
    (found,) = check(tree, TODAY)
    assert (found.file, found.line, found.severity) == (f"{IMAGES}/{name}", 1, "error")
    assert fault in found.fault
    assert found.remedy


def test_a_folder_that_is_named_like_an_image_is_told(tree):
    (tree / CUP).mkdir(parents=True)
    assert [f.file for f in check(tree, TODAY) if "cannot be read" in f.fault] == [CUP]


@pytest.mark.parametrize("linked", ["file", "folder"])
def test_a_link_out_of_the_tree_is_not_followed(shown, tmp_path_factory, linked):
    outside = tmp_path_factory.mktemp("outside") / "cup.png"
    outside.write_bytes(png(7, 7))
    (shown / CUP).unlink()
    if linked == "file":
        (shown / CUP).symlink_to(outside)
    else:
        (shown / IMAGES).rmdir()
        (shown / IMAGES).symlink_to(outside.parent)
    (found,) = check(shown, TODAY)
    assert (found.file, found.fault) == (CUP, "The file is a link to one outside this folder")
    assert not [e for e in read(shown).editions if e.kind == Kind.IMAGE]


def test_an_image_that_no_section_shows_is_a_warning_and_is_not_published(shown):
    put(shown, f"{IMAGES}/bell.png", png())
    (found,) = check(shown, TODAY)
    assert (found.file, found.severity) == (f"{IMAGES}/bell.png", "warning")
    assert "No section" in found.fault
    assert [name for kind, name in editions(shown) if kind == Kind.IMAGE] == ["listening/cup.png"]


def _img(edition: Edition, section: str = "part-2"):
    return BeautifulSoup(edition.rendered[section]["html"], "html.parser").img


def test_the_page_points_to_the_image_by_its_digest_and_keeps_its_place(shown):
    found = editions(shown)
    image, module = found[Kind.IMAGE, "listening/cup.png"], found[Kind.MODULE, "listening"]
    assert dict(_img(module).attrs) == {
        "src": f"/learn/images/{image.digest}.png",
        "alt": "A cup of tea",
        "width": "3",
        "height": "2",
        "loading": "lazy",
    }
    assert image.body.keys() == {"id", "type", "base64"}
    assert module.body["images"] == {"cup.png": image.digest}


def test_a_changed_picture_is_a_changed_module_and_is_told(shown):
    before = editions(shown)
    put(shown, CUP, png(shade=200))
    after = editions(shown)
    changed = {key for key in after if after[key].digest != before[key].digest}
    assert changed == {(Kind.IMAGE, "listening/cup.png"), (Kind.MODULE, "listening")}
    (told,) = compare(assemble(before.values()), assemble(after.values()))
    words = assemble(after.values()).section("listening/part-2").words
    assert told.words == f"section “Part 2”: 0 of {words} words, and its images"


def test_a_module_without_images_reads_as_it_did(tree):
    before = editions(tree)[Kind.MODULE, "listening"]
    assert "images" not in before.body
    put(tree, CUP, png())
    assert editions(tree)[Kind.MODULE, "listening"] == before


def test_words_of_an_image_do_not_lengthen_the_hours(shown, tree):
    assert render(WRITTEN).words == 0


def test_the_library_holds_no_images(shown):
    library = assemble(read(shown).editions)
    assert not [key for key in library.digests if key[0] == Kind.IMAGE]
    pages = [e for e in read(shown).editions if e.kind != Kind.IMAGE]
    assert assemble(pages) == library


ADDRESS = f"/learn/images/{'a' * 64}.png"
CUPS = {"images/cup.png": Shown("a" * 64, ADDRESS, 3, 2)}


@pytest.mark.parametrize(
    "markdown",
    [
        "![x](https://a.example/x.png)",
        "![x](/static/app.css)",
        "![x](/x.png)",
        f"![x]({ADDRESS})",
        "![x](images/other.png)",
        "![x](images/../cup.png)",
        "![x][c]\n\n[c]: https://a.example/x.png",
    ],
)
def test_of_any_other_image_only_the_words_stay(markdown):
    image = BeautifulSoup(render(markdown, images=CUPS).html, "html.parser").img
    assert dict(image.attrs) == {"alt": "x"}


@pytest.mark.parametrize(
    "markdown",
    [
        "[![x](images/cup.png)](https://a.example)",
        "| A |\n|---|\n| ![x](images/cup.png) |",
        "/// note\n![x](images/cup.png)\n///",
        "Text[^1].\n\n[^1]: ![x](images/cup.png)",
        "- ![x](images/cup.png)",
    ],
)
def test_an_image_is_shown_wherever_it_stands(markdown):
    assert BeautifulSoup(render(markdown, images=CUPS).html, "html.parser").img["src"] == ADDRESS


@pytest.mark.parametrize(
    "kept",
    [
        f'src="{ADDRESS}"',
        'src="/static/x.png"',
        'src="/learn/images/../../account"',
        f'src="/learn/images/{"a" * 64}.svg"',
        f'src="/learn/images/{"a" * 64}.png?x"',
        f'src="https://a.example{ADDRESS}"',
        f'srcset="{ADDRESS}"',
        'width="100%"',
        'height="99999"',
        'loading="eager"',
        'onerror="alert(1)"',
        'style="width: 1px"',
        'id="main"',
        'class="callout"',
    ],
)
def test_the_list_lets_only_our_images_through(kept):
    good = f'src="{ADDRESS}"'
    attributes = BeautifulSoup(clean(f"<img {kept}>"), "html.parser").img.attrs
    assert dict(attributes) == ({"src": ADDRESS} if kept == good else {})
