"""``lms demo``: a small made-up school, served at once."""

from pathlib import Path

import click

from lms.cli import serve
from lms.cli.shop import data_option


@click.command()
@data_option
@click.option("--port", default=8000, show_default=True)
def demo(data: Path, port: int) -> None:
    """."""
    serve.run(None, "127.0.0.1", port, 1)  # type: ignore
