"""Quizzes, rubrics and programs: whether what they promise can be done."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from lms.content.documents import Document, Tree
from lms.content.editions import Kind
from lms.content.findings import Finding

_LEVEL_NAME = re.compile(
    r"(?:level \d|harmful|unhelpful|not yet|competent|strong)\b[^.]{0,20}:", re.I
)


def faults(tree: Tree) -> Iterator[Finding]:
    """Draws too large, things required outside their program, criteria and flags named twice."""
    for quiz in tree.of(Kind.QUIZ):
        yield from _draws(tree, quiz)
    for rubric in tree.of(Kind.RUBRIC):
        yield from _criteria(rubric)
        yield from _flags(rubric)
    for program in tree.of(Kind.PROGRAM):
        yield from _required(tree, program)


def _draws(tree: Tree, quiz: Document) -> Iterator[Finding]:
    """A quiz draws in order and without repeats, so each draw finds what the earlier ones left.

    The worst case counts: a draw of any type may have taken items of the type a later one asks for.
    """
    taken: dict[str, Counter[str]] = {}
    for number, draw in enumerate(quiz.body["draw"]):
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


def _required(tree: Tree, program: Document) -> Iterator[Finding]:
    for key, kind in (("quizzes", Kind.QUIZ), ("role_plays", Kind.ROLE_PLAY)):
        for number, name in enumerate(program.body["requires"].get(key, ())):
            asked = tree.one(kind, name)
            if asked is not None and asked.body["module"] not in program.body["modules"]:
                fault = f'"{name}" belongs to module {asked.body["module"]}, not in the program'
                remedy = "Add the module to the program, or do not require this"
                yield program.finding(("requires", key, number), fault, remedy)
