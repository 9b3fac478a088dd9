"""Signed notes: a text with lines of signatures below it (C2SP signed-note, tlog-cosignature).

Signing and verifying are handed in; the rules know no library for them.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

ED25519, COSIGNATURE = 0x01, 0x04
Sign = Callable[[bytes], bytes]
"""The Ed25519 signature (64 bytes) of a message."""
Holds = Callable[[bytes, bytes, bytes], bool]
"""Whether a signature holds: ``holds(public, message, signature)``, all in bytes."""

_DASH = "\u2014 "
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_NAME = re.compile(r"[^\s+]{1,200}")
_MOST_BYTES = 100_000
_KEY_BYTES, _ID_BYTES, _STAMP_BYTES = 32, 4, 8


class BrokenNote(ValueError):
    """A note, a key or a signature on it cannot be trusted; the message says why."""


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A public key with its name and its type: that of a log, or of a witness that cosigns."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        named = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return sha256(named).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        """One line to hand on: name, id and key."""
        return f"{self.name}+{self.id.hex()}+{encoded(bytes([self.kind]) + self.public)}"

    @classmethod
    def read(cls, line: str) -> Self:
        """The key of such a line. Raises BrokenNote."""
        name, _, rest = line.strip().partition("+")
        stated, _, text = rest.partition("+")
        held = decoded(text)
        key = cls(name, held[0] if held else 0, held[1:])
        is_known = key.kind in (ED25519, COSIGNATURE) and len(key.public) == _KEY_BYTES
        if not (_NAME.fullmatch(name) and is_known and key.id.hex() == stated):
            raise BrokenNote(
                "This is no key of a log or a witness. It is one line: a name, eight digits and "
                "the key, with a + between them. Copy it whole."
            )
        return key


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One signature: whose, and its bytes. Those of a witness begin with a moment."""

    name: str
    key_id: bytes
    value: bytes

    def __str__(self) -> str:
        """The line below the text, with its end."""
        return f"{_DASH}{self.name} {encoded(self.key_id + self.value)}\n"

    @property
    def moment(self) -> int:
        """When a witness signed, in seconds since 1970."""
        return int.from_bytes(self.value[:_STAMP_BYTES], "big")


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends its last line, and the signatures below it."""

    text: str
    lines: tuple[NoteLine, ...]

    def __str__(self) -> str:
        """The note as its file holds it."""
        return f"{self.text}\n{''.join(map(str, self.lines))}"

    def signed_by(self, key: NoteKey, holds: Holds) -> NoteLine | None:
        """The signature of a key, None if it did not sign. Raises BrokenNote for one that fails."""
        mine = [line for line in self.lines if (line.name, line.key_id) == (key.name, key.id)]
        for line in mine:
            signature, message = _signed(self.text, key, line.value)
            if not holds(key.public, message, signature):
                raise BrokenNote(f"The signature of {key.name} does not hold for this text.")
        return mine[0] if mine else None

    def with_lines(self, lines: Iterable[NoteLine]) -> "Note":
        """The same note with more signatures."""
        return Note(self.text, (*self.lines, *lines))


def sign(text: str, key: NoteKey, by: Sign) -> NoteLine:
    """The line by which a log signs a text."""
    return NoteLine(key.name, key.id, by(text.encode()))


def cosign(text: str, key: NoteKey, by: Sign, moment: int) -> NoteLine:
    """The line by which a witness says: this is the largest tree I saw, and it only grew."""
    stamp = moment.to_bytes(_STAMP_BYTES, "big")
    return NoteLine(key.name, key.id, stamp + by(_stamped(text, moment)))


def _signed(text: str, key: NoteKey, value: bytes) -> tuple[bytes, bytes]:
    if key.kind == ED25519:
        return value, text.encode()
    moment = int.from_bytes(value[:_STAMP_BYTES], "big")
    return value[_STAMP_BYTES:], _stamped(text, moment)


def _stamped(text: str, moment: int) -> bytes:
    return f"cosignature/v1\ntime {moment}\n{text}".encode()


def read_note(held: bytes) -> Note:
    """The note of a file; its signatures are still to be checked. Raises BrokenNote."""
    try:
        whole = held[: _MOST_BYTES + 1].decode()
    except UnicodeDecodeError as fault:
        raise BrokenNote("This is no signed note: it is not text in UTF-8.") from fault
    text, gap, below = whole.rpartition("\n\n")
    fits = len(held) <= _MOST_BYTES and gap and below.endswith("\n") and not _CONTROL.search(whole)
    if not fits:
        raise BrokenNote("This is no signed note: a text, an empty line, and lines of signatures.")
    return Note(text + "\n", tuple(_line(line) for line in below[:-1].split("\n")))


def _line(line: str) -> NoteLine:
    name, _, text = line.removeprefix(_DASH).partition(" ")
    value = decoded(text)
    if not line.startswith(_DASH) or not _NAME.fullmatch(name) or len(value) <= _ID_BYTES:
        raise BrokenNote("A line of signatures is not written as one.")
    return NoteLine(name, value[:_ID_BYTES], value[_ID_BYTES:])


def encoded(held: bytes) -> str:
    """Base64, as notes write bytes."""
    return b64encode(held).decode()


def decoded(text: str) -> bytes:
    """The bytes of base64; none for anything that is not written exactly so."""
    try:
        held = b64decode(text.encode(), validate=True)
    except ValueError:
        return b""
    return held if encoded(held) == text else b""
