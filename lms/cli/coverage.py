"""``lms content coverage``: what is taught, asked and judged, and the hours of each program."""

from pathlib import Path
from typing import Any

import click

from lms.cli.talk import Refusal, answer, json_option, root_option, say
from lms.content.cache import read_again
from lms.content.library import Library, assemble
from lms.content.offers import offer
from lms.content.places import content_root
from lms.domain.certificate import in_hours
from lms.domain.coverage import CategoryCovered, Offer, by_domain
from lms.domain.coverage import coverage as count


@click.command()
@root_option
@json_option
def coverage(root: Path | None, as_json: bool) -> None:
    """Sections, items and rubric criteria for each competency; hours by topic for each program.

    Gaps are marked; with any, the exit code is 1.

    \b
    lms content coverage
    lms content coverage --json
    """
    reading = read_again(root or content_root())
    if reading.errors:
        raise Refusal("The content has errors, so its coverage cannot be told: lms content check")
    library = assemble(reading.editions)
    rows = count(
        library.categories,
        library.modules.values(),
        library.banks.values(),
        library.rubrics.values(),
    )
    offers = {name: offer(library, name) for name in library.programs}
    told = {
        "categories": [_category(row) for row in rows],
        "programs": [_program(library, name, given) for name, given in offers.items()],
    }
    lines = [line for row in rows for line in _category_lines(row)]
    lines += [line for name, given in offers.items() for line in _lines(library, name, given)]
    answer(told, as_json, lines)
    gaps = sum(row.is_gap for row in rows)
    say(f"{sum(len(row.rows) for row in rows)} competencies; {gaps} categories with a gap.")
    if gaps:
        raise click.exceptions.Exit(1)


def _category(row: CategoryCovered) -> dict[str, Any]:
    competencies = [
        {"id": c.competency.id, "sections": c.sections, "items": c.items, "criteria": c.criteria}
        for c in row.rows
    ]
    return {"id": row.category.id, "is_gap": row.is_gap, "competencies": competencies}


def _category_lines(row: CategoryCovered) -> list[str]:
    lines = [f"{row.category.id}. {row.category.title}{'   GAP' if row.is_gap else ''}"]
    for c in row.rows:
        counts = f"{c.sections:3} sections {c.items:4} items {c.criteria:3} criteria"
        lines.append(f"  {c.competency.id:7}{counts}{'   GAP' if c.is_gap else ''}")
    return lines


def _program(library: Library, name: str, given: Offer) -> dict[str, Any]:
    schemes = {
        scheme.id: {
            row.domain.id if row.domain else "outside": row.self_paced + row.live
            for row in by_domain(scheme, given)
        }
        for scheme in library.schemes
    }
    return {
        "id": name,
        "self_paced_minutes": dict(given.self_paced),
        "live_minutes": dict(given.live),
        "schemes": schemes,
    }


def _lines(library: Library, name: str, given: Offer) -> list[str]:
    alone, live = sum(given.self_paced.values()), sum(given.live.values())
    parts = f"{in_hours(alone)} self-paced + {in_hours(live)} live"
    lines = ["", f"{library.programs[name].title}: {in_hours(given.minutes)} = {parts}"]
    for topic in library.topics.values():
        read, met = given.self_paced.get(topic.id, 0), given.live.get(topic.id, 0)
        if read or met:
            lines.append(f"  {topic.title:32}{in_hours(read):>12}{in_hours(met):>12} live")
    for scheme in library.schemes:
        lines.append(f"  By {scheme.title}:")
        for row in by_domain(scheme, given):
            title = row.domain.title if row.domain else "Outside these domains"
            lines.append(f"    {title:36}{in_hours(row.self_paced + row.live):>12}")
    return lines
