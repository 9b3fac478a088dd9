"""The ``lms`` command: one file per noun of commands."""

import sys
from importlib import import_module

import click

from lms.cli.talk import Lazy, say_fault

COMMANDS = {
    name: f"lms.cli.{place}"
    for name, place in {
        "init": "init",
        "serve": "serve",
        "work": "serve",
        "demo": "demo",
        "doctor": "doctor",
        "user": "user",
        "content": "content",
        "packs": "packs",
        "cert": "cert",
        "log": "log",
        "archive": "archive",
        "keys": "keys",
        "look": "look",
        "bench": "bench",
        "sheet": "sheet",
        "witness": "witness",
        "db": "db",
        "version": "init",
    }.items()
}


@click.group(
    cls=Lazy,
    found_in=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="peerpath", message="%(version)s")
def lms() -> None:
    """Peerpath: training, assessment, hours and certificates for peer support specialists.

    \b
    Look at it with made-up people:   lms demo
    Begin for real:                   lms init, then lms user add, then lms serve
    """


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
    except Exception as fault:
        # Knowing all kinds of faults means importing what can raise them, so only when one is here.
        sentence = import_module("lms.cli.faults").sentence(fault)
        if sentence is None:
            raise
        say_fault(sentence)
        sys.exit(1)
