"""What can stop a command, in words."""

from sqlalchemy.exc import DBAPIError

from lms.cli.talk import Refusal
from lms.config import SettingsFault
from lms.models.database import Unavailable
from lms.records.shelf import NothingPublished


def sentence(fault: Exception) -> str | None:
    """The sentence for a fault we know, or None for a mistake of ours."""
    if isinstance(fault, (Refusal, SettingsFault, Unavailable, NothingPublished, OSError)):
        return str(fault)
    if isinstance(fault, DBAPIError):
        said = str(fault.orig).partition("\n")[0]
        return (
            f"The database refused: {said}. Nothing was changed. "
            "Check that it is there, can be written, and is up to date: lms doctor"
        )
    return None
