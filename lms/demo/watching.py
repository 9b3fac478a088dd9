"""A made-up board that watches the log of the demo school, with a key of its own."""

from datetime import datetime

from sqlalchemy.orm import Session

from lms.config import Settings
from lms.domain.notes import COSIGNATURE, Note, NoteKey, cosign
from lms.formats import seals
from lms.records import cosigning

NAME = "sample-board.example"


def watch(settings: Settings, session: Session, made: Note, now: datetime) -> None:
    """Let the board look at what was just published, and sign that it saw it."""
    theirs = settings.data / "sample-board"
    seals.make(theirs, seals.WITNESS)
    key = NoteKey(NAME, COSIGNATURE, seals.public_bytes(theirs, seals.WITNESS))
    moment = int(now.timestamp())
    line = cosign(
        made.text, key, lambda text: seals.signature_by(theirs, seals.WITNESS, text), moment
    )
    cosigning.trust(session, now, key)
    cosigning.accept(session, now, Note(made.text, (line,)), seals.holds)
