"""A whole log held in memory: is it the one that was signed, and how did a certificate end?"""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.domain.checkpoints import Checkpoint
from lms.domain.log_entries import EntryKind, LogEntry
from lms.domain.translog import leaf_hash, reader_of, root


@dataclass(frozen=True, slots=True)
class Traced:
    """Where a certificate was entered, and the entry that ended it, if any did."""

    index: int
    ended: int | None = None
    how: EntryKind | None = None


def is_signed(entries: Sequence[bytes], at: Checkpoint) -> bool:
    """True when these are all the entries of the log at a checkpoint."""
    leaves = [leaf_hash(one) for one in entries]
    return len(leaves) == at.size and root(at.size, reader_of(leaves)) == at.root


def trace(entries: Sequence[bytes], entry: bytes) -> Traced | None:
    """Where an entry stands and what ended it; None when it is not there.

    Raises NoEntry for entries that the log would not write.
    """
    if entry not in entries:
        return None
    index = entries.index(entry)
    for later, held in enumerate(entries[index + 1 :], index + 1):
        read = LogEntry.read(held)
        if read.ends == index:
            return Traced(index, later, read.kind)
    return Traced(index)
