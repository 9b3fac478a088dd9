"""What in one item gives its answer away, and advice that is not a peer's to give."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from lms.content.documents import Document, Tree
from lms.content.editions import Kind
from lms.content.findings import Finding
from lms.content.yaml_text import Place
from lms.domain.items import POINTS, ItemType

_WORD = re.compile(r"[a-z']+")
_LONG: Final = 7
_OFTEN: Final = 3
"""A word of so many letters, in no more items than that, is a clue if only stem and key share it.
"""

_ABSOLUTE = re.compile(r"\b(?:always|never|everyone|nobody|completely)\b", re.I)
_QUESTION = re.compile(r"[^.?!]*\?")
_NEGATIVE = re.compile(r"\bexcept\b|^\W*(?:which|what|who)\b[^?]*\b(?:not|never|least)\b", re.I)
_MEDICINE = r"(?:dose|doses|medicine|medicines|medication|medications|meds|pill|pills|tablets?)"
_WHOSE = r"(?:your|his|her|the|their)"
_TO_DO = "stop|skip|halve|double|take|start|lower|raise|change|cut|keep taking"
_ADVICE = re.compile(
    rf"\b(?:tell|advise|suggest|recommend)\w* \w+ (?:to )?(?:{_TO_DO}) [^.?!]*\b{_MEDICINE}\b"
    rf"|\b(?:stop|skip|halve|double|lower|raise|cut down on) {_WHOSE} {_MEDICINE}\b"
    r"|\byou (?:have|are|may have) (?:depression|ptsd|bipolar|psychosis|adhd)\b",
    re.I,
)


def faults(tree: Tree) -> Iterator[Finding]:
    """Flaws of the wording of items."""
    often = Counter(
        word
        for bank in tree.of(Kind.BANK)
        for item in bank.body["items"]
        for word in _long([item["stem"], *(option["text"] for option in item["options"])])
    )
    common = {word for word, items in often.items() if items > _OFTEN}
    for bank in tree.of(Kind.BANK):
        keyed = [
            (("items", n), item, key)
            for n, item in enumerate(bank.body["items"])
            if (key := key_of(item)) is not None
        ]
        for place, item, key in keyed:
            yield from _wording(bank, place, item, key, common)
        for n, item in enumerate(bank.body["items"]):
            yield from _negative(bank, ("items", n), item)


def key_of(item: dict[str, Any]) -> int | None:
    """The place of the one best option, or None for items that have no single one."""
    if item["type"] not in (ItemType.SINGLE, ItemType.SITUATIONAL):
        return None
    best = [
        n
        for n, option in enumerate(item["options"])
        if option.get("correct", False) or option.get("worth") == POINTS
    ]
    return best[0] if len(best) == 1 else None


def _wording(
    bank: Document, place: Place, item: dict[str, Any], key: int, common: set[str]
) -> Iterator[Finding]:
    options = [option["text"] for option in item["options"]]
    wrong = [text for n, text in enumerate(options) if n != key]
    shared = (_long([options[key]]) & _long([item["stem"]])) - _long(wrong) - common
    if shared:
        words = ", ".join(sorted(shared))
        fault = f"The right option alone repeats a word of the stem: {words}"
        remedy = "Say it in another word, or let a wrong option share it"
        yield bank.finding((*place, "options", key, "text"), fault, remedy, "warning")
    absolute = sum(bool(_ABSOLUTE.search(text)) for text in wrong)
    if absolute >= 2 and not _ABSOLUTE.search(options[key]):
        fault = "The wrong options are the ones that say always or never"
        remedy = "Word them as calmly as the right one"
        yield bank.finding((*place, "options"), fault, remedy, "warning")
    if _ADVICE.search(options[key]):
        fault = "The right option reads like clinical advice"
        remedy = "A peer gives none: let the right option lead to who may"
        yield bank.finding((*place, "options", key, "text"), fault, remedy, "warning")


def _long(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _WORD.findall(text.lower()) if len(word) >= _LONG}


def _negative(bank: Document, place: Place, item: dict[str, Any]) -> Iterator[Finding]:
    questions = _QUESTION.findall(item["stem"].replace("\n", " "))
    if questions and _NEGATIVE.match(questions[-1].strip()) and "**" not in questions[-1]:
        fault = "The stem asks for the exception in a way that is easily missed"
        remedy = "Ask for what is right, or set the word in bold"
        yield bank.finding((*place, "stem"), fault, remedy, "warning")
