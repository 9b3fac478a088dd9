"""Someone who has read no module and sees no question: how often words alone give the key away.

A naive Bayes over words and pairs of words, trained on all banks but the one it guesses: an oracle
of its own, which knows nothing of the rules that lms/content/checks holds.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import log

from lms.content.library import Library
from lms.domain.items import Item, ItemType, key

_TOKEN = re.compile(r"[a-z']+|[?!,:\"]")


def _tokens(text: str) -> set[str]:
    words = _TOKEN.findall(text.lower())
    return {*words, *(f"{a} {b}" for a, b in pairwise(words))}


def _keyed(library: Library, bank_id: str) -> Iterator[tuple[Item, str]]:
    for item in library.banks[bank_id].items:
        if item.type in (ItemType.SINGLE, ItemType.SITUATIONAL):
            yield item, key(item)[0]


def _count(items: Iterable[tuple[Item, str]], right: bool) -> tuple[Counter[str], int]:
    seen: Counter[str] = Counter()
    options = 0
    for item, best in items:
        for option in item.options:
            if (option.id == best) == right:
                seen.update(_tokens(option.text))
                options += 1
    return seen, options


def guessed(library: Library) -> tuple[int, int, float]:
    """Keys guessed, keys in all, and how many chance would guess."""
    hits, total, chance = 0, 0, 0.0
    for bank_id in library.banks:
        others = [pair for b in library.banks if b != bank_id for pair in _keyed(library, b)]
        (yes, yeses), (no, noes) = _count(others, right=True), _count(others, right=False)

        def score(text: str, yes=yes, no=no, yeses=yeses, noes=noes) -> float:
            return sum(
                log((yes[t] + 0.5) / (yeses + 1)) - log((no[t] + 0.5) / (noes + 1))
                for t in _tokens(text)
            )

        for item, best in _keyed(library, bank_id):
            hits += max(item.options, key=lambda option: score(option.text)).id == best
            total += 1
            chance += 1 / len(item.options)
    return hits, total, chance
