"""``lms content``: check the files, publish them as an edition."""

from datetime import UTC, datetime
from pathlib import Path

import click

from lms.cli.shop import Refusal, Shop, answer, data_option, json_option, now, open_shop, say
from lms.content.check import check as check_tree
from lms.content.findings import Finding
from lms.content.places import content_root
from lms.content.plain import mend
from lms.content.tree import read
from lms.records import shelf


def publish_tree(shop: Shop, root: Path | None = None) -> None:
    """Publish the tree, unless it has errors. Raises Refusal."""
    reading = read(root or content_root())
    errors = [finding for finding in reading.findings if finding.severity == "error"]
    if errors:
        raise Refusal(
            "The content has errors, so nothing was published:\n  "
            + "\n  ".join(str(error) for error in errors[:20])
        )
    with shop.database.writing() as session:
        publication, fresh = shelf.publish(session, now(), reading.editions)
        session.commit()
    say(f"Publication {publication} is current; {fresh} editions are new.")


@click.group()
def content() -> None:
    """Modules, quizzes, rubrics and role-plays."""


_ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with curriculum/ and assessments/; the installed one if left out.",
)


@content.command()
@_ROOT
@click.option("--fix", is_flag=True, help="First mend what is safe: line ends, tabs, stray spaces.")
@json_option
def check(root: Path | None, fix: bool, as_json: bool) -> None:
    """Check all content. Each finding names file, line, field, fault and remedy; exit 1 on errors.

    \b
    lms content check
    lms content check --root ~/our-curriculum --json
    lms content check --fix
    """
    place = root or content_root()
    for name in mend(place) if fix else ():
        say(f"Mended {name}.")
    findings = check_tree(place, today=datetime.now(UTC).date())
    answer([_plain(f) for f in findings], as_json, [str(f) for f in findings])
    errors = sum(f.severity == "error" for f in findings)
    say(f"{errors} errors, {len(findings) - errors} warnings.")
    if errors:
        raise click.exceptions.Exit(1)


def _plain(finding: Finding) -> dict[str, str | int]:
    return {
        "file": finding.file,
        "line": finding.line,
        "field": finding.field,
        "fault": finding.fault,
        "remedy": finding.remedy,
        "severity": finding.severity,
    }


@content.command()
@data_option
@_ROOT
def publish(data: Path, root: Path | None) -> None:
    """Make the files the current edition. People half-way through finish the one they began.

    \b
    lms content publish
    lms content publish --root ~/our-curriculum
    """
    publish_tree(open_shop(data), root)
