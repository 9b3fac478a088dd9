"""What stands in the public log: salted commitments that say nothing to whoever lacks the salt."""

import json
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Self

VERSION = 1
SALT_BYTES = 32
_HEX = frozenset("0123456789abcdef")


class EntryKind(StrEnum):
    """What happened to a certificate."""

    ISSUE = "issue"
    REPLACE = "replace"
    REVOKE = "revoke"


class NoEntry(ValueError):
    """The bytes are no entry of the log."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One leaf. ``ends`` is the index of the entry that a replacement or revocation ends."""

    kind: EntryKind
    commitment: str
    ends: int | None = None

    def __bytes__(self) -> bytes:
        """Canonical JSON (RFC 8785): with ASCII words and whole numbers, sorted keys are all."""
        body: dict[str, str | int] = {
            "v": VERSION,
            "kind": self.kind,
            "commitment": self.commitment,
        }
        if self.ends is not None:
            body["prev_index"] = self.ends
        return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def read(cls, held: bytes) -> Self:
        """The entry of these bytes. Raises NoEntry for any other text than we would write."""
        try:
            body = json.loads(held)
            entry = cls(EntryKind(body["kind"]), body["commitment"], body.get("prev_index"))
            is_ours = bytes(entry) == held
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as fault:
            raise NoEntry("These bytes are no entry of the log.") from fault
        if not (is_ours and entry.is_sound):
            raise NoEntry("This entry is not written as the log writes it.")
        return entry

    @property
    def is_sound(self) -> bool:
        """True for a commitment of 64 hex digits, and an earlier entry where one is ended."""
        digits = self.commitment if isinstance(self.commitment, str) else ""
        is_digest = len(digits) == 2 * SALT_BYTES and set(digits) <= _HEX
        if self.kind is EntryKind.ISSUE:
            return is_digest and self.ends is None
        return is_digest and type(self.ends) is int and self.ends >= 0


def commitment(salt: bytes, record: bytes) -> str:
    """What the log keeps of a record: SHA-256 of 32 random bytes and its canonical JSON, in hex.

    Without the salt nobody can test a guess, and once it is deleted nobody ever can. Raises
    ValueError for a salt of another length: it would let bytes slide between salt and record.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError("A salt has 32 bytes.")
    return sha256(salt + record).hexdigest()
