"""A sealed bundle as files: a folder or a zip with a manifest that names the digest of each."""

import json
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

MANIFEST, SIGNATURE = "MANIFEST.json", "MANIFEST.sig"
_MOST_BYTES = 2_000_000_000
_MOST_FILES = 200_000
_EPOCH = (1980, 1, 1, 0, 0, 0)


class NoBundle(ValueError):
    """This is no bundle, or it was changed; the message says what."""


def manifest(files: Mapping[str, bytes], about: Mapping[str, Any]) -> bytes:
    """What a bundle says of itself, with the digest of every file."""
    digests = {name: sha256(held).hexdigest() for name, held in sorted(files.items())}
    return json.dumps({**about, "files": digests}, indent=1, ensure_ascii=False).encode() + b"\n"


def write(files: Mapping[str, bytes], place: Path) -> None:
    """Write a new folder, or a zip when the name ends so: the same bytes for the same files.

    Raises NoBundle when something is there already.
    """
    if place.exists():
        raise NoBundle(f"{place} is there already. Name a new one: a bundle is never overwritten.")
    if place.suffix == ".zip":
        with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, held in sorted(files.items()):
                packed.writestr(zipfile.ZipInfo(name, _EPOCH), held, zipfile.ZIP_DEFLATED)
        return
    for name, held in sorted(files.items()):
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(held)


def read(place: Path) -> dict[str, bytes]:
    """Every file of a bundle, checked against its manifest. Raises NoBundle."""
    try:
        held = _unpacked(place) if place.is_file() else _listed(place)
        stated = dict(json.loads(held[MANIFEST])["files"])
    except (OSError, ValueError, LookupError, TypeError, zipfile.BadZipFile) as fault:
        raise NoBundle(
            f"{place} is no bundle of a school: its MANIFEST.json cannot be read."
        ) from fault
    for name, digest in stated.items():
        if name not in held:
            raise NoBundle(f"{name} is missing in the bundle.")
        if sha256(held[name]).hexdigest() != digest:
            raise NoBundle(f"{name} in the bundle was changed since it was sealed.")
    if more := set(held) - set(stated) - {MANIFEST, SIGNATURE}:
        raise NoBundle(f"{min(more)} was put into the bundle since it was sealed.")
    return held


def _unpacked(place: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(place) as packed:
        inside = packed.infolist()
        if len(inside) > _MOST_FILES or sum(one.file_size for one in inside) > _MOST_BYTES:
            raise NoBundle(f"{place} unpacks to far more than any bundle.")
        return {one.filename: packed.read(one) for one in inside if not one.is_dir()}


def _listed(place: Path) -> dict[str, bytes]:
    return {
        str(PurePosixPath(path.relative_to(place))): path.read_bytes()
        for path in sorted(place.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
