"""What in a whole bank lets someone guess who has not read a word of the module."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from lms.content.checks.cues import key_of
from lms.content.documents import Document, Tree
from lms.content.editions import Kind
from lms.content.findings import Finding
from lms.domain.items import ItemType

Keyed = list[tuple[list[str], int]]
"""The texts of an item's options, and the place of the right one."""

FEWEST: Final = 8
"""Items below which a pattern says nothing."""

TOO_OFTEN: Final = Fraction(3, 2)
"""Half as often again as chance is a pattern someone can learn."""

_REASON = re.compile(r"\b(?:because|so that|since)\b|, so\b", re.I)
_ASKS = re.compile(r"\?|\bask(?:s|ing)?\b", re.I)
_GAP: Final = Fraction(1, 5)
"""How far the shares of options with a built-in reason may lie apart, right and wrong ones."""


def faults(tree: Tree) -> Iterator[Finding]:
    """Patterns of length, place, reasons and questions, and of how many options are right."""
    for bank in tree.of(Kind.BANK):
        keyed = [
            ([option["text"] for option in item["options"]], key)
            for item in bank.body["items"]
            if (key := key_of(item)) is not None
        ]
        if len(keyed) >= FEWEST:
            for look in (_longest, _shortest, _places, _reasons, _questions):
                yield from look(bank, keyed)
        yield from _same_count(bank)


def _chance(keyed: Keyed) -> Fraction:
    return sum((Fraction(1, len(texts)) for texts, _ in keyed), Fraction(0))


def _longest(bank: Document, keyed: Keyed) -> Iterator[Finding]:
    count = sum(_stands_out(texts, key, lambda mine, other: mine > other) for texts, key in keyed)
    if count > _chance(keyed):
        yield _warn(
            bank,
            f"The right option is the longest in {count} of {len(keyed)} items, "
            f"and chance would make it {round(_chance(keyed))}",
            "Shorten right options, or say more in wrong ones",
        )


def _shortest(bank: Document, keyed: Keyed) -> Iterator[Finding]:
    count = sum(_stands_out(texts, key, lambda mine, other: mine < other) for texts, key in keyed)
    if count > TOO_OFTEN * _chance(keyed):
        yield _warn(
            bank,
            f"The right option is the shortest in {count} of {len(keyed)} items, "
            f"and chance would make it {round(_chance(keyed))}",
            "Shorten wrong options, or say more in right ones",
        )


def _stands_out(texts: list[str], key: int, is_more: Callable[[int, int], bool]) -> bool:
    mine = len(texts[key])
    return all(is_more(mine, len(text)) for n, text in enumerate(texts) if n != key)


def _places(bank: Document, keyed: Keyed) -> Iterator[Finding]:
    place, count = Counter(key for _, key in keyed).most_common(1)[0]
    if count > TOO_OFTEN * _chance(keyed):
        fault = f"The right option stands at number {place + 1} in {count} of {len(keyed)} items"
        yield _warn(bank, fault, "Spread the right options evenly")


def _reasons(bank: Document, keyed: Keyed) -> Iterator[Finding]:
    right = [bool(_REASON.search(texts[key])) for texts, key in keyed]
    wrong = [
        bool(_REASON.search(text))
        for texts, key in keyed
        for n, text in enumerate(texts)
        if n != key
    ]
    if Fraction(sum(wrong), len(wrong)) - Fraction(sum(right), len(right)) > _GAP:
        fault = (
            f"{sum(wrong)} of {len(wrong)} wrong options give a reason for themselves "
            f"(because, so that), and {sum(right)} of {len(right)} right ones"
        )
        remedy = "Leave reasons to the reason field, or give right options some too"
        yield _warn(bank, fault, remedy)


def _questions(bank: Document, keyed: Keyed) -> Iterator[Finding]:
    alone = sum(
        bool(_ASKS.search(texts[key]))
        and not any(_ASKS.search(text) for n, text in enumerate(texts) if n != key)
        for texts, key in keyed
    )
    if alone * 2 > len(keyed):
        fault = f"The right option alone asks something in {alone} of {len(keyed)} items"
        yield _warn(bank, fault, "Let wrong options ask too, at the wrong time or the wrong thing")


def _same_count(bank: Document) -> Iterator[Finding]:
    counts = [
        sum(option.get("correct", False) for option in item["options"])
        for item in bank.body["items"]
        if item["type"] == ItemType.MULTIPLE
    ]
    if len(counts) > 2 and len(set(counts)) == 1:
        fault = f"Every item with several right options has {counts[0]} of them"
        yield _warn(bank, fault, "Let the number differ, so that it cannot be counted on")


def _warn(bank: Document, fault: str, remedy: str) -> Finding:
    return bank.finding(("items",), fault, remedy, "warning")
