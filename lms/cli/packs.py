"""``lms packs``: what boards ask for, as their requirement packs say it."""

from dataclasses import asdict
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path

import click

from lms.cli.content import plain
from lms.cli.talk import Lazy, Refusal, answer, json_option, root_option, say
from lms.content.cache import read_again
from lms.content.check import check as check_tree
from lms.content.editions import Kind
from lms.content.library import Library, assemble
from lms.content.places import content_root
from lms.domain.packs import Pack, Version
from lms.formats.pack_text import WARNING, described

_SHELF = "curriculum/requirements/"


@click.group(
    cls=Lazy,
    found_in={"diff": "lms.cli.packs_compared", "evaluate": "lms.cli.packs_evaluated"},
)
def packs() -> None:
    """Requirement packs: what each board asks for, in dated versions. The board decides."""


def library(root: Path | None) -> Library:
    """Everything that the files hold. Raises Refusal when they have errors."""
    reading = read_again(root or content_root())
    if reading.errors:
        raise Refusal("The content has errors, so no pack can be told: lms content check")
    return assemble(reading.editions)


def pack_of(held: Library, name: str) -> Pack:
    """The pack of an id. Raises Refusal with the nearest one."""
    if name not in held.packs:
        close = get_close_matches(name, sorted(held.packs), 1)
        meant = f" Did you mean {close[0]}?" if close else ""
        raise Refusal(f"There is no pack {name}.{meant} See them all: lms packs show")
    return held.packs[name]


def version_of(pack: Pack, name: str | None, day: date) -> Version:
    """The version of that id, else the one in force on a day. Raises Refusal with those known."""
    if name is None:
        return pack.version(day)
    for version in pack.versions:
        if version.id == name:
            return version
    known = ", ".join(version.id for version in pack.versions)
    raise Refusal(f"{pack.id} has no version {name}. Its versions are {known}.")


def day_of(on: datetime | None) -> date:
    """The day asked about; today, if none is named."""
    return (on or datetime.now(UTC)).date()


@packs.command()
@root_option
@json_option
def check(root: Path | None, as_json: bool) -> None:
    """Check the packs alone. A finding names file, line, field, fault, remedy; exit 1 on errors.

    \b
    lms packs check
    lms packs check --root ~/our-curriculum --json
    """
    place = root or content_root()
    today = datetime.now(UTC).date()
    findings = [f for f in check_tree(place, today) if f.file.startswith(_SHELF)]
    answer([plain(f) for f in findings], as_json, [str(f) for f in findings])
    held = [e.body["versions"] for e in read_again(place).editions if e.kind == Kind.PACK]
    errors = sum(f.severity == "error" for f in findings)
    say(
        f"{len(held)} packs with {sum(map(len, held))} versions can be read. "
        f"{errors} errors, {len(findings) - errors} warnings."
    )
    if errors:
        raise click.exceptions.Exit(1)


@packs.command()
@click.argument("pack", required=False)
@click.option("--version", "name", help="Which version; the one in force, if left out.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day; today, if left out.")
@root_option
@json_option
def show(
    pack: str | None, name: str | None, on: datetime | None, root: Path | None, as_json: bool
) -> None:
    """Show what a pack asks, with source, day checked and confidence; or list all packs.

    \b
    lms packs show
    lms packs show md-cprs
    lms packs show md-cprs --version older
    lms packs show md-cprs --on 2024-05-01 --json
    """
    held, day = library(root), day_of(on)
    if pack is None:
        _list(held, day, as_json)
        return
    found = pack_of(held, pack)
    version = version_of(found, name, day)
    fields = ("id", "title", "body", "jurisdiction", "credential", "accepts_others", "columns")
    told = {field: getattr(found, field) for field in fields}
    told |= {"version": asdict(version), "warning": WARNING}
    answer(told, as_json, described(found, version))
    others = [v.id for v in found.versions if v.id != version.id]
    if others:
        say(f"Other versions: {', '.join(others)}")


def _list(held: Library, day: date, as_json: bool) -> None:
    rows, lines = [], []
    for name, pack in sorted(held.packs.items()):
        version = pack.version(day)
        rows.append(
            {"id": name, "title": pack.title, "jurisdiction": pack.jurisdiction}
            | {"version": version.id, "status": version.status, "as_of": version.as_of}
            | {"confidence": version.confidence}
        )
        lines.append(
            f"{name:18} {pack.title}: version {version.id}, {version.status}, "
            f"checked {version.as_of}, confidence {version.confidence}"
        )
    answer(rows, as_json, lines)
    say(f"{len(rows)} packs. {WARNING}")
