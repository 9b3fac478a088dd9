"""``lms db``: bring the database up to date, or say whether it is."""

from pathlib import Path

import click
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

import lms.migrations
from lms.cli.shop import open_shop
from lms.cli.talk import Refusal, data_option, say
from lms.formats import seals
from lms.models import Base
from lms.models.database import Database


def config() -> Config:
    """Where Alembic finds the migrations."""
    found = Config()
    found.set_main_option("script_location", str(Path(lms.migrations.__path__[0])))
    return found


def upgrade_to_head(database: Database) -> None:
    """Run every migration that is missing, in one transaction each."""
    how = config()
    with database.engine.connect() as connection:
        how.attributes["connection"] = connection
        command.upgrade(how, "head")


def revisions(database: Database) -> tuple[str | None, str | None]:
    """The revision the database is at, and the newest one."""
    newest = ScriptDirectory.from_config(config()).get_current_head()
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision(), newest


def refuse_unless_current(database: Database) -> None:
    """Raise Refusal when tables are missing or old."""
    at, newest = revisions(database)
    if at != newest:
        raise Refusal(
            f"The database is at {at or 'nothing'}, and this version needs {newest}. "
            "Back it up, then run: lms db upgrade"
        )


def drift(database: Database) -> list[str]:
    """What differs between the tables and the models, in words; empty when nothing does."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [str(difference) for difference in compare_metadata(context, Base.metadata)]


@click.group()
def db() -> None:
    """The database."""


@db.command()
@data_option
def upgrade(data: Path) -> None:
    """Bring the database up to date; nothing is lost, and running it again changes nothing.

    \b
    lms db upgrade
    """
    shop = open_shop(data)
    at, newest = revisions(shop.database)
    # Only those of newer versions: a log that was signed before must never get another key unseen.
    seals.make(data, seals.CREDENTIALS)
    upgrade_to_head(shop.database)
    say(f"The database is up to date ({newest})." if at == newest else f"Upgraded to {newest}.")


@db.command()
@data_option
def check(data: Path) -> None:
    """Say whether the database is up to date and matches the models. Exit 1 when not.

    \b
    lms db check
    """
    shop = open_shop(data)
    if not inspect(shop.database.engine).has_table("people"):
        raise Refusal("The database is empty. Make its tables with: lms db upgrade")
    refuse_unless_current(shop.database)
    if differences := drift(shop.database):
        raise Refusal("The tables differ from the models:\n  " + "\n  ".join(differences))
    say("The database is up to date.")
