"""Putting a sealed bundle together: the log, the keys, the lists, and what checks them alone."""

import html
import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from importlib.resources import files as resources

from sqlalchemy.orm import Session

from lms.config import Settings
from lms.content.places import standalone_check
from lms.domain.checkpoints import Checkpoint
from lms.domain.notes import Note, NoteKey, read_note, sign
from lms.domain.tiles import entries_in
from lms.formats import bundle, did, key_ring, seals
from lms.records import archive, log_tree

_FIRST_LINE = "peerpath archive 1"
_ABOUT = """\
A sealed bundle of the public log of {provider}, made on {made}.

It lets anyone check a certificate of this school without the school:
    python verify.py certificate.pdf FOLDER      or open index.html and choose the PDF.
Keep it as it is. It holds no name, no number and no course: a certificate is found in it only by
who holds the paper. The key stands in log/key; keep the one you had from the school before.
"""


def files_of(session: Session, settings: Settings, now: datetime) -> dict[str, bytes]:
    """Every file of the bundle, manifest and signature too. Raises NoKey, or NoBundle when there is
    no log yet.
    """
    made = dict(archive.log_files(session))
    if not made:
        raise bundle.NoBundle("The log is empty: no certificate was issued yet. Nothing to seal.")
    made |= dict(archive.status_files(session))
    publics = key_ring.all_public(settings.data, seals.CREDENTIALS)
    own = did.document(did.of(settings.base_url), publics)
    made["did.json"] = json.dumps(own, indent=1).encode()
    made["verify.py"] = standalone_check().read_bytes()
    told = {"provider": settings.provider.name, "made": now.date().isoformat()}
    made["README.txt"] = _ABOUT.format(**told).encode()
    made["index.html"] = _page(made, settings.provider.name, told["made"])
    about = {
        "school": settings.provider.name,
        "address": settings.base_url,
        "made_at": now.isoformat(timespec="seconds"),
        "log_size": Checkpoint.of(read_note(made["log/checkpoint"])).size,
    }
    made[bundle.MANIFEST] = bundle.manifest(made, about)
    made[bundle.SIGNATURE] = str(_signed(session, settings, made[bundle.MANIFEST])).encode()
    return made


def _signed(session: Session, settings: Settings, manifest: bytes) -> Note:
    key = NoteKey.read(log_tree.keys(session)[0])
    text = _said_of(manifest)
    line = sign(text, key, lambda held: seals.signature_by(settings.data, seals.LOG, held))
    return Note(text, (line,))


def _said_of(manifest: bytes) -> str:
    return f"{_FIRST_LINE}\n{sha256(manifest).hexdigest()}\n"


def _page(made: Mapping[str, bytes], provider: str, day: str) -> bytes:
    entries = all_entries(made)
    held = {
        "made": day,
        "checkpoint": made["log/checkpoint"].decode(),
        "keys": made["log/key"].decode().splitlines(),
        "entries": [one.decode() for one in entries],
    }
    page = (resources("lms.formats") / "bundle_page.html").read_text("utf-8")
    # In a script, "<" could end it.
    data = json.dumps(held).replace("<", "\\u003c")
    words = {"PROVIDER": html.escape(provider), "MADE": day, "SIZE": str(len(entries))}
    for name, word in words.items():
        page = page.replace(f"__{name}__", word)
    return page.replace("__DATA__", data).encode()


def all_entries(made: Mapping[str, bytes]) -> list[bytes]:
    """Every entry of the log in a bundle, in order."""
    start = "log/tile/entries/"
    names = [name for name in made if name.startswith(start)]
    return [one for name in sorted(names, key=_number) for one in entries_in(made[name])]


def _number(name: str) -> int:
    parts = name.removeprefix("log/tile/entries/").split(".p/")[0].split("/")
    return int("".join(part.removeprefix("x") for part in parts))


def is_sealed(made: Mapping[str, bytes], key: NoteKey) -> bool:
    """True when that key signed the manifest of a bundle. Raises BrokenNote."""
    note = read_note(made.get(bundle.SIGNATURE, b""))
    is_this = note.text == _said_of(made[bundle.MANIFEST])
    return is_this and note.signed_by(key, seals.holds) is not None
