"""Publishing the public log: tiles, checkpoint, and the note beside the key of what was signed."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from lms.config import Settings
from lms.domain.checkpoints import Checkpoint
from lms.domain.notes import ED25519, BrokenNote, Note, NoteKey
from lms.formats import last_signed, seals
from lms.models.database import Database
from lms.records import log_publishing, log_tree
from lms.records.log_publishing import Stale

PREFIX = "/log"


def origin(settings: Settings) -> str:
    """The name of this installation's log: its address without the scheme."""
    parts = urlsplit(settings.base_url)
    return f"{parts.netloc}{parts.path}{PREFIX}"


def key_of(settings: Settings, name: str) -> NoteKey:
    """The public key under that name. Raises NoKey."""
    return NoteKey(name, ED25519, seals.public_bytes(settings.data, seals.LOG))


def publish(settings: Settings, database: Database, clock: Callable[[], datetime]) -> Note | None:
    """Bring tiles and checkpoint up to the records; the note, or None when all was signed.

    Raises NoKey, or Stale when the records do not extend what was signed before: nothing is signed
    then, and the journal says why.
    """
    try:
        return _publish(settings, database, clock())
    except Stale as stop:
        with database.writing() as session:
            log_publishing.refused(session, clock(), str(stop))
            session.commit()
        raise


def _publish(settings: Settings, database: Database, now: datetime) -> Note | None:
    seals.public_bytes(settings.data, seals.LOG)
    more = True
    while more:
        with database.writing() as session:
            more = log_publishing.grow(session)
            session.commit()
    with database.writing() as session:
        kept = beside_the_key(settings)
        newest = log_tree.newest(session)
        # The log keeps the name it began with, whatever the address of the school becomes.
        before = NoteKey.read(newest.key).name if newest else kept.origin if kept else ""
        key = key_of(settings, before or origin(settings))
        made = log_publishing.sign_newest(
            session,
            now,
            key,
            lambda message: seals.signature_by(settings.data, seals.LOG, message),
            [kept] if kept else [],
        )
        if made is not None:
            # First the file: what anyone may have seen is never forgotten.
            last_signed.keep(settings.data, made.note)
        session.commit()
    return made.note if made else None


def beside_the_key(settings: Settings) -> Checkpoint | None:
    """What the file beside the key says was signed last. Raises Stale when it cannot be read."""
    try:
        note = last_signed.read(settings.data)
        return Checkpoint.of(note) if note else None
    except (BrokenNote, OSError) as fault:
        raise Stale(
            f"{last_signed.place(settings.data)} cannot be read, so nobody knows what was signed "
            "last, and nothing was signed. Take the file back from a backup of the data folder."
        ) from fault
