"""The checkpoint that was signed last, in a file beside the keys and outside of the database.

A database that is put back from an old backup forgets what was signed since; this file does not.
"""

import os
from pathlib import Path

from lms.domain.notes import Note, read_note


def place(data: Path) -> Path:
    """Where it lies."""
    return data / "log" / "checkpoint"


def read(data: Path) -> Note | None:
    """The last one, None if nothing was ever signed here. Raises BrokenNote or OSError."""
    try:
        return read_note(place(data).read_bytes())
    except FileNotFoundError:
        return None


def keep(data: Path, note: Note) -> None:
    """Put it in the place of the one before, whole or not at all. Raises OSError."""
    path = place(data)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        file.write(str(note).encode())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
