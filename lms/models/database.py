"""Opening the database, and the two kinds of sessions: for reading and for writing."""

from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import URL, Engine, Select, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session, SessionTransaction

_PATIENCE_SECONDS = 20
Rows = TypeVar("Rows", bound="Select[*tuple[Any, ...]]")


class Unavailable(Exception):
    """The database cannot be opened or written; the message says why and how to mend it."""


class WritingSession(Session):
    """Holds the process's place in the queue of writers from its first statement to its end.

    SQLite's own busy handler can starve a writer for seconds; a queue in the process does not.
    """

    queue: "Lock | None" = None
    holds = False


@event.listens_for(WritingSession, "after_transaction_create")
def _join_queue(session: WritingSession, transaction: SessionTransaction) -> None:
    if transaction.parent is None and session.queue is not None:
        if not session.queue.acquire(timeout=_PATIENCE_SECONDS):
            raise Unavailable("The database is busy. Nothing was changed. Try again in a minute.")
        session.holds = True


@event.listens_for(WritingSession, "after_transaction_end")
def _leave_queue(session: WritingSession, transaction: SessionTransaction) -> None:
    if transaction.parent is None and session.holds and session.queue is not None:
        session.holds = False
        session.queue.release()


def held(session: Session, found: Rows) -> Rows:
    """A statement that finds rows to change: a writing session keeps others off them to its end.

    SQLite has one writer at a time and needs no such hold.
    """
    first = found.column_descriptions[0]["entity"]
    return found.with_for_update(of=first) if isinstance(session, WritingSession) else found


def take_turn(session: Session, key: str) -> None:
    """Wait until no other transaction works on the same key, such as that of a form sent twice.

    SQLite has one writer at a time: its turn came when the transaction began.
    """
    if isinstance(session, WritingSession) and session.queue is None:
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


class Database:
    """One engine and its sessions. SQLite and PostgreSQL behave the same to everyone outside."""

    def __init__(self, url: str) -> None:
        """Open the database of an address. Raises Unavailable."""
        parsed = _address(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self._queue = Lock() if self.is_sqlite else None
        if self.is_sqlite:
            folder = Path(parsed.database or "").parent
            if not folder.is_dir():
                raise Unavailable(
                    f"There is no folder {folder} for the database. Make one with: lms init"
                )
        # How long to wait for someone else's lock, unless the address says it.
        patience = {"timeout": "10"} if self.is_sqlite else {"options": "-c lock_timeout=10s"}
        parsed = parsed.set(query={**patience, **parsed.query})
        self.engine = _engine(parsed)
        if self.is_sqlite:
            _prepare_sqlite(self.engine)
        self._writing_engine = self.engine.execution_options(lms_writes=True)

    def reading(self) -> Session:
        """A session that never changes anything."""
        return Session(self.engine, expire_on_commit=False)

    def writing(self) -> Session:
        """A session that may write: on SQLite it begins IMMEDIATE, in its turn."""
        session = WritingSession(self._writing_engine, expire_on_commit=False)
        session.queue = self._queue
        return session

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def _engine(url: URL) -> Engine:
    try:
        # A fault that is logged must not carry the values of a statement: names and answers.
        return create_engine(
            url, pool_pre_ping=url.get_backend_name() != "sqlite", hide_parameters=True
        )
    except (ArgumentError, ImportError) as fault:
        raise Unavailable(
            f"The driver for {url.drivername} is missing. "
            "For PostgreSQL install it with: pip install 'peerpath[postgres]'"
        ) from fault


def _address(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is None or parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise Unavailable(
            "LMS_DATABASE_URL is not the address of a database we know. Leave it out for a file in "
            "the data folder, or set it, for example: postgresql://peerpath@localhost/peerpath"
        )
    return parsed


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: Any) -> None:
        # The driver would begin only at the first write, and lose updates without an error.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("lms_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
