"""``lms content publish`` and ``move``: a new edition, and people who go over to it."""

from pathlib import Path

import click
from sqlalchemy import select

from lms.cli.shop import Shop, open_shop
from lms.cli.talk import Refusal, answer, data_option, json_option, now, root_option, say
from lms.content.cache import read_again
from lms.content.library import assemble
from lms.content.places import content_root
from lms.content.tree import Reading
from lms.models.people import Cohort
from lms.records import publishing, shelf
from lms.records.publishing import Plan
from lms.records.shelf import NothingPublished


def publish_tree(shop: Shop, root: Path | None = None) -> None:
    """Publish the tree, unless it has errors or would break someone. Raises Refusal."""
    reading = _sound(root)
    made = _plan(shop, reading)
    if made is not None:
        _refuse(made)
        for line in _lines(made):
            say(line)
    with shop.database.writing() as session:
        publication, fresh = shelf.publish(session, now(), reading.editions)
        session.commit()
    say(f"Publication {publication} is current; {fresh} editions are new.")


def _sound(root: Path | None) -> Reading:
    reading = read_again(root or content_root())
    if errors := reading.errors:
        raise Refusal(
            "The content has errors, so nothing was published:\n  "
            + "\n  ".join(str(error) for error in errors[:20])
        )
    return reading


def _plan(shop: Shop, reading: Reading) -> Plan | None:
    """What publishing would change, or None when nothing was published before."""
    try:
        current = shop.shelf.current()
    except NothingPublished:
        return None
    with shop.database.reading() as session:
        return publishing.plan(session, current, assemble(reading.editions))


def _refuse(made: Plan) -> None:
    if made.stops:
        raise Refusal("Nothing was published:\n  " + "\n  ".join(made.stops))


def _lines(made: Plan) -> list[str]:
    if not made.changes:
        return ["Nothing changes for anyone."]
    told = [f"{change.about}: {change.words}." for change in made.changes]
    half_way = [f"{row.people} in “{row.program}”" for row in made.touched]
    if half_way:
        told.append(
            f"Half-way: {', '.join(half_way)}. They finish the edition they began; "
            "to take a cohort over: lms content move"
        )
    return told


@click.command()
@data_option
@root_option
@click.option("--dry-run", is_flag=True, help="Only say what would change, and whom it touches.")
@json_option
def publish(data: Path, root: Path | None, dry_run: bool, as_json: bool) -> None:
    """Make the files the current edition. People half-way through finish the one they began.

    \b
    lms content publish --dry-run
    lms content publish
    lms content publish --root ~/our-curriculum
    """
    shop = open_shop(data)
    if not dry_run:
        publish_tree(shop, root)
        return
    made = _plan(shop, _sound(root))
    plan = made or Plan((), (), ())
    told = {
        "changes": [{"about": c.about, "words": c.words} for c in plan.changes],
        "touched": [{"program": t.program, "people": t.people} for t in plan.touched],
        "stops": list(plan.stops),
    }
    lines = _lines(plan) if made else ["Nothing was published before, so everything is new."]
    answer(told, as_json, [*lines, *(f"Refused: {stop}" for stop in plan.stops)])
    if plan.stops:
        raise click.exceptions.Exit(1)


@click.command()
@click.option("--cohort", required=True, help="Title of the cohort.")
@data_option
def move(cohort: str, data: Path) -> None:
    """Take the people of a cohort over to the current edition; what they did stays done.

    Whoever has a quiz or role-play under way stays until it is decided: run it again then.

    \b
    lms content move --cohort "Spring 2026"
    """
    shop = open_shop(data)
    publication = shop.shelf.current_id()
    library = shop.shelf.current()
    with shop.database.writing() as session:
        cohorts = session.scalars(select(Cohort).where(Cohort.title == cohort.strip())).all()
        if not cohorts:
            raise Refusal(f"There is no cohort “{cohort}”. Write its title as on the desk.")
        if cohorts[0].program_id not in library.programs:
            raise Refusal(f"The current edition has no program {cohorts[0].program_id}.")
        moved = publishing.move(session, now(), library, publication, cohorts)
        session.commit()
    say(f"{moved.moved} people moved to publication {publication}.")
    if moved.busy:
        say(f"{moved.busy} stay for now: a quiz or role-play of theirs is under way.")
