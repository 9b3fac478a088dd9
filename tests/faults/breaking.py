"""Ways a database fails under a running server, each mended when its block ends."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import event, make_url, text

from tests import postgresql
from tests.school import School

TABLE = "replies"
HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def impatient(url: str) -> str:
    """The address of the same database, with a tenth of a second of patience for locks."""
    kind = make_url(url).get_backend_name()
    query = {"timeout": "0.1"} if kind == "sqlite" else {"options": "-c lock_timeout=100ms"}
    return make_url(url).update_query_dict(query).render_as_string(hide_password=False)


def _path(school: School) -> str:
    return str(make_url(school.settings.database_url).database)


@contextmanager
def held_by_another_process(path: str) -> Iterator[None]:
    """A write lock on a SQLite file that another process does not let go."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout.readline() == b"held\n"
        yield
        holder.stdin.close()


@contextmanager
def locked(school: School) -> Iterator[None]:
    """Somebody else writes, and does not stop."""
    if school.database.is_sqlite:
        with held_by_another_process(_path(school)):
            yield
        return
    with school.database.engine.connect() as connection:
        connection.execute(text(f"LOCK TABLE {TABLE} IN SHARE MODE"))
        yield


@contextmanager
def read_only(school: School) -> Iterator[None]:
    """The file may be read and not written; or the server has become a standby."""
    if not school.database.is_sqlite:
        door, name = make_url(school.settings.database_url), _path(school)
        outside = door.set(database="postgres")
        setting = "default_transaction_read_only"
        postgresql.run(outside, f'ALTER DATABASE "{name}" SET {setting} = on')
        school.database.close()
        yield
        postgresql.run(outside, f'ALTER DATABASE "{name}" RESET {setting}')
        school.database.close()
        return

    def open_for_reading(*_arguments: object) -> sqlite3.Connection:
        address = f"file:{_path(school)}?mode=ro"
        return sqlite3.connect(address, uri=True, check_same_thread=False)

    with _connections(school, "do_connect", open_for_reading):
        yield


@contextmanager
def full(school: School) -> Iterator[None]:
    """There is no room for one more page."""

    def fill(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    with closing(sqlite3.connect(_path(school), isolation_level=None)) as connection:
        connection.execute("VACUUM")
    with _connections(school, "connect", fill):
        yield


@contextmanager
def _connections(school: School, moment: str, act: object) -> Iterator[None]:
    event.listen(school.database.engine, moment, act)
    school.database.close()
    yield
    event.remove(school.database.engine, moment, act)
    school.database.close()


@contextmanager
def without_table(school: School) -> Iterator[None]:
    """A table is missing."""
    _run(school, f"ALTER TABLE {TABLE} RENAME TO mislaid")
    yield
    _run(school, f"ALTER TABLE mislaid RENAME TO {TABLE}")


def _run(school: School, statement: str) -> None:
    with school.database.writing() as session:
        session.execute(text(statement))
        session.commit()


@contextmanager
def without_folder(school: School) -> Iterator[None]:
    """The folder is not there, as when a disk is not mounted."""
    folder = Path(_path(school)).parent
    school.database.close()
    away = folder.rename(folder.with_name(f"{folder.name}-away"))
    yield
    away.rename(folder)
