"""``lms look``: whether a designer's templates print everything that a board needs."""

from pathlib import Path

import click

from lms.cli.talk import Refusal, answer, data_option, json_option, say
from lms.config import load
from lms.formats import looks, papers


@click.group()
def look() -> None:
    """The look of papers (docs/look.md)."""


@look.command()
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A look that is not in the data folder yet.",
)
@data_option
@json_option
def check(folder: Path | None, data: Path, as_json: bool) -> None:
    """Print samples in both languages and with hard names, and name every line that is missing.

    Exit 0 only when nothing is.

    \b
    lms look check
    lms look check --folder my-look
    """
    if fault := papers.ready():
        raise Refusal(fault)
    try:
        found = looks.read(folder) if folder else looks.look_of(load(data).data)
    except looks.NoLook as stop:
        raise Refusal(str(stop)) from stop
    say(f"Printing samples of {found.template} …")
    missing = list(looks.faults(found, looks.samples()))
    lines = missing or [f"{found.template}: everything a board needs is there."]
    answer({"look": found.template, "faults": missing}, as_json, lines)
    if missing:
        raise click.exceptions.Exit(1)
