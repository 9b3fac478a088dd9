"""Keys that were followed by newer ones: their public halves stay, so that old papers verify."""

from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)

from lms.formats import seals

COPIED = "copied"
"""A file in ``keys/`` whose time says when somebody last copied the folder away."""


def earlier(data: Path, purpose: str) -> list[bytes]:
    """The 32 bytes of each public key that was in use before, newest first.

    Raises NoKey for a file that cannot be read.
    """
    return [_read(path) for path in sorted(_files(data, purpose), key=_age, reverse=True)]


def all_public(data: Path, purpose: str) -> list[bytes]:
    """Today's public key, then the earlier ones. Raises NoKey."""
    return [seals.public_bytes(data, purpose), *earlier(data, purpose)]


def follow(data: Path, purpose: str) -> str:
    """Put a new key in the place of today's, and keep the public half of the old one.

    The name of the new key. Raises NoKey when there is none to follow.
    """
    old = seals.public_bytes(data, purpose)
    kept = data / "keys" / f"{purpose}.{seals.raw_id(old)}.pub"
    kept.write_bytes(seals.pem_of(old))
    seals.place(data, purpose).unlink()
    seals.make(data, purpose)
    return seals.public_id(data, purpose)


def copied_at(data: Path) -> datetime | None:
    """When somebody noted that the keys were copied away; None if nobody ever did."""
    path = data / "keys" / COPIED
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.exists() else None


def note_copied(data: Path) -> None:
    """Note that the keys were copied away just now."""
    path = data / "keys" / COPIED
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_text("The time of this file says when the keys were last copied away.\n", "utf-8")


def newest_change(data: Path) -> datetime:
    """When a key was last made. Raises OSError when the folder cannot be read."""
    times = [path.stat().st_mtime for path in (data / "keys").glob("*.pem")]
    return datetime.fromtimestamp(max(times, default=0), UTC)


def _files(data: Path, purpose: str) -> list[Path]:
    return list((data / "keys").glob(f"{purpose}.*.pub"))


def _age(path: Path) -> tuple[float, str]:
    return path.stat().st_mtime, path.name


def _read(path: Path) -> bytes:
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as fault:
        raise seals.NoKey(f"The key {path} cannot be read. Take it back from a backup.") from fault
    if not isinstance(key, Ed25519PublicKey):
        raise seals.NoKey(f"The key {path} is of another kind than Ed25519.")
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)
