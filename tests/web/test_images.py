"""A picture is shown to whoever learns, for as long as their edition lasts, and to no stranger."""

import re
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from lms.content.editions import Edition, Kind
from lms.content.places import content_root
from lms.content.tree import read
from lms.domain.people import Role
from lms.models.database import Database
from lms.models.editions import EditionRow
from lms.records import shelf as shelves
from lms.records.shelf import Shelf
from tests.pictures import png
from tests.school import HOST, PROGRAM, School, settings
from tests.web.test_query_budget import counted

MODULE = "crisis-support"
LIGHT, DARK = png(30, 20, 250), png(30, 20, 5)
"""What a picture shows at first, and later."""


@pytest.fixture(scope="module")
def trees(tmp_path_factory) -> tuple[list[Edition], list[Edition]]:
    """The whole tree with a picture in it, and again with another one under the same name."""
    root = tmp_path_factory.mktemp("content")
    for part in ("curriculum", "assessments"):
        copytree(content_root() / part, root / part)
    module = root / "curriculum/modules" / MODULE
    section = min((module / "en").iterdir())
    section.write_text(section.read_text().replace("## ", "![A cup](images/cup.png)\n\n## ", 1))
    (module / "images").mkdir()
    return _drawn(root, LIGHT), _drawn(root, DARK)


def _drawn(root: Path, picture: bytes) -> list[Edition]:
    (root / "curriculum/modules" / MODULE / "images/cup.png").write_bytes(picture)
    reading = read(root)
    assert reading.errors == ()
    return list(reading.editions)


@pytest.fixture
def school(database_url: str, tmp_path: Path) -> Iterator[School]:
    """A school that looks for a new publication at every turn."""
    database = Database(database_url)
    yield School(settings(tmp_path, database_url), database, Shelf(database, 0.0))
    database.close()


def publish(school: School, editions: list[Edition]) -> int:
    with school.database.writing() as session:
        _publication, fresh = shelves.publish(session, school.now, editions)
        session.commit()
        return fresh


@pytest.fixture
def published(school: School, trees) -> School:
    publish(school, trees[0])
    return school


def page_of(school: School) -> str:
    return f"/learn/{PROGRAM}/{MODULE}/{school.shelf.current().modules[MODULE].sections[0].id}"


def image_on(page) -> dict[str, str]:
    (image,) = page.soup.select(".prose img")
    return dict(image.attrs)


def test_a_published_image_is_shown_to_a_learner_and_to_no_stranger(published: School):
    learner = published.browser(published.person(Role.LEARNER, published.cohort()))
    image = image_on(learner.open(page_of(published)))
    assert (image["alt"], image["width"], image["height"]) == ("A cup", "30", "20")
    answer = learner.open(image["src"]).response
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/png", LIGHT)
    stranger = published.browser().client.get(image["src"], base_url=HOST)
    assert stranger.status_code == 303
    assert stranger.headers["Location"].startswith("/sign-in")
    assert "no-store" in stranger.headers["Cache-Control"]


def test_the_page_to_print_shows_it_too(published: School):
    learner = published.browser(published.person(Role.LEARNER, published.cohort()))
    page = learner.open(f"/learn/{PROGRAM}/{MODULE}")
    assert learner.open(image_on(page)["src"]).response.data == LIGHT


def test_it_is_kept_by_this_browser_alone_and_taken_for_nothing_else(published: School):
    browser = published.browser(published.person(Role.LEARNER, published.cohort()))
    src = image_on(browser.open(page_of(published)))["src"]
    headers = browser.open(src).response.headers
    assert headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src 'none'" in headers["Content-Security-Policy"]
    again = browser.open(src, If_None_Match=headers["ETag"]).response
    assert (again.status_code, again.data) == (304, b"")


def test_it_costs_one_statement_and_that_of_the_visitor(published: School):
    browser = published.browser(published.person(Role.LEARNER, published.cohort()))
    src = image_on(browser.open(page_of(published)))["src"]
    with counted(published) as sent:
        assert browser.open(src).status == 200
    assert len(sent) == 2


def test_nothing_else_is_found_there(published: School, trees):
    browser = published.browser(published.person(Role.LEARNER, published.cohort()))
    src = image_on(browser.open(page_of(published)))["src"]
    module = next(e for e in trees[0] if (e.kind, e.id) == (Kind.MODULE, MODULE))
    bank = next(e for e in trees[0] if (e.kind, e.id) == (Kind.BANK, MODULE))
    others = [
        src.replace(".png", ".jpg"),
        src.replace(".png", ".svg"),
        src.replace(".png", ""),
        src.replace(".png", ".PNG"),
        src.upper(),
        f"/learn/images/{module.digest}.png",
        f"/learn/images/{bank.digest}.png",
        f"/learn/images/{'0' * 64}.png",
        "/learn/images/crisis-support.cup.png",
        "/learn/images/..%2f..%2faccount.png",
        "/learn/images/.png",
    ]
    assert {path: browser.open(path).status for path in others} == dict.fromkeys(others, 404)


def test_an_old_edition_keeps_its_old_picture(published: School, trees):
    cohort = published.cohort()
    half_way = published.browser(published.person(Role.LEARNER, cohort))
    before = image_on(half_way.open(page_of(published)))
    assert publish(published, trees[1]) == 2  # the picture and its module
    assert image_on(half_way.open(page_of(published))) == before
    assert half_way.open(before["src"]).response.data == LIGHT
    newcomer = published.browser(published.person(Role.LEARNER, cohort))
    after = image_on(newcomer.open(page_of(published)))
    assert after["src"] != before["src"]
    assert newcomer.open(after["src"]).response.data == DARK


def test_the_same_picture_is_kept_once(published: School, trees):
    publish(published, trees[1])
    assert publish(published, trees[0]) == 0
    with published.database.reading() as session:
        rows = session.query(EditionRow).filter_by(kind=Kind.IMAGE.value).all()
        kept = {b64decode(row.body["base64"]) for row in rows}
    assert (len(rows), kept) == (2, {LIGHT, DARK})


def test_a_library_is_read_without_its_images(published: School):
    with counted(published) as sent:
        library = published.shelf.at(published.shelf.current_id())
    (read_editions,) = [s for s in sent if "FROM editions" in s.statement]
    assert re.search(r"editions\.kind != ", read_editions.statement)
    assert not [key for key in library.digests if key[0] == Kind.IMAGE]
