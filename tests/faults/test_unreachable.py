"""A database that cannot be written or reached: a sentence, and nothing typed is lost."""

import sqlite3

import pytest

from lms.jobs.outbox import Workshop
from lms.jobs.queue import Queue
from lms.models.database import Database
from lms.records.shelf import Shelf
from tests.browsing import Browser
from tests.conftest import KIND
from tests.faults import breaking
from tests.faults.at_once import Form
from tests.faults.reply import WORDS, replies
from tests.school import School, settings

ONLY_SQLITE = pytest.mark.skipif(KIND != "sqlite", reason="a file and its folder are SQLite's")


@pytest.fixture
def school(database_url: str, shelf_of_libraries: Shelf, tmp_path) -> School:
    """A school that does not wait long for a lock."""
    url = breaking.impatient(database_url)
    database = Database(url)
    yield School(settings(tmp_path, url), database, shelf_of_libraries)
    database.close()


FAULTS = {
    "locked": (breaking.locked, 200),
    "read-only": (breaking.read_only, 200),
    "full": (breaking.full, 200),
    "without a table": (breaking.without_table, 503),
    "without its folder": (breaking.without_folder, 503),
}
ON_BOTH = {"locked", "read-only", "without a table"}
CASES = [
    pytest.param(*how, id=name, marks=() if name in ON_BOTH else ONLY_SQLITE)
    for name, how in FAULTS.items()
]


@pytest.mark.parametrize(("broken", "reads"), CASES)
def test_words_come_back_and_are_saved_once_when_the_database_is_mended(
    school: School, mine: Browser, typed: Form, broken, reads: int
):
    with broken(school):
        page = mine.post(*typed)
        assert page.status == 503
        assert "Nothing was saved yet" in page.text
        assert WORDS in page.soup.select_one("blockquote.typed").text
        assert mine.open(typed[0]).status == reads
        again = page.submit("/role-plays/")
        assert again.status == 503
    assert replies(school) == []
    assert again.submit("/role-plays/").status == 200
    assert replies(school) == [WORDS]
    assert page.submit("/role-plays/").status == 200
    assert replies(school) == [WORDS]


@pytest.mark.parametrize(("broken", "reads"), CASES)
def test_a_pause_in_typing_is_not_told_saved(
    school: School, mine: Browser, typed: Form, broken, reads: int
):
    with broken(school):
        said = mine.post(*typed, follow=False, X_Autosave="1")
        assert said.status == 503
    assert replies(school) == []


def test_a_queue_that_cannot_be_written_spoils_nothing(school: School, mine: Browser, typed: Form):
    workshop = Workshop(school.settings, school.database, school.shelf, lambda: school.now)
    queue = Queue(school.settings, lambda: workshop)
    path = school.settings.data / "queue.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE task")
    queue.poke()
    school.app.extensions["peerpath"].poke()
    assert mine.post(*typed).status == 200
    assert replies(school) == [WORDS]
