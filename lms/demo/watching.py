"""A made-up board that watches the log of the demo school, with a key of its own."""

from datetime import datetime

from lms.config import Settings
from lms.domain.notes import COSIGNATURE, Note, NoteKey, cosign
from lms.formats import seals
from lms.jobs import translog
from lms.models.database import Database
from lms.records import cosigning

NAME = "sample-board.example"


def watch(settings: Settings, database: Database, now: datetime) -> None:
    """Publish the log, and let the board look at it once."""
    made = translog.publish(settings, database, lambda: now)
    if made is None:
        return
    theirs = settings.data / "sample-board"
    seals.make(theirs, seals.WITNESS)
    key = NoteKey(NAME, COSIGNATURE, seals.public_bytes(theirs, seals.WITNESS))
    moment = int(now.timestamp())
    line = cosign(
        made.text, key, lambda text: seals.signature_by(theirs, seals.WITNESS, text), moment
    )
    with database.writing() as session:
        cosigning.trust(session, now, key)
        cosigning.accept(session, now, Note(made.text, (line,)), seals.holds)
        session.commit()
