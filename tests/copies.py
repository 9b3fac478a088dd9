"""A PostgreSQL database put back as it was, and used again, where nothing but rows changed.

Making a database takes half a second of the server; putting rows back takes a few milliseconds.
"""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine, make_url, text

from tests import postgresql

TABLES = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1
"""
# What may have changed besides rows: columns, constraints, indexes, settings. Each change of them
# writes a row of these catalogs.
SHAPE = """
    SELECT (SELECT (count(*), max(xmin::text::bigint))::text FROM pg_attribute)
        || (SELECT (count(*), max(xmin::text::bigint))::text FROM pg_constraint)
        || (SELECT (count(*), max(xmin::text::bigint))::text FROM pg_index)
        || (SELECT count(*) FROM pg_db_role_setting
            WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
KEEPER = "peerpath-tests-copies"
"""The name of the connection that puts rows back: always there, and idle meanwhile."""

SPARE_BYTES = 8_000_000  # what a great crowd leaves behind would slow the tests after it


class Kept:
    """The rows of a database at one moment, kept beside it in a schema of their own."""

    is_swollen = False

    def __init__(self, url: str) -> None:
        """Keep what is there now."""
        # One connection for all that follows: it knows the long statements by heart.
        self._engine = create_engine(
            url, pool_pre_ping=True, connect_args={"application_name": KEEPER}
        )
        with self._engine.begin() as connection:
            self._tables = connection.scalars(text(TABLES)).all()
            connection.exec_driver_sql("DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept")
            for name in self._tables:
                connection.exec_driver_sql(f'CREATE TABLE kept."{name}" AS TABLE public."{name}"')
            self._sequences = connection.execute(text(SEQUENCES)).all()
            self._seen = self._look(connection, self._tables)
            self._size = _size(connection)
        with self._engine.begin() as connection:
            self._shape = connection.scalar(text(SHAPE))

    def put_back(self) -> bool:
        """Put every row back, and say whether nothing else had changed."""
        with self._engine.begin() as connection:
            connection.exec_driver_sql(OTHERS)
            if connection.scalar(text(SHAPE)) != self._shape:
                return False
            now = self._look(connection, self._tables)
            changed = [name for name in now if now[name] != self._seen[name]]
            connection.exec_driver_sql(";".join(self._back(changed)))
            if changed:
                self._seen |= self._look(connection, changed)
            self.is_swollen = _size(connection) > self._size + SPARE_BYTES
            return True

    def close(self) -> None:
        """Give the connection back."""
        self._engine.dispose()

    def _look(self, connection: Connection, tables: Sequence[str]) -> dict[str, tuple[int, int]]:
        """How many rows each table has, and which transaction wrote last in it."""
        each = " UNION ALL ".join(
            f"SELECT '{name}', count(*), max(xmin::text::bigint) FROM public.\"{name}\""
            for name in tables
        )
        return {name: (rows, last) for name, rows, last in connection.exec_driver_sql(each)}

    def _back(self, names: list[str]) -> Iterator[str]:
        yield "SET session_replication_role = replica"
        yield "SET LOCAL synchronous_commit = off"
        for name in names:
            yield f'DELETE FROM public."{name}"'
            yield f'INSERT INTO public."{name}" TABLE kept."{name}"'
        for name, last in self._sequences:
            yield f"SELECT setval('public.{name}', {last or 1}, {'true' if last else 'false'})"


class Copies:
    """One copy at a time of one template."""

    def __init__(self, template: str) -> None:
        """Nothing is made before it is asked for."""
        self._template = make_url(template)
        self._door = self._template.set(database="postgres")
        self._url = ""

    @contextmanager
    def one(self) -> Iterator[str]:
        """The address of a copy with exactly the rows of the template."""
        if not self._url:
            self._make()
        try:
            yield self._url
        finally:
            if not self._kept.put_back() or self._kept.is_swollen:
                self.drop()

    def drop(self) -> None:
        """Remove the copy, with whoever is still connected."""
        if self._url:
            self._kept.close()
            name = make_url(self._url).database
            postgresql.run(self._door, f'DROP DATABASE "{name}" WITH (FORCE)')
            self._url = ""

    def _make(self) -> None:
        origin = self._template.database
        name = f"{origin}_{secrets.token_hex(4)}"
        postgresql.run(self._door, f'CREATE DATABASE "{name}" TEMPLATE "{origin}"')
        self._url = self._template.set(database=name).render_as_string(hide_password=False)
        self._kept = Kept(self._url)


def _size(connection: Connection) -> int:
    return connection.scalar(text("SELECT pg_database_size(current_database())"))
