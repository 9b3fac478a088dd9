"""The demo school, built once by the command's own function on the database under test."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest
from sqlalchemy.orm import Session

from lms.cli import demo
from lms.cli.shop import Shop
from tests import postgresql
from tests.conftest import KIND

ADDRESS = "http://127.0.0.1:8000"
MOMENT = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Built:
    """A demo school, and the seconds of one core it took, whatever else the machine did."""

    shop: Shop
    seconds: float
    url: str | None


@contextmanager
def settings_in_place(url: str | None) -> Iterator[None]:
    """No setting from outside but the database; what the demo sets itself is taken back too."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("LMS_")]:
            patch.delenv(name)
        for name, value in {"LMS_DEMO": "1", "LMS_BASE_URL": ADDRESS}.items():
            patch.setenv(name, value)
        if url is not None:
            patch.setenv("LMS_DATABASE_URL", url)
        yield


@contextmanager
def empty_database() -> Iterator[str | None]:
    """The address of an empty PostgreSQL where that is meant, else None: a file in the folder."""
    if KIND != "postgresql":
        yield None
        return
    with postgresql.empty_database() as url:
        yield url


@contextmanager
def built(folder: Path) -> Iterator[Built]:
    """A demo school in a new folder, as of one moment."""
    with empty_database() as url:
        with settings_in_place(url):
            started = process_time()
            shop = demo.prepare(folder, ADDRESS, MOMENT)
            taken = process_time() - started
        yield Built(shop, taken, url)
        shop.database.close()


@pytest.fixture(scope="session")
def demo_school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """One demo school for all tests that only look."""
    with built(tmp_path_factory.mktemp("demo") / "school") as made:
        yield made


@pytest.fixture
def session(demo_school: Built) -> Iterator[Session]:
    """A session that only reads."""
    with demo_school.shop.database.reading() as reading:
        yield reading
