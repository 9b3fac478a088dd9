"""``lms init``: make the folder, its secret, the database, and publish the content."""

from importlib.metadata import version as installed_version
from pathlib import Path

import click

from lms.cli import db
from lms.cli.publish import publish_tree
from lms.cli.shop import open_shop
from lms.cli.talk import data_option, say
from lms.config import make_folder
from lms.formats import seals


@click.command()
def version() -> None:
    """Print the version."""
    click.echo(installed_version("peerpath"))


@click.command()
@data_option
@click.option("--base-url", required=True, help="Address people will use: https://…")
@click.option(
    "--provider", required=True, help="Name of the training provider, as certificates print it."
)
@click.option("--timezone", default="America/New_York", show_default=True)
def init(data: Path, base_url: str, provider: str, timezone: str) -> None:
    """Make a new installation. Run again, it keeps what is there and mends what is missing.

    \b
    lms init --base-url https://training.example.org --provider "Riverside Recovery School"
    """
    values = {
        "LMS_BASE_URL": base_url,
        "LMS_PROVIDER_NAME": provider,
        "LMS_TIMEZONE": timezone,
    }
    make_folder(data, values)
    seals.make_all(data)
    shop = open_shop(data)
    db.upgrade_to_head(shop.database)
    publish_tree(shop)
    say(f"Ready: {data.resolve()}. Settings are in settings.env there.")
    say("Next: lms user add YOU@EXAMPLE.ORG --role operator    then: lms serve")
