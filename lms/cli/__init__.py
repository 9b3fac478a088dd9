"""The ``lms`` command: one file per noun of commands."""

import sys

import click
from sqlalchemy.exc import DBAPIError

from lms.cli import cert, content, db, demo, doctor, init, serve, user
from lms.cli.shop import Refusal, say_fault
from lms.config import SettingsFault
from lms.models.database import Unavailable
from lms.records.shelf import NothingPublished


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="peerpath", message="%(version)s")
def lms() -> None:
    """Peerpath: training, assessment, hours and certificates for peer support specialists.

    \b
    Look at it with made-up people:   lms demo
    Begin for real:                   lms init, then lms user add, then lms serve
    """


@lms.command()
def version() -> None:
    """Print the version."""
    click.echo(init.version())


for command in (init.init, serve.serve, serve.work, demo.demo, doctor.doctor):
    lms.add_command(command)
for group in (user.user, content.content, cert.cert, db.db):
    lms.add_command(group)


def _hint(fault: click.ClickException) -> str:
    context = fault.ctx if isinstance(fault, click.UsageError) else None
    return f" See: {context.command_path} --help" if context else ""


def main() -> None:
    """Run a command; what goes wrong is a sentence, never a traceback."""
    try:
        # Outside of its standalone mode click gives back the exit code that a command ended with.
        sys.exit(lms.main(prog_name="lms", standalone_mode=False))
    except click.exceptions.NoArgsIsHelpError as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except click.ClickException as fault:
        say_fault(fault.format_message() + _hint(fault))
        sys.exit(fault.exit_code)
    except click.Abort:
        say_fault("Stopped. Nothing more was changed.")
        sys.exit(130)
    except (Refusal, SettingsFault, Unavailable, NothingPublished, OSError) as fault:
        say_fault(str(fault))
        sys.exit(1)
    except DBAPIError as fault:
        say_fault(
            f"The database refused: {str(fault.orig).partition(chr(10))[0]}. Nothing was changed. "
            "Check that it is there, can be written, and is up to date: lms doctor"
        )
        sys.exit(1)
