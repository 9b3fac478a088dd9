"""A board's own wording of its pack: kept as typed, each saving a row; nothing publishes it."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.editions import Kind
from lms.content.library import Library
from lms.models.boards import Board, PackDraft
from lms.models.editions import EditionRow
from lms.models.people import Person
from lms.records import journal

_FIRST = {key: n for n, key in enumerate(("title", "body", "jurisdiction", "credential"))}


class SavedMeanwhile(Exception):
    """Someone else of the board saved a newer wording; ``newest`` holds it."""

    def __init__(self, newest: PackDraft) -> None:
        super().__init__(newest.revision)
        self.newest = newest


def newest(session: Session, board_id: int) -> PackDraft | None:
    """The wording that was saved last, or None."""
    found = select(PackDraft).where(PackDraft.board_id == board_id)
    return session.scalar(found.order_by(PackDraft.revision.desc()).limit(1))


def save(
    session: Session, now: datetime, board: Board, text: str, revision: int, by: Person
) -> PackDraft:
    """Keep a wording that began from a revision (0 for none). Raises SavedMeanwhile.

    Two at the same moment: the table allows one, the other is told.
    """
    before = newest(session, board.id)
    if before is not None and before.revision != revision:
        raise SavedMeanwhile(before)
    row = PackDraft(
        board_id=board.id,
        revision=(before.revision if before else 0) + 1,
        text=text,
        saved_by=by.id,
        saved_at=now,
    )
    session.add(row)
    session.flush()
    journal.note(session, now, by.id, "board:draft", f"board:{board.ref}", revision=row.revision)
    return row


def published(session: Session, library: Library, pack_id: str) -> dict[str, Any] | None:
    """Our own wording of a pack as plain fields, to begin from; None when there is none."""
    digest = library.digests.get((Kind.PACK, pack_id))
    row = session.get(EditionRow, digest) if digest else None
    if row is None:
        return None
    # Its id is the name of our file; the database does not keep the order of an author's keys.
    order = sorted(row.body.keys() - {"id"}, key=lambda key: (_FIRST.get(key, len(_FIRST)), key))
    return {key: row.body[key] for key in order}
