"""Checkpoints: what a log says of itself at one size; and files of proof that carry one (C2SP)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from lms.domain.notes import BrokenNote, Note, decoded, encoded, read_note
from lms.domain.proofs import is_included
from lms.domain.translog import HASH_BYTES

PROOF_FILE = ".tlog-proof"
_FIRST_LINE = "c2sp.org/tlog-proof@v1"
_MOST_SIZE = 1 << 62
_MOST_PATH = 63


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The name of a log, how many entries it has, and the root over them."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{encoded(self.root)}\n"

    @classmethod
    def of(cls, note: Note) -> Self:
        """What a note says of a log. Raises BrokenNote when it is no checkpoint."""
        origin, *rest = note.text.split("\n")
        size = _number(rest[0]) if rest else None
        root = decoded(rest[1]) if len(rest) > 1 else b""
        is_whole = origin and size is not None and len(root) == HASH_BYTES
        if not is_whole or not all(rest[2:-1]):
            raise BrokenNote("This note is no checkpoint of a log: name, size and root.")
        return cls(origin, size or 0, root)


def _number(text: str) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) < len(str(_MOST_SIZE))):
        return None
    return int(text) if str(int(text)) == text else None


@dataclass(frozen=True, slots=True)
class ProofFile:
    """A proof that an entry is in a log, to be checked without it.

    ``extra`` is signed by nobody: it counts only as far as what it says leads to the root.
    """

    index: int
    path: tuple[bytes, ...]
    note: Note
    extra: bytes = b""

    def __str__(self) -> str:
        """The text of the file."""
        lines = [
            _FIRST_LINE,
            *([f"extra {encoded(self.extra)}"] if self.extra else []),
            f"index {self.index}",
            *(encoded(part) for part in self.path),
        ]
        return "\n".join(lines) + f"\n\n{self.note}"

    def shows(self, leaf: bytes) -> bool:
        """True when the proof leads from this leaf hash to the root of its checkpoint.

        Whether the log signed that checkpoint is asked of its note. Raises BrokenNote.
        """
        at = Checkpoint.of(self.note)
        return is_included(self.index, at.size, leaf, self.path, at.root)


def read_proof(held: bytes) -> ProofFile:
    """The proof of a file. Raises BrokenNote when it is none."""
    head, gap, below = held.partition(b"\n\n")
    try:
        first, *lines = head.decode().split("\n")
    except UnicodeDecodeError as fault:
        raise BrokenNote("This is no file of proof: it is not text in UTF-8.") from fault
    has_extra = bool(lines) and lines[0].startswith("extra ")
    extra = decoded(lines.pop(0).removeprefix("extra ")) if has_extra else b""
    number = _number(lines.pop(0).removeprefix("index ")) if _has_index(lines) else None
    path = [decoded(line) for line in lines]
    is_one = first == _FIRST_LINE and gap and number is not None and bool(extra) == has_extra
    if not is_one or not _is_path(path):
        raise BrokenNote("This is no file of proof. Download it again beside the certificate.")
    return ProofFile(number or 0, tuple(path), read_note(below), extra)


def _has_index(lines: Sequence[str]) -> bool:
    return bool(lines) and lines[0].startswith("index ")


def _is_path(path: Sequence[bytes]) -> bool:
    return len(path) <= _MOST_PATH and all(len(part) == HASH_BYTES for part in path)
