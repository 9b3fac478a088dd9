"""Published libraries: the current one, and every older one that somebody still stands in."""

import time
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.editions import Edition, Kind
from lms.content.library import Library, assemble
from lms.models.database import Database, take_turn
from lms.models.editions import EditionRow, Publication
from lms.records import journal


class NothingPublished(Exception):
    """No content has been published yet; the message says how."""


def publish(session: Session, now: datetime, editions: Iterable[Edition]) -> tuple[int, int]:
    """Store a tree and make it current. Returns (publication id, how many editions were new).

    The current tree again changes nothing; an older one becomes current anew. People who have
    begun stay in the publication they began.
    """
    take_turn(session, "publish")
    tree = {edition.digest: edition for edition in editions}
    tree_digest = sha256("\n".join(sorted(tree)).encode()).hexdigest()
    newest = session.scalar(select(Publication).order_by(Publication.id.desc()).limit(1))
    if newest is not None and newest.tree_digest == tree_digest:
        return newest.id, 0
    held = session.scalars(select(EditionRow.digest).where(EditionRow.digest.in_(list(tree))))
    known = set(held)
    for digest, edition in tree.items():
        if digest not in known:
            session.add(_row(edition, now))
            if edition.kind == Kind.GUIDE:
                journal.later(session, now, "guide", {"digest": digest})
    publication = Publication(tree_digest=tree_digest, digests=sorted(tree), published_at=now)
    session.add(publication)
    session.flush()
    journal.note(session, now, None, "content:publish", f"publication:{publication.id}")
    return publication.id, len(tree) - len(known)


def _row(edition: Edition, now: datetime) -> EditionRow:
    return EditionRow(
        digest=edition.digest,
        kind=edition.kind,
        content_id=edition.id,
        body=edition.body,
        rendered=edition.rendered,
        published_at=now,
    )


class Shelf:
    """Libraries by publication, each put together once a process."""

    def __init__(self, database: Database, look_again_seconds: float = 5.0) -> None:
        self._database = database
        self._libraries: dict[int, Library] = {}
        self._lock = Lock()
        self._current: int | None = None
        self._looked_at = 0.0
        self._look_again = look_again_seconds

    def current_id(self) -> int:
        """The id of the newest publication. Raises NothingPublished."""
        now = time.monotonic()
        if self._current is None or now - self._looked_at > self._look_again:
            with self._database.reading() as session:
                newest = select(Publication.id).order_by(Publication.id.desc()).limit(1)
                self._current = session.scalar(newest)
            self._looked_at = now
        if self._current is None:
            raise NothingPublished(
                "No content is published yet, so there is nothing to learn. "
                "Publish it with: lms content publish"
            )
        return self._current

    def current(self) -> Library:
        """The newest published library."""
        return self.at(self.current_id())

    def at(self, publication_id: int) -> Library:
        """The library of a publication. Raises KeyError."""
        with self._lock:
            if publication_id not in self._libraries:
                self._libraries[publication_id] = self._read(publication_id)
            return self._libraries[publication_id]

    def _read(self, publication_id: int) -> Library:
        with self._database.reading() as session:
            publication = session.get(Publication, publication_id)
            if publication is None:
                raise KeyError(publication_id)
            rows = session.scalars(
                select(EditionRow).where(
                    EditionRow.digest.in_(publication.digests),
                    EditionRow.kind != Kind.IMAGE.value,
                )
            )
            return assemble(
                Edition(row.kind, row.content_id, row.digest, row.body, row.rendered)
                for row in rows
            )
