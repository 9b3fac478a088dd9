"""Programs and live sessions: whether what they ask for can be done."""

import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from typing import Final

from lms.content.checks.references import REQUIRED
from lms.content.documents import Document, Tree
from lms.content.editions import Kind
from lms.content.findings import Finding
from lms.domain.paper_words import Words, telling

PARTS: Final = {
    "Exercise": "Write at least one part that begins ## Exercise:",
    "Handout": "Write at least one part that begins ## Handout:",
    "What to watch for": "Write a part ## What to watch for",
}
"""Headings of a trainer's guide, and what to do when one is missing."""


def faults(tree: Tree) -> Iterator[Finding]:
    """Things required outside their program, too little live time, circles, guides half written."""
    for program in tree.of(Kind.PROGRAM):
        yield from _required(tree, program)
        yield from _live(tree, program)
        yield from _renewal(program)
        yield from _wordings(program)
    yield from _circles(tree)
    for guide in tree.of(Kind.GUIDE):
        yield from _guide(guide)


def _required(tree: Tree, program: Document) -> Iterator[Finding]:
    for key, kind in REQUIRED.items():
        for number, name in enumerate(program.body["requires"].get(key, ())):
            asked = tree.one(kind, name)
            if asked is not None:
                yield from _fits(program, asked, ("requires", key, number))


def _fits(program: Document, asked: Document, place: tuple[str, str, int]) -> Iterator[Finding]:
    is_exam = "program" in asked.body
    if is_exam != (place[1] == "exams"):
        fault = f'"{asked.id}" is {"an exam" if is_exam else "no exam"}'
        yield program.finding(place, fault, "List exams under exams, and quizzes under quizzes")
    elif is_exam and asked.body["program"] != program.id:
        fault = f'"{asked.id}" is the exam of the program {asked.body["program"]}'
        yield program.finding(place, fault, "Name an exam of this program")
    elif not is_exam and asked.body["module"] not in program.body["modules"]:
        fault = f'"{asked.id}" belongs to module {asked.body["module"]}, not in the program'
        remedy = "Add the module to the program, or do not require this"
        yield program.finding(place, fault, remedy)


def _live(tree: Tree, program: Document) -> Iterator[Finding]:
    guides = [tree.one(Kind.GUIDE, name) for name in program.body.get("sessions", ())]
    if not guides or None in guides:
        return
    planned = sum(_minutes(guide) for guide in guides if guide is not None)
    asked = program.body["requires"].get("live_minutes", 0)
    if asked > planned:
        fault = f"The program asks for {asked} live minutes, and its sessions give {planned}"
        remedy = "Ask for no more, or add a session"
        yield program.finding(("requires", "live_minutes"), fault, remedy)


def _renewal(program: Document) -> Iterator[Finding]:
    renewal = program.body.get("renewal")
    if renewal is None:
        return
    if "valid_months" not in program.body:
        fault = "A certificate that never ends cannot be renewed"
        yield program.finding(("renewal",), fault, "Give valid_months, or take renewal out")
    if renewal.get("live_minutes", 0) > renewal["minutes"]:
        fault = "More live minutes are asked than minutes in all"
        yield program.finding(("renewal", "live_minutes"), fault, "Ask for no more than minutes")


def _wordings(program: Document) -> Iterator[Finding]:
    """A neutral wording is no use when it tells."""
    for name, wording in program.body.get("wordings", {}).items():
        if Words(name).is_neutral:
            lines = (wording["title"], wording["statement"], *wording["objectives"])
            for line in telling(lines):
                fault = f"This neutral wording says what the training is about: {line[:60]}"
                yield program.finding(("wordings", name), fault, "Say it in plainer words")


def _minutes(guide: Document) -> int:
    return sum(part["minutes"] for part in guide.body["plan"] if not part.get("pause", False))


def _circles(tree: Tree) -> Iterator[Finding]:
    modules = {module.id: module for module in tree.of(Kind.MODULE)}
    needs = {name: module.body.get("needs", ()) for name, module in modules.items()}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as stop:
        circle = list(reversed(stop.args[1]))
        first = modules[circle[0]]
        fault = f"The modules wait for each other: {', then '.join(circle)}"
        yield first.finding(("needs",), fault, "Take one of them out of needs")


def _guide(guide: Document) -> Iterator[Finding]:
    total = sum(guide.body["topics"].values())
    if total != 100:
        fault = f"The topics add up to {total} percent"
        yield guide.finding(("topics",), fault, "Share exactly 100 percent among them")
    for heading, remedy in PARTS.items():
        if not re.search(rf"^## {heading}\b", guide.text, re.M):
            fault = f'The guide has no part "{heading}"'
            yield guide.finding((), fault, remedy)
