"""One school for all questions of access, put back after whatever changed it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from lms.models.database import Database
from lms.records.shelf import Shelf
from tests import postgresql
from tests.access.building import build
from tests.access.world import World
from tests.conftest import KIND
from tests.school import School, settings


@pytest.fixture(scope="session")
def built(
    template: str, shelf_of_libraries: Shelf, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The school, built once."""
    folder = tmp_path_factory.mktemp("world")
    source = make_url(template)
    url = source.set(database=f"{source.database}_world")
    if KIND == "postgresql":
        door = source.set(database="postgres")
        postgresql.run(door, f'CREATE DATABASE "{url.database}" TEMPLATE "{source.database}"')
    else:
        shutil.copy(Path(str(source.database)), Path(str(url.database)))
    address = url.render_as_string(hide_password=False)
    database = Database(address)
    world = build(School(settings(folder, address), database, shelf_of_libraries))
    yield world
    world.close()
    if KIND == "postgresql":
        postgresql.run(door, f'DROP DATABASE "{url.database}" WITH (FORCE)')


@pytest.fixture
def world(built: World) -> Iterator[World]:
    """The school as it was built."""
    yield built
    built.restore()


_COUNTED = pytest.StashKey[list[int]]()


@pytest.fixture
def counts(request: pytest.FixtureRequest) -> list[int]:
    """One entry for each cell that was asked."""
    return request.config.stash.setdefault(_COUNTED, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was asked."""
    if asked := terminalreporter.config.stash.get(_COUNTED, []):
        terminalreporter.write_line(f"Access matrix: {len(asked)} cells")
