"""One installation, as commands know it: settings, database, shelf, office."""

from dataclasses import dataclass
from pathlib import Path

import click

from lms.config import Settings, load
from lms.models.database import Database
from lms.records.office import Office, office_of
from lms.records.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Shop:
    """What a command works on."""

    settings: Settings
    database: Database
    shelf: Shelf
    office: Office


def open_shop(data: Path) -> Shop:
    """Read the settings and open the database, to the end of the command.

    Raises SettingsFault or Unavailable.
    """
    settings = load(data)
    database = Database(settings.database_url)
    if command := click.get_current_context(silent=True):
        command.call_on_close(database.close)
    return Shop(settings, database, Shelf(database), office_of(settings))
