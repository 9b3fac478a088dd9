"""What a sealed bundle holds: the public log and the signed lists. No name is in any of it."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.tiles import WIDTH, Place, places
from lms.models.credentials import StatusList
from lms.records import log_tree


def log_files(session: Session) -> Iterator[tuple[str, bytes]]:
    """Every public file of the log, by its address; nothing before the first checkpoint."""
    newest = log_tree.newest(session)
    if newest is None:
        return
    yield "log/checkpoint", str(log_tree.note_of(session, newest)).encode()
    yield "log/key", "".join(f"{line}\n" for line in log_tree.keys(session)).encode()
    bundles = (
        Place(None, start // WIDTH, min(WIDTH, newest.size - start))
        for start in range(0, newest.size, WIDTH)
    )
    for place in (*places(newest.size), *bundles):
        held = log_tree.file_at(session, place)
        if held is not None:
            yield f"log/tile/{place}", held


def status_files(session: Session) -> Iterator[tuple[str, bytes]]:
    """Every status list as it was last signed."""
    for row in session.scalars(select(StatusList).order_by(StatusList.number)):
        yield f"status/revocation/{row.number}.json", row.body.encode()
