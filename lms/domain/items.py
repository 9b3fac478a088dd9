"""The five kinds of items: what the learner is shown, and how an answer is scored."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import pairwise

POINTS = 4
"""Every item is worth four points, so that part credit stays in whole numbers."""

Chosen = tuple[str, ...]
"""An answer: option ids ticked; for ordering, all ids in the learner's order; for matching, one
option id per prompt in the prompts' order, "" where none was chosen."""


class ItemType(StrEnum):
    """What a learner is asked to do."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    ORDERING = "ordering"
    MATCHING = "matching"
    SITUATIONAL = "situational"


class Credit(StrEnum):
    """Whether a part-right answer earns its share or nothing."""

    ALL = "all"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice, with the reason a learner reads after the attempt is scored."""

    id: str
    text: str
    reason: str
    correct: bool = False
    worth: int = 0
    harmful: bool = False


@dataclass(frozen=True, slots=True)
class Prompt:
    """The left side of a matching item, and the option that belongs to it."""

    id: str
    text: str
    match: str


@dataclass(frozen=True, slots=True)
class Item:
    """A question with its key. Never handed to a page before the attempt is scored."""

    id: str
    type: ItemType
    competencies: tuple[str, ...]
    section: str
    stem: str
    options: tuple[Option, ...]
    prompts: tuple[Prompt, ...] = ()
    credit: Credit = Credit.ALL

    @property
    def category(self) -> str:
        """The SAMHSA category of the competency it mainly tests, its first one: "VIII"."""
        return self.competencies[0].partition(".")[0]

    def option(self, option_id: str) -> Option | None:
        """The option of that id, or None."""
        return next((o for o in self.options if o.id == option_id), None)


@dataclass(frozen=True, slots=True)
class Bank:
    """The items of one module in one edition."""

    id: str
    module: str
    items: tuple[Item, ...]

    def item(self, item_id: str) -> Item:
        """The item of that id. Raises KeyError."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice as shown: its number on this learner's page, and its words."""

    token: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the browser gets: no key, no reasons, and tokens that say nothing about the author's
    order.
    """

    type: ItemType
    stem: str
    choices: tuple[Choice, ...]
    prompts: tuple[Choice, ...] = ()


def shuffled(item: Item, seed: str) -> tuple[Option, ...]:
    """The options in this attempt's order: stable for a seed, independent of the key."""
    return tuple(
        sorted(item.options, key=lambda o: sha256(f"{seed}:{item.id}:{o.id}".encode()).digest())
    )


def ask(item: Item, seed: str) -> Question:
    """The question as one learner sees it, without its key."""
    choices = [Choice(str(n), o.text) for n, o in enumerate(shuffled(item, seed), 1)]
    prompts = [Choice(str(n), p.text) for n, p in enumerate(item.prompts, 1)]
    return Question(item.type, item.stem, tuple(choices), tuple(prompts))


def chosen(item: Item, seed: str, tokens: Sequence[str]) -> Chosen:
    """Turn the numbers a page sent back into option ids.

    Unknown numbers and repeats are left out; for matching, whose places count, an unknown number
    becomes "" and there is one place for each prompt.
    """
    ids = {str(n): o.id for n, o in enumerate(shuffled(item, seed), 1)}
    found = tuple(ids.get(token, "") for token in tokens)
    if item.type is ItemType.MATCHING:
        return (*found, *[""] * len(item.prompts))[: len(item.prompts)]
    return tuple(dict.fromkeys(option for option in found if option))


def tokens(item: Item, seed: str, answer: Chosen) -> tuple[str, ...]:
    """The numbers to show as chosen, the reverse of :func:`chosen`."""
    numbers = {o.id: str(n) for n, o in enumerate(shuffled(item, seed), 1)}
    return tuple(numbers.get(option, "") for option in answer)


def is_answered(item: Item, answer: Chosen) -> bool:
    """True when nothing more is needed: all matched, all put in order, or something chosen."""
    if item.type is ItemType.MATCHING:
        return len(answer) == len(item.prompts) and all(answer)
    if item.type is ItemType.ORDERING:
        return len(answer) == len(item.options)
    return bool(answer)


def key(item: Item) -> Chosen:
    """The best answer: what to show beside the learner's own once the attempt is scored."""
    if item.type is ItemType.ORDERING:
        return tuple(o.id for o in item.options)
    if item.type is ItemType.MATCHING:
        return tuple(p.match for p in item.prompts)
    if item.type is ItemType.SITUATIONAL:
        best = max(o.worth for o in item.options)
        return tuple(o.id for o in item.options if o.worth == best)
    return tuple(o.id for o in item.options if o.correct)


def _share(item: Item, right: int, of: int) -> int:
    if item.credit is Credit.ALL:
        return POINTS if right == of else 0
    return POINTS * max(0, right) // of


def _single(item: Item, answer: Chosen) -> int:
    return POINTS if answer == key(item) else 0


def _multiple(item: Item, answer: Chosen) -> int:
    right = set(key(item))
    wrong_ticks = len(set(answer) - right)
    return _share(item, len(right & set(answer)) - wrong_ticks, len(right))


def _ordering(item: Item, answer: Chosen) -> int:
    order = key(item)
    if sorted(answer) != sorted(order):
        return 0
    neighbours = set(pairwise(order))
    kept = sum(pair in neighbours for pair in pairwise(answer))
    return _share(item, kept, len(neighbours))


def _matching(item: Item, answer: Chosen) -> int:
    pairs = zip(answer, key(item), strict=False)
    return _share(item, sum(given == right for given, right in pairs), len(item.prompts))


def _situational(item: Item, answer: Chosen) -> int:
    option = item.option(answer[0]) if len(answer) == 1 else None
    return option.worth if option else 0


_SCORERS: Mapping[ItemType, Callable[[Item, Chosen], int]] = {
    ItemType.SINGLE: _single,
    ItemType.MULTIPLE: _multiple,
    ItemType.ORDERING: _ordering,
    ItemType.MATCHING: _matching,
    ItemType.SITUATIONAL: _situational,
}


def score(item: Item, answer: Chosen) -> int:
    """Points from 0 to 4, rounded down.

    Multiple: right ticks less wrong ticks, as a share of the right ones. Ordering: neighbours that
    stand in the right order. Matching: right pairs. Situational: what the option is worth. An item
    that says ``credit: all`` gives four points or none.
    """
    return _SCORERS[item.type](item, answer)
