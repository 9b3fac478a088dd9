"""A school on a fresh database for each test: SQLite, or PostgreSQL by LMS_TEST_DATABASE."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import pytest
from sqlalchemy import delete, make_url

from lms.cli.db import upgrade_to_head
from lms.content.library import Library
from lms.models.database import Database
from lms.models.editions import Publication
from lms.models.journal import OutboxJob
from lms.records import shelf as shelves
from lms.records.shelf import Shelf
from tests import postgresql
from tests.copies import Copies
from tests.school import School, settings
from tests.taught import taught

KIND = os.environ.get("LMS_TEST_DATABASE", "sqlite")
NEVER_LOOK_AGAIN = 1e9


def _fill(url: str) -> None:
    database = Database(url)
    upgrade_to_head(database)
    with database.writing() as session:
        shelves.publish(session, datetime(2026, 1, 5, tzinfo=UTC), taught())
        # Tests begin with an empty outbox; those of guides publish one of their own.
        session.execute(delete(OutboxJob))
        session.commit()
    database.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with all tables and the real content, to copy for each test."""
    if KIND == "postgresql":
        with postgresql.empty_database() as url:
            _fill(url)
            yield url
        return
    url = f"sqlite:///{tmp_path_factory.mktemp('template') / 'school.sqlite'}"
    _fill(url)
    yield url


@pytest.fixture(scope="session")
def shelf_of_libraries(template: str) -> Shelf:
    """The published library, put together once a run."""
    database = Database(template)
    shelf = Shelf(database, NEVER_LOOK_AGAIN)
    shelf.current()
    database.close()
    return shelf


@pytest.fixture(scope="session")
def copies(template: str) -> Iterator[Copies]:
    """Copies of the template on PostgreSQL."""
    copies = Copies(template)
    yield copies
    if KIND == "postgresql":
        copies.drop()


@pytest.fixture
def database_url(template: str, copies: Copies, tmp_path: Path) -> Iterator[str]:
    """The template's tables and rows, to write in."""
    if KIND == "postgresql":
        with copies.one() as url:
            yield url
        return
    path = tmp_path / "school.sqlite"
    shutil.copy(make_url(template).database, path)
    yield f"sqlite:///{path}"


class RememberingShelf(Shelf):
    """A shelf that puts the same editions together once a run, whatever school they stand in."""

    known: ClassVar[dict[tuple[str, ...], Library]] = {}

    def _read(self, publication_id: int) -> Library:
        with self._database.reading() as session:
            found = session.get(Publication, publication_id)
        digests = tuple(found.digests) if found else ()
        if digests not in self.known:
            self.known[digests] = super()._read(publication_id)
        return self.known[digests]


@pytest.fixture
def school(
    request: pytest.FixtureRequest, database_url: str, shelf_of_libraries: Shelf, tmp_path: Path
) -> Iterator[School]:
    """A school without people; marked ``published_anew``, it looks for a new edition each time."""
    database = Database(database_url)
    is_live = request.node.get_closest_marker("published_anew")
    shelf = RememberingShelf(database, 0.0) if is_live else shelf_of_libraries
    yield School(settings(tmp_path, database_url), database, shelf)
    database.close()
