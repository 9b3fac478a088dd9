"""Signing files so that anyone can tell, without us, that we made them and nobody changed them.

Ed25519 (RFC 8032) through ``cryptography``; OpenSSL alone can make the same check. The keys lie in
``keys/`` in the data folder, one file for each purpose, so that other papers can have theirs.
"""

import base64
import os
import re
from binascii import Error as NotBase64
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

SHEETS = "result-sheets"
"""The purpose of the key that signs result sheets."""

LOG = "log"
"""The purpose of the key that signs checkpoints of the public log."""

WITNESS = "witness"
"""The purpose of the key of a second party that watches someone's log."""

CREDENTIALS = "credentials"
"""The purpose of the key that signs credentials and status lists."""

_CANNOT = {
    SHEETS: "result sheets cannot be signed. Run lms init once more: it",
    LOG: "the public log cannot be signed. If it was lost, take it back from a backup. If there "
    "never was one, run lms init once more: it",
    CREDENTIALS: "certificates cannot be signed, so papers wait. If it was lost, take it back from "
    "a backup. If there never was one, run lms init once more: it",
    WITNESS: "nothing can be watched. Run lms witness once more: it",
}

CHECK_AT = "/verify/sheet"
"""Where anyone checks a sheet with its signature."""

_FIRST_LINE = "peerpath signature 1"
_MOST_BYTES = 2_000
_KEY_ID = re.compile("[0-9a-f]{16}")


class NoKey(Exception):
    """There is no key to sign with, or it cannot be read; the message says how to mend it."""


class Broken(ValueError):
    """A signature does not hold; the message says what is wrong in a sentence."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A detached signature as its file holds it."""

    key_id: str
    file_digest: str
    value: bytes

    def __str__(self) -> str:
        """The text of the file beside the signed one."""
        return (
            f"{_FIRST_LINE}\nkey: {self.key_id}\nsha256: {self.file_digest}\n"
            f"ed25519: {base64.b64encode(self.value).decode()}\n"
        )


def place(data: Path, purpose: str) -> Path:
    """Where the private key of a purpose lies."""
    return data / "keys" / f"{purpose}.pem"


def make(data: Path, purpose: str) -> Path:
    """Make the key of a purpose, readable by its owner only; one that is there is kept."""
    path = place(data, purpose)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        pem = Ed25519PrivateKey.generate().private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        )
        # Never readable by others, not even for a moment; whoever comes second keeps the first.
        handle, draft = mkstemp(dir=path.parent, prefix=".")
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            Path(draft).unlink()
    return path


def make_all(data: Path) -> None:
    """Make every key that an installation needs and does not have."""
    for purpose in (SHEETS, LOG, CREDENTIALS):
        make(data, purpose)


def sign(data: Path, purpose: str, held: bytes) -> Signature:
    """The signature of a file's bytes: always the same for the same bytes. Raises NoKey."""
    key = _private(data, purpose)
    return Signature(key_id(key.public_key()), sha256(held).hexdigest(), key.sign(held))


def public_pem(data: Path, purpose: str) -> str:
    """The public key for everyone, in PEM. Raises NoKey."""
    public = _private(data, purpose).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def public_id(data: Path, purpose: str) -> str:
    """The name of the public key, as signatures carry it. Raises NoKey."""
    return key_id(_private(data, purpose).public_key())


def public_bytes(data: Path, purpose: str) -> bytes:
    """The 32 bytes of the public key. Raises NoKey."""
    return _private(data, purpose).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def signature_by(data: Path, purpose: str, message: bytes) -> bytes:
    """The 64 bytes of a signature, for formats that are not ours. Raises NoKey."""
    return _private(data, purpose).sign(message)


def holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature holds for a message under the 32 bytes of a public key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def key_id(public: Ed25519PublicKey) -> str:
    """A name for a public key: the first 16 hexadecimal digits of the SHA-256 of its 32 bytes."""
    return raw_id(public.public_bytes(Encoding.Raw, PublicFormat.Raw))


def raw_id(public: bytes) -> str:
    """The same name, from the 32 bytes."""
    return sha256(public).hexdigest()[:16]


def pem_of(public: bytes) -> bytes:
    """The PEM of a public key, from its 32 bytes. Raises ValueError for other lengths."""
    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def private_pem(data: Path, purpose: str) -> bytes:
    """The private key in PEM, for a library that signs by itself. Raises NoKey."""
    return _private(data, purpose).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _private(data: Path, purpose: str) -> Ed25519PrivateKey:
    path = place(data, purpose)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError as fault:
        raise NoKey(
            f"There is no key {path}, so {_CANNOT.get(purpose, _CANNOT[SHEETS])} keeps "
            "everything that is there and makes the key."
        ) from fault
    except (OSError, ValueError, TypeError) as fault:
        raise NoKey(f"The key {path} cannot be read. Take it back from a backup.") from fault
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey(f"The key {path} is of another kind than Ed25519. Take it back from a backup.")
    return key


def _public_named(data: Path, purpose: str, name: str) -> Ed25519PublicKey | None:
    today = _private(data, purpose).public_key()
    if name == key_id(today):
        return today
    # A name comes from a stranger's file: only what looks like one becomes part of a path.
    path = data / "keys" / f"{purpose}.{name}.pub"
    if not _KEY_ID.fullmatch(name) or not path.exists():
        return None
    earlier = load_pem_public_key(path.read_bytes())
    return earlier if isinstance(earlier, Ed25519PublicKey) and key_id(earlier) == name else None


def read(held: bytes) -> Signature:
    """The signature in a file. Raises Broken for a file that is none."""
    lines = held[:_MOST_BYTES].decode("utf-8", "replace").lstrip("\ufeff").split("\n")
    parts = dict(line.strip().partition(": ")[::2] for line in lines[1:])
    try:
        value = base64.b64decode(parts.get("ed25519", ""), validate=True)
    except (NotBase64, ValueError):
        value = b""
    if lines[0].strip() != _FIRST_LINE or len(value) != 64:
        raise Broken(
            "This is not a signature of ours. It is the small file whose name ends in .sig, and "
            "it was downloaded beside the sheet."
        )
    return Signature(parts.get("key", ""), parts.get("sha256", ""), value)


def check(data: Path, purpose: str, held: bytes, signature: Signature) -> None:
    """Return quietly if our key, or an earlier one of ours, signed these very bytes.

    Raises Broken or NoKey.
    """
    public = _public_named(data, purpose, signature.key_id)
    if public is None:
        raise Broken(
            f"The signature names the key {signature.key_id[:16] or 'of nobody'}, and ours is "
            f"{public_id(data, purpose)}. Another school, or an older key that is not here any "
            "more, made it."
        )
    try:
        public.verify(signature.value, held)
    except InvalidSignature as fault:
        if signature.file_digest != sha256(held).hexdigest():
            raise Broken(
                "The file is not the one that was signed: it was changed or saved anew, or the "
                "signature belongs to another file."
            ) from fault
        raise Broken("The signature was not made by us.") from fault
