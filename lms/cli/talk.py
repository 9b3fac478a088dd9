"""How commands talk: options they share, words to stderr, data to stdout. Imports nothing heavy."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import click

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class Refusal(Exception):
    """A command cannot do what was asked; the message says what, why, and how to mend it."""


class Lazy(click.Group):
    """A group whose commands are imported when they are asked for.

    A check of content then waits for no database, and a version for no PDF.
    """

    def __init__(self, *args: Any, found_in: Mapping[str, str], **kwargs: Any) -> None:
        """``found_in`` names the module of each command that is not added by hand."""
        super().__init__(*args, **kwargs)
        self.found_in = found_in

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in order."""
        return sorted({*self.found_in, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None; then all are there, for the nearest to be named."""
        for name in [cmd_name] if cmd_name in self.list_commands(ctx) else [*self.found_in]:
            if name in self.found_in and name not in self.commands:
                self.add_command(getattr(import_module(self.found_in[name]), name), name)
        return super().get_command(ctx, cmd_name)


def data_option(command: Decorated) -> Decorated:
    """``--data DIR``: the folder that holds everything of an installation."""
    return click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="LMS_DATA",
        default=Path("instance"),
        show_default=True,
        help="The folder that holds everything.",
    )(command)


def root_option(command: Decorated) -> Decorated:
    """``--root DIR``: where the content lies."""
    return click.option(
        "--root",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="The folder with curriculum/ and assessments/; the installed one if left out.",
    )(command)


def json_option(command: Decorated) -> Decorated:
    """``--json``: the answer as JSON."""
    return click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")(command)


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
