"""Tables, one file per noun. Importing this package makes all of them known to the metadata."""

from lms.models import (
    attempts,
    certificates,
    editions,
    hours,
    journal,
    learning,
    people,
    role_plays,
    timetable,
    vouching,
)
from lms.models.base import Base

__all__ = [
    "Base",
    "attempts",
    "certificates",
    "editions",
    "hours",
    "journal",
    "learning",
    "people",
    "role_plays",
    "timetable",
    "vouching",
]
