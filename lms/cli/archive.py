"""``lms archive``: a sealed bundle by which certificates can be checked when we are gone."""

import json
from pathlib import Path

import click

from lms.cli.shop import open_shop
from lms.cli.talk import Refusal, answer, data_option, json_option, now, say
from lms.domain.notes import BrokenNote, NoteKey
from lms.formats import bundle, seals
from lms.jobs import sealing_archive
from lms.jobs import translog as publishing
from lms.records.log_publishing import Stale


@click.group()
def archive() -> None:
    """Sealed bundles of the public log, for boards to keep."""


@archive.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="A new folder, or a new file that ends in .zip.",
)
@data_option
def seal(out: Path, data: Path) -> None:
    """Write a bundle a board can keep: log, keys, status lists, and pages that check without us.

    It holds no name. Do it once a year, and give it to whoever relies on the certificates.

    \b
    lms archive seal --out peerpath-2026.zip
    """
    shop = open_shop(data)
    try:
        publishing.publish(shop.settings, shop.database, now)
        with shop.database.reading() as session:
            made = sealing_archive.files_of(session, shop.settings, now())
        bundle.write(made, out)
    except (Stale, seals.NoKey, bundle.NoBundle) as stop:
        raise Refusal(str(stop)) from stop
    say(f"Sealed: {out}, {len(made)} files.")


@archive.command()
@click.argument("place", type=click.Path(exists=True, path_type=Path))
@click.option("--key", default="", help="The line of the log's key, from a source you trust.")
@json_option
def verify(place: Path, key: str, as_json: bool) -> None:
    """Say whether a bundle is whole and sealed by the log's key. Needs no installation.

    \b
    lms archive verify peerpath-2026.zip --key "log.example+1a2b3c4d+AQ…"
    """
    try:
        made = bundle.read(place)
        named = key or made.get("log/key", b"").decode().splitlines()[0]
        is_sealed = sealing_archive.is_sealed(made, NoteKey.read(named))
    except (bundle.NoBundle, BrokenNote, LookupError, UnicodeDecodeError) as stop:
        raise Refusal(f"Not sealed as it should be. {stop}") from stop
    if not is_sealed:
        raise Refusal("Another key sealed this bundle, or its manifest was changed.")
    about = json.loads(made[bundle.MANIFEST])
    lines = [
        f"Whole, and sealed by {named}.",
        f"{about['school']}, {about['made_at']}, {about['log_size']} entries.",
        *([] if key else ["The key was taken from the bundle: compare it with one you trust."]),
    ]
    answer({"sealed": True, "key": named, **about}, as_json, lines)
