"""``lms content``: check the files, and what stands on them."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from lms.cli.talk import Lazy, answer, json_option, root_option, say
from lms.content.cache import read_again
from lms.content.check import check as check_tree
from lms.content.check import recalled, to_review
from lms.content.findings import Finding
from lms.content.places import content_root
from lms.content.plain import mend


@click.group(
    cls=Lazy,
    found_in={
        "publish": "lms.cli.publish",
        "move": "lms.cli.publish",
        "coverage": "lms.cli.coverage",
        "new": "lms.cli.authoring",
        "preview": "lms.cli.authoring",
    },
)
def content() -> None:
    """Modules, quizzes, rubrics, role-plays and live sessions."""


@content.command()
@root_option
@click.option("--fix", is_flag=True, help="First mend what is safe: line ends, tabs, stray spaces.")
@click.option("--review", is_flag=True, help="List what a person should compare with its source.")
@json_option
def check(root: Path | None, fix: bool, review: bool, as_json: bool) -> None:
    """Check all content. Each finding names file, line, field, fault and remedy; exit 1 on errors.

    \b
    lms content check
    lms content check --root ~/our-curriculum --json
    lms content check --fix
    lms content check --review
    """
    place = root or content_root()
    if review:
        _review(place, as_json)
        return
    for name in mend(place) if fix else ():
        say(f"Mended {name}.")
    findings = check_tree(place, today=datetime.now(UTC).date())
    answer([plain(f) for f in findings], as_json, [str(f) for f in findings])
    errors = sum(f.severity == "error" for f in findings)
    say(f"{errors} errors, {len(findings) - errors} warnings.")
    if errors:
        raise click.exceptions.Exit(1)


def _review(root: Path, as_json: bool) -> None:
    """Claims never compared with a source first, then by the day they are due."""
    reading = read_again(root)
    rows = [asdict(fact) for fact in to_review(reading)]
    lines = [
        f"{row['file']}:{row['line']}: by {row['review_by']}: {row['claim']} ({row['source']}, "
        f"checked {row['checked_on']})"
        for row in rows
    ]
    unread = recalled(reading)
    if unread:
        lines.append(f"Competencies whose wording is recalled: {', '.join(unread)}")
    answer({"facts": rows, "recalled": unread} if as_json else rows, as_json, lines)
    say(f"{len(rows)} facts to keep; {len(unread)} competencies to compare with the publisher.")


def plain(finding: Finding) -> dict[str, str | int]:
    """A finding for ``--json``."""
    return {
        "file": finding.file,
        "line": finding.line,
        "field": finding.field,
        "fault": finding.fault,
        "remedy": finding.remedy,
        "severity": finding.severity,
    }
