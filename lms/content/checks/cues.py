"""What gives an answer away: length, place, wording. And advice that is not a peer's to give."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, Final

from lms.content.documents import Document, Tree
from lms.content.editions import Kind
from lms.content.findings import Finding
from lms.content.yaml_text import Place
from lms.domain.items import POINTS, ItemType

FEWEST: Final = 8
"""Items below which where the keys stand says nothing."""

TOO_OFTEN: Final = Fraction(3, 2)
"""A place that holds half as many keys again as chance gives it can be guessed."""

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
    """Flaws of single items, then of a bank as a whole."""
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
        yield from _lengths(bank, [(item, key) for _, item, key in keyed])
        yield from _places(bank, [(item, key) for _, item, key in keyed])


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


def _lengths(bank: Document, keyed: list[tuple[dict[str, Any], int]]) -> Iterator[Finding]:
    longest = sum(_is_longest(item["options"], key) for item, key in keyed)
    chance = _chance(keyed)
    if len(keyed) >= FEWEST and longest > chance:
        fault = (
            f"The right option is the longest in {longest} of {len(keyed)} items, "
            f"and chance would make it {round(chance)}"
        )
        remedy = "Shorten right options, or say more in wrong ones"
        yield bank.finding(("items",), fault, remedy, "warning")


def _is_longest(options: list[dict[str, Any]], key: int) -> bool:
    mine = len(options[key]["text"])
    return all(len(option["text"]) < mine for n, option in enumerate(options) if n != key)


def _places(bank: Document, keyed: list[tuple[dict[str, Any], int]]) -> Iterator[Finding]:
    if len(keyed) < FEWEST:
        return
    place, count = Counter(key for _, key in keyed).most_common(1)[0]
    if count > TOO_OFTEN * _chance(keyed):
        fault = f"The right option stands at number {place + 1} in {count} of {len(keyed)} items"
        yield bank.finding(("items",), fault, "Spread the right options evenly", "warning")


def _chance(keyed: list[tuple[dict[str, Any], int]]) -> Fraction:
    return sum((Fraction(1, len(item["options"])) for item, _ in keyed), Fraction(0))


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
