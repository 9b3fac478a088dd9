"""Tables, one file per noun. Importing this package makes all of them known to the metadata."""

from lms.models import (
    api_keys,
    attempts,
    batches,
    boards,
    certificates,
    credentials,
    editions,
    hours,
    journal,
    learning,
    people,
    provider,
    role_plays,
    standing,
    timetable,
    translog,
    vouching,
)
from lms.models.base import Base

__all__ = [
    "Base",
    "api_keys",
    "attempts",
    "batches",
    "boards",
    "certificates",
    "credentials",
    "editions",
    "hours",
    "journal",
    "learning",
    "people",
    "provider",
    "role_plays",
    "standing",
    "timetable",
    "translog",
    "vouching",
]
