"""Whether everything written is met by someone: files, items, and the work between the lines."""

import re
from collections.abc import Iterator

from lms.content.documents import SECTION, Document, Tree
from lms.content.editions import Kind
from lms.content.findings import Finding

_PRACTICE = re.compile(r"^/{3,}\s*(?:try|reflect)\b", re.M)
_ABOUT = re.compile(r"\b[Aa]bout (\d+) minutes?\b")
_TAKES = re.compile(r"\btakes about (\d+) minutes?\b")
WORDS_A_MINUTE = 175
"""The pace at which we tell reading time (lms.domain.curriculum.Section.minutes)."""


def faults(tree: Tree) -> Iterator[Finding]:
    """Files nothing leads to, items no quiz can draw, sections without practice, wrong minutes."""
    if len(tree.sound) == len(tree.documents):
        yield from _orphans(tree)
    for bank in tree.of(Kind.BANK):
        yield from _undrawn(tree, bank)
    for section in tree.of(SECTION):
        if not _PRACTICE.search(section.text):
            fault, remedy = "The section has nothing to do in it", "Add a block try or reflect"
            yield section.text_finding(0, fault, remedy, "warning")
        # A section's note may speak of its heavy part alone, so any shorter time is right.
        yield from _minutes(section, tree.rendered[section.id].words, _ABOUT, of_a_part=True)
    for module in tree.of(Kind.MODULE):
        words = sum(tree.rendered[section.id].words for section in tree.sections(module.id))
        yield from _minutes(module, words, _TAKES)


def _minutes(
    document: Document, words: int, said: re.Pattern[str], of_a_part: bool = False
) -> Iterator[Finding]:
    """A note gives a time near that of the words, or any shorter one when it is of a part."""
    found = said.search(document.body.get("content_note", ""))
    minutes = max(1, round(words / WORDS_A_MINUTE))
    near = max(1, minutes // 5)
    least = 1 if of_a_part else minutes - near
    if found and not least <= int(found[1]) <= minutes + near:
        fault = f"The note says about {found[1]} minutes, and its words take about {minutes}"
        yield document.finding(("content_note",), fault, "Say the minutes as they are", "warning")


def _orphans(tree: Tree) -> Iterator[Finding]:
    used = set(_led_to(tree))
    ways = {
        Kind.MODULE: "no program teaches it",
        Kind.BANK: "no quiz draws from it",
        Kind.QUIZ: "no program requires it",
        Kind.RUBRIC: "no role-play uses it",
        Kind.ROLE_PLAY: "no program requires it and no session practices it",
        Kind.GUIDE: "no program plans it",
    }
    for kind, why in ways.items():
        for document in tree.of(kind):
            if (kind, document.id) not in used:
                fault = f"Nobody will meet this: {why}"
                yield document.finding((), fault, "Lead to it, or take it out", "warning")


def _led_to(tree: Tree) -> Iterator[tuple[str, str]]:
    for program in tree.of(Kind.PROGRAM):
        requires = program.body["requires"]
        yield from ((Kind.MODULE, name) for name in program.body["modules"])
        yield from ((Kind.GUIDE, name) for name in program.body.get("sessions", ()))
        yield from ((Kind.QUIZ, name) for name in requires.get("quizzes", ()))
        yield from ((Kind.QUIZ, name) for name in requires.get("exams", ()))
        yield from ((Kind.ROLE_PLAY, name) for name in requires.get("role_plays", ()))
    for guide in tree.of(Kind.GUIDE):
        yield from ((Kind.ROLE_PLAY, name) for name in guide.body.get("role_plays", ()))
    for quiz in tree.of(Kind.QUIZ):
        yield from ((Kind.BANK, draw["bank"]) for draw in quiz.body.get("draw", ()))
    for scenario in tree.of(Kind.ROLE_PLAY):
        yield Kind.RUBRIC, scenario.body["rubric"]


def _undrawn(tree: Tree, bank: Document) -> Iterator[Finding]:
    """Items of a type that no draw takes; a bank without any quiz is said as a file."""
    draws = [
        draw.get("type", "")
        for quiz in tree.of(Kind.QUIZ)
        for draw in quiz.body.get("draw", ())
        if draw["bank"] == bank.id
    ]
    if not draws or "" in draws:
        return
    for number, item in enumerate(bank.body["items"]):
        if item["type"] not in draws:
            fault = f"No quiz draws {item['type']} items, so this one is never asked"
            remedy = "Draw its type, or any type, in a quiz of this bank"
            yield bank.finding(("items", number, "type"), fault, remedy, "warning")
