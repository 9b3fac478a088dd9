"""What every command stands on: the folder option, settings, database, output."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from lms.config import Settings, load
from lms.models.database import Database
from lms.records.office import Office
from lms.records.shelf import Shelf

Command = TypeVar("Command", bound=Callable[..., Any])


class Refusal(Exception):
    """A command cannot do what was asked; the message says what, why, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Shop:
    """One installation, as commands know it."""

    settings: Settings
    database: Database
    shelf: Shelf
    office: Office


def data_option(command: Command) -> Command:
    """``--data DIR``: the folder that holds everything of an installation."""
    return click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="LMS_DATA",
        default=Path("instance"),
        show_default=True,
        help="The folder that holds everything.",
    )(command)


def json_option(command: Command) -> Command:
    """``--json``: the answer as JSON."""
    return click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")(command)


def open_shop(data: Path) -> Shop:
    """Read the settings and open the database, to the end of the command.

    Raises SettingsFault or Unavailable.
    """
    settings = load(data)
    database = Database(settings.database_url)
    if command := click.get_current_context(silent=True):
        command.call_on_close(database.close)
    office = Office(settings.provider, settings.base_url, settings.timezone, settings.demo)
    return Shop(settings, database, Shelf(database), office)


def now() -> datetime:
    """The moment of this command."""
    return datetime.now(UTC)


def say(words: str) -> None:
    """Talk goes to stderr, so that stdout holds data only."""
    click.echo(words, err=True)


def say_fault(words: str) -> None:
    """A fault, marked as one."""
    click.echo(f"error: {words}", err=True)


def answer(value: Any, as_json: bool, lines: list[str]) -> None:
    """Print data: as JSON, or as lines."""
    text = json.dumps(value, indent=2, ensure_ascii=False, default=str)
    click.echo(text if as_json else "\n".join(lines))
