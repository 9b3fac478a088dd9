"""``lms packs diff``: what differs between two versions, or between two boards."""

from datetime import date
from pathlib import Path

import click

from lms.cli.packs import day_of, library, pack_of, version_of
from lms.cli.talk import Refusal, answer, json_option, root_option, say
from lms.content.library import Library
from lms.domain.differences import Change, Difference, differences
from lms.domain.packs import Version
from lms.formats.pack_text import WARNING

_BASIS = frozenset({"sources", "confidence", "recalled", "as_of", "note", "notes"})
"""What a rule rests on, and is not the rule."""

_SIGNS = {Change.ADDED: "+", Change.GONE: "-", Change.CHANGED: "~"}


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="ID VERSION VERSION | ID ID")
@click.option("--all", "everything", is_flag=True, help="Sources, notes and confidence too.")
@root_option
@json_option
def diff(names: tuple[str, ...], everything: bool, root: Path | None, as_json: bool) -> None:
    """Show what differs between two versions of a pack, the older first, or between two packs.

    A line begins with + for what is new, - for what is gone, ~ for what has another value.

    \b
    lms packs diff md-cprs older 2025
    lms packs diff pa-cps md-cprs
    lms packs diff pa-cps md-cprs --all --json
    """
    old, new = _two(library(root), names, day_of(None))
    found = [d for d in differences(old, new) if everything or d.where[-1] not in _BASIS]
    rows = [
        {"change": d.change, "where": list(d.where), "before": d.before, "after": d.after}
        for d in found
    ]
    told = {"from": _named(old), "to": _named(new), "differences": rows, "warning": WARNING}
    answer(told, as_json, [_line(each) for each in found])
    say(f"{len(found)} differences from {_named(old)} to {_named(new)}. {WARNING}")


def _two(held: Library, names: tuple[str, ...], today: date) -> tuple[Version, Version]:
    if len(names) == 3:
        pack = pack_of(held, names[0])
        return version_of(pack, names[1], today), version_of(pack, names[2], today)
    if len(names) == 2:
        return pack_of(held, names[0]).version(today), pack_of(held, names[1]).version(today)
    raise Refusal(
        "Name a pack and two of its versions, or two packs: lms packs diff md-cprs older 2025"
    )


def _named(version: Version) -> str:
    return f"{version.pack} {version.id}"


def _line(found: Difference) -> str:
    values = {
        Change.ADDED: found.after,
        Change.GONE: found.before,
        Change.CHANGED: f"{found.before} -> {found.after}",
    }
    return f"{_SIGNS[found.change]} {' > '.join(found.where)}: {values[found.change]}"
