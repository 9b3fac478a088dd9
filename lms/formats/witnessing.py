"""Watching someone's log from outside: it may only grow, and it shows everyone the same."""

from collections.abc import Callable
from dataclasses import dataclass

from lms.domain.checkpoints import Checkpoint
from lms.domain.notes import Holds, Note, NoteKey, read_note
from lms.domain.proofs import is_consistent
from lms.domain.tiles import HEIGHT, WIDTH, Place, reader_over
from lms.domain.translog import HASH_BYTES, consistency

Fetch = Callable[[str], bytes]
"""The bytes of a file of the log, by its address below the log's own."""


class Alarm(Exception):
    """The log took something back, or shows two faces; ``note`` is what it said this time."""

    def __init__(self, words: str, note: Note) -> None:
        super().__init__(words)
        self.note = note


@dataclass(frozen=True, slots=True)
class Look:
    """What a log said when it was looked at, after it was checked."""

    note: Note
    checkpoint: Checkpoint
    grew: int


def look(fetch: Fetch, log: NoteKey, before: Checkpoint | None, holds: Holds) -> Look:
    """Look at the log once. Raises Alarm when it did not only grow since ``before``.

    Raises BrokenNote for what is no checkpoint, or carries a wrong signature.
    """
    note = read_note(fetch("checkpoint"))
    said = Checkpoint.of(note)
    if said.origin != log.name or note.signed_by(log, holds) is None:
        raise Alarm(f"The checkpoint is not signed with the key of {log.name}.", note)
    if before is None:
        return Look(note, said, said.size)
    if said.size < before.size:
        raise Alarm(f"The log had {before.size} entries and now has {said.size}.", note)
    try:
        path = consistency(before.size, said.size, reader_over(_tiles(fetch, said.size)))
    except LookupError as fault:
        raise Alarm(f"A part of the log is missing: {fault}", note) from fault
    if not is_consistent(before.size, before.root, said.size, said.root, path):
        raise Alarm(f"Entries before {before.size} were changed after they were signed.", note)
    return Look(note, said, said.size - before.size)


def _tiles(fetch: Fetch, size: int) -> Callable[[int, int], bytes]:
    def store(level: int, number: int) -> bytes:
        there = (size >> HEIGHT * level) - number * WIDTH
        place = Place(level, number, min(WIDTH, there))
        held = fetch(f"tile/{place}")
        if len(held) != place.width * HASH_BYTES:
            raise LookupError(f"tile/{place} has another length than it should.")
        return held

    return store
