"""Second parties who watch the log: whose signatures we take, and taking one."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain.checkpoints import Checkpoint
from lms.domain.notes import COSIGNATURE, BrokenNote, Holds, Note, NoteKey, NoteLine
from lms.models.database import take_turn
from lms.models.translog import LogCheckpoint, LogCosignature, LogWitness
from lms.records import journal, log_tree

_AHEAD = timedelta(minutes=10)
_SUBJECT = "log:witnesses"


class Disagrees(Exception):
    """The witness saw another log than ours; ``size`` is how long ours is."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


def trust(session: Session, now: datetime, key: NoteKey, by: int | None = None) -> bool:
    """Take this witness's signatures from now on; False if we do already. Raises BrokenNote."""
    if key.kind != COSIGNATURE:
        raise BrokenNote("This is the key of a log and not of a witness.")
    known = session.scalar(select(LogWitness).where(LogWitness.name == key.name))
    if known is not None and known.key != str(key):
        raise BrokenNote(f"{key.name} is known with another key. Ask them which one is theirs.")
    if known is not None:
        return False
    session.add(LogWitness(key=str(key), name=key.name, added_at=now))
    session.flush()
    journal.note(session, now, by, "log:witness:trust", _SUBJECT, witness=key.name)
    return True


def accept(session: Session, now: datetime, note: Note, holds: Holds) -> list[str]:
    """Keep what witnesses signed under one of our checkpoints; the names of those who did.

    Sent twice it is kept once. Raises Disagrees when the checkpoint is not ours, and BrokenNote
    when no witness that we know signed it, or a signature does not hold.
    """
    said = Checkpoint.of(note)
    ours = session.get(LogCheckpoint, said.size)
    if ours is None or not ours.note.startswith(f"{note.text}\n"):
        newest = log_tree.newest(session)
        raise Disagrees(newest.size if newest else 0)
    take_turn(session, _SUBJECT)
    names = []
    for row in session.scalars(select(LogWitness).order_by(LogWitness.name)):
        line = note.signed_by(NoteKey.read(row.key), holds)
        if line is not None:
            _keep(session, now, row, said.size, line)
            names.append(row.name)
    if not names:
        raise BrokenNote(
            "No witness that this log knows signed here. The school adds one with: lms log trust"
        )
    return names


def _keep(session: Session, now: datetime, witness: LogWitness, size: int, line: NoteLine) -> None:
    if line.moment > (now + _AHEAD).timestamp():
        raise BrokenNote("This was signed in the future. Set the clock of the witness.")
    if session.get(LogCosignature, (witness.key, size)) is not None:
        return
    at = datetime.fromtimestamp(line.moment, UTC)
    session.add(LogCosignature(size=size, key=witness.key, line=str(line), at=at))
    session.flush()
    journal.note(session, now, None, "log:cosign", _SUBJECT, witness=witness.name, size=size)
