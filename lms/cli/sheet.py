"""``lms sheet``: check a signed result sheet."""

from pathlib import Path

import click

from lms.cli.talk import Refusal, answer, data_option, json_option
from lms.config import load
from lms.formats import seals

_MOST_BYTES = 50_000_000


@click.group()
def sheet() -> None:
    """Result sheets of boards."""


@sheet.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--signature",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The signature, if it is not beside the file as FILE.sig.",
)
@data_option
@json_option
def verify(file: Path, signature: Path | None, data: Path, as_json: bool) -> None:
    """Say whether a sheet is byte for byte what we signed. Exit 0 only if it is.

    \b
    lms sheet verify peerpath-check-0a1b2c.pdf
    lms sheet verify sheet.csv --signature elsewhere.sig
    """
    beside = signature or file.with_name(f"{file.name}.sig")
    if not beside.is_file():
        raise Refusal(f"There is no signature {beside}. Name it with --signature.")
    if file.stat().st_size > _MOST_BYTES:
        raise Refusal(f"{file} is larger than 50 MB. Our sheets are far smaller: not ours.")
    folder = load(data).data
    try:
        found = seals.read(beside.read_bytes())
        seals.check(folder, seals.SHEETS, file.read_bytes(), found)
    except (seals.Broken, seals.NoKey) as stop:
        raise Refusal(str(stop)) from stop
    answer(
        {"file": file.name, "signed": True, "key": found.key_id, "sha256": found.file_digest},
        as_json,
        [f"{file.name} is byte for byte what we signed. Key {found.key_id}."],
    )
