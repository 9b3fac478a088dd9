"""``lms keys``: which keys sign here, letting a new one follow, noting that they were copied."""

from datetime import UTC, datetime
from pathlib import Path

import click

from lms.cli.talk import Refusal, answer, data_option, json_option, now, say
from lms.config import load
from lms.formats import key_ring, pades, seals

PURPOSES = {
    seals.CREDENTIALS: "credentials and status lists",
    seals.LOG: "the public log",
    seals.SHEETS: "result sheets of boards",
}


@click.group()
def keys() -> None:
    """The keys that sign certificates, sheets and the log (docs/keys.md)."""


@keys.command(name="list")
@data_option
@json_option
def list_(data: Path, as_json: bool) -> None:
    """Show every key: what it signs, its name, since when, and the earlier ones that still verify.

    \b
    lms keys list
    """
    folder = load(data).data
    try:
        rows = [_row(folder, purpose) for purpose in PURPOSES]
    except seals.NoKey as stop:
        raise Refusal(str(stop)) from stop
    told = "{purpose:13} {key}  since {since}  earlier: {earlier}"
    lines = [told.format_map(row | {"earlier": row["earlier"] or "none"}) for row in rows]
    answer(rows, as_json, [*lines, _copied(folder)])


def _row(folder: Path, purpose: str) -> dict[str, object]:
    made = seals.place(folder, purpose).stat().st_mtime if _is_there(folder, purpose) else 0
    return {
        "purpose": purpose,
        "signs": PURPOSES[purpose],
        "key": seals.public_id(folder, purpose),
        "since": datetime.fromtimestamp(made, UTC).date().isoformat(),
        "earlier": [seals.raw_id(public) for public in key_ring.earlier(folder, purpose)],
    }


def _is_there(folder: Path, purpose: str) -> bool:
    return seals.place(folder, purpose).exists()


def _copied(folder: Path) -> str:
    at = key_ring.copied_at(folder)
    if at is None:
        return "Nobody noted yet that the keys were copied away: lms keys copied"
    return f"Copied away on {at.date().isoformat()}."


@keys.command()
@click.argument("purpose", type=click.Choice(list(PURPOSES)))
@data_option
@click.confirmation_option(prompt="Let a new key sign from now on?")
def follow(purpose: str, data: Path) -> None:
    """Make a new key that signs from now on. What the old one signed goes on verifying.

    Copy keys/ away afterwards, and restart nothing: the next signature takes the new key.

    \b
    lms keys follow credentials
    """
    folder = load(data).data
    try:
        name = key_ring.follow(folder, purpose)
    except seals.NoKey as stop:
        raise Refusal(str(stop)) from stop
    say(f"The key {name} signs {PURPOSES[purpose]} from now on. Copy {folder / 'keys'} away.")


@keys.command()
@data_option
def pdf(data: Path) -> None:
    """Make a key that signs the PDFs themselves (PAdES), vouched for by the school alone.

    Optional; needs peerpath[pades]. A key that you have already goes to keys/pdf.p12 instead, its
    password into LMS_PDF_KEY_PASSWORD. Papers that are printed already stay as they are.

    \b
    lms keys pdf
    """
    settings = load(data)
    trust = pades.make(settings.data, settings.provider.name, settings.pdf_key_password, now())
    say(f"Papers are signed from now on. Boards that want to trust it load {trust}.")


@keys.command()
@data_option
def copied(data: Path) -> None:
    """Note that you copied keys/ to a safe place just now; lms doctor reminds you when it is old.

    \b
    lms keys copied
    """
    key_ring.note_copied(load(data).data)
    say("Noted. Nobody but you can say where the copy is: write that down, too.")
