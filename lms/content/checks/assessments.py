"""Quizzes and rubrics: whether what they promise can be done."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from lms.content.documents import Document, Tree
from lms.content.editions import Kind
from lms.content.findings import Finding

_LEVEL_NAME = re.compile(
    r"(?:level \d|harmful|unhelpful|not yet|competent|strong)\b[^.]{0,20}:", re.I
)


def faults(tree: Tree) -> Iterator[Finding]:
    """Draws too large, criteria and flags named twice."""
    for quiz in tree.of(Kind.QUIZ):
        yield from _draws(tree, quiz)
        yield from _areas(tree, quiz)
    for rubric in tree.of(Kind.RUBRIC):
        yield from _criteria(rubric)
        yield from _flags(rubric)


def _draws(tree: Tree, quiz: Document) -> Iterator[Finding]:
    """A quiz draws in order and without repeats, so each draw finds what the earlier ones left.

    The worst case counts: a draw of any type may have taken items of the type a later one asks for.
    """
    taken: dict[str, Counter[str]] = {}
    for number, draw in enumerate(quiz.body.get("draw", ())):
        bank = tree.one(Kind.BANK, draw["bank"])
        if bank is None:
            continue
        types = Counter(item["type"] for item in bank.body["items"])
        before = taken.setdefault(draw["bank"], Counter())
        wanted = draw.get("type", "")
        if wanted:
            left = types[wanted] - before[wanted] - before[""]
        else:
            left = types.total() - before.total()
        before[wanted] += draw["count"]
        if draw["count"] > left:
            kind = f"{wanted} items" if wanted else "items"
            fault = f"The quiz draws {draw['count']} {kind}, and {max(0, left)} are left"
            yield quiz.finding(("draw", number, "count"), fault, "Draw fewer, or write more items")


def _areas(tree: Tree, quiz: Document) -> Iterator[Finding]:
    """An exam asks of each area no more than half of what the program's banks hold for it.

    With less to draw from, everyone would meet the same items.
    """
    program = tree.one(Kind.PROGRAM, quiz.body.get("program", ""))
    areas = quiz.body.get("blueprint", ())
    if program is None:
        return
    taught = set(program.body["modules"])
    held = Counter(_areas_of_items(tree, areas, taught))
    seen: set[str] = set()
    for number, area in enumerate(areas):
        place = ("blueprint", number)
        if area["id"] in seen:
            fault = f'The area "{area["id"]}" stands twice'
            yield quiz.finding((*place, "id"), fault, "Give each area its own row")
        seen.add(area["id"])
        for where, name in enumerate(area.get("banks", ())):
            bank = tree.one(Kind.BANK, name)
            if bank is not None and bank.body["module"] not in taught:
                fault = f'The bank "{name}" is of no module of the program'
                yield quiz.finding((*place, "banks", where), fault, "Name a bank of the program")
        if area["count"] * 2 > held[area["id"]]:
            fault = f"The exam draws {area['count']} of {held[area['id']]} items of this area"
            remedy = "Draw at most half of them, or write more items"
            yield quiz.finding((*place, "count"), fault, remedy)


def _areas_of_items(tree: Tree, areas: Any, taught: set[str]) -> Iterator[str]:
    claimed = {bank: area["id"] for area in areas for bank in area.get("banks", ())}
    for bank in tree.of(Kind.BANK):
        if bank.body["module"] in taught:
            for item in bank.body["items"]:
                yield claimed.get(bank.id, item["competencies"][0].partition(".")[0])


def _criteria(rubric: Document) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, criterion in enumerate(rubric.body["criteria"]):
        place = ("criteria", number)
        if criterion["id"] in seen:
            fault = f'The criterion id "{criterion["id"]}" is used twice'
            yield rubric.finding((*place, "id"), fault, "Give each criterion its own id")
        seen.add(criterion["id"])
        for level, text in sorted(criterion["levels"].items()):
            if _LEVEL_NAME.match(text):
                fault = "The anchor repeats the name of the level, which the page says already"
                yield rubric.finding(
                    (*place, "levels", level), fault, "Begin with what one sees or hears", "warning"
                )
        for (_, lower), (level, text) in pairwise(sorted(criterion["levels"].items())):
            if lower.strip() == text.strip():
                fault = "The anchor is the same as that of the level below"
                yield rubric.finding(
                    (*place, "levels", level), fault, "Say what is seen at this level only"
                )


def _flags(rubric: Document) -> Iterator[Finding]:
    for number, criterion in enumerate(rubric.body["criteria"]):
        seen: set[str] = set()
        for place, flag in enumerate(criterion.get("red_flags", ())):
            if flag["id"] in seen:
                fault = f'The red flag id "{flag["id"]}" is used twice'
                where = ("criteria", number, "red_flags", place, "id")
                yield rubric.finding(where, fault, "Give each red flag of a criterion its own id")
            seen.add(flag["id"])
