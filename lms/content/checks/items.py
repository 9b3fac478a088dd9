"""Questions: a right answer, a reason for each option, and nothing left over from another type."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from lms.content.documents import Document, Tree
from lms.content.editions import Kind
from lms.content.findings import Finding
from lms.content.yaml_text import Place
from lms.domain.items import POINTS, ItemType

FEWEST_ITEMS: Final = 20

_KEYS: Final[Mapping[str, frozenset[str]]] = {
    ItemType.SINGLE: frozenset({"correct"}),
    ItemType.MULTIPLE: frozenset({"correct", "credit"}),
    ItemType.ORDERING: frozenset({"credit"}),
    ItemType.MATCHING: frozenset({"credit", "prompts"}),
    ItemType.SITUATIONAL: frozenset({"worth", "harmful"}),
}
_OF_SOME_TYPES = frozenset().union(*_KEYS.values())
_ALL_OR_NONE = re.compile(r"\b(?:all|none|both|any) of (?:the )?(?:above|these|them)\b", re.I)


def faults(tree: Tree) -> Iterator[Finding]:
    """What is wrong inside each bank."""
    for bank in tree.of(Kind.BANK):
        if len(bank.body["items"]) < FEWEST_ITEMS:
            fault = f"The bank has {len(bank.body['items'])} items"
            yield bank.finding(("items",), fault, f"Write at least {FEWEST_ITEMS}")
        for number, item in enumerate(bank.body["items"]):
            place: Place = ("items", number)
            yield from _twins(bank, (*place, "options"), item["options"])
            yield from _twins(bank, (*place, "prompts"), item.get("prompts", ()))
            yield from _strange_keys(bank, place, item)
            yield from _wording(bank, place, item)
            yield from _KEY_FAULTS[item["type"]](bank, place, item)


def _twins(bank: Document, place: Place, entries: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    for number, entry in enumerate(entries):
        seen[entry["id"]] += 1
        if seen[entry["id"]] == 2:
            fault = f'The id "{entry["id"]}" is used twice'
            yield bank.finding((*place, number, "id"), fault, "Give each entry its own id")


def _strange_keys(bank: Document, place: Place, item: Mapping[str, Any]) -> Iterator[Finding]:
    strange = _OF_SOME_TYPES - _KEYS[item["type"]]
    places = [(*place, key) for key in sorted(strange & item.keys())]
    for number, option in enumerate(item["options"]):
        places += [(*place, "options", number, key) for key in sorted(strange & option.keys())]
    for where in places:
        fault = f'A {item["type"]} item has no "{where[-1]}"'
        yield bank.finding(where, fault, "Take it out, or change the type of the item")


def _wording(bank: Document, place: Place, item: Mapping[str, Any]) -> Iterator[Finding]:
    for number, option in enumerate(item["options"]):
        for key in ("text", "reason"):
            if "''" in option[key]:
                fault = "Two apostrophes stand side by side, and the learner sees both"
                remedy = "Write one, or put the text in single quotes"
                yield bank.finding((*place, "options", number, key), fault, remedy)
    for number, option in enumerate(item["options"]):
        if _ALL_OR_NONE.search(option["text"]):
            fault = "The option stands for the others"
            remedy = "Write an option that says something itself, or make the item a multiple one"
            yield bank.finding((*place, "options", number, "text"), fault, remedy)


def _single(bank: Document, place: Place, item: Mapping[str, Any]) -> Iterator[Finding]:
    right = sum(option.get("correct", False) for option in item["options"])
    if right != 1:
        fault = f"A single item has {right} right options"
        yield bank.finding((*place, "options"), fault, "Say correct: true on exactly one option")


def _multiple(bank: Document, place: Place, item: Mapping[str, Any]) -> Iterator[Finding]:
    if not any(option.get("correct", False) for option in item["options"]):
        fault, remedy = "No option is right", "Say correct: true on every right option"
        yield bank.finding((*place, "options"), fault, remedy)


def _ordering(bank: Document, place: Place, item: Mapping[str, Any]) -> Iterator[Finding]:
    texts = Counter(option["text"] for option in item["options"])
    if texts.most_common(1)[0][1] > 1:
        fault, remedy = "Two steps read the same", "Word each step so that it can be told apart"
        yield bank.finding((*place, "options"), fault, remedy)


def _matching(bank: Document, place: Place, item: Mapping[str, Any]) -> Iterator[Finding]:
    if "prompts" not in item:
        fault, remedy = 'The key "prompts" is missing', "List the prompts, each with its match"
        yield bank.finding((*place, "prompts"), fault, remedy)
    partners: set[str] = set()
    options = {option["id"] for option in item["options"]}
    for number, prompt in enumerate(item.get("prompts", ())):
        where = (*place, "prompts", number, "match")
        if prompt["match"] not in options:
            fault = f'The prompt has no partner: there is no option "{prompt["match"]}"'
            yield bank.finding(where, fault, "Name the id of an option of this item")
        elif prompt["match"] in partners:
            fault = f'Two prompts share the option "{prompt["match"]}"'
            yield bank.finding(where, fault, "Give every prompt an option of its own")
        partners.add(prompt["match"])


def _situational(bank: Document, place: Place, item: Mapping[str, Any]) -> Iterator[Finding]:
    best = sum(option.get("worth", 0) == POINTS for option in item["options"])
    if best != 1:
        fault = f"{best or 'No'} options are worth {POINTS}"
        yield bank.finding((*place, "options"), fault, "Give worth: 4 to exactly one option")
    for number, option in enumerate(item["options"]):
        where = (*place, "options", number)
        if "worth" not in option:
            fault = 'The key "worth" is missing'
            yield bank.finding((*where, "worth"), fault, "Say what the option is worth, 0 to 4")
        elif option.get("harmful", False) and option["worth"]:
            fault = "A harmful option earns points"
            yield bank.finding((*where, "worth"), fault, "Make it worth 0")


_KEY_FAULTS: Final = {
    ItemType.SINGLE: _single,
    ItemType.MULTIPLE: _multiple,
    ItemType.ORDERING: _ordering,
    ItemType.MATCHING: _matching,
    ItemType.SITUATIONAL: _situational,
}
