"""Plausible answers to a quiz: right ones, and slips that an honest learner makes."""

from collections.abc import Sequence
from itertools import combinations

from lms.demo.cast import Result
from lms.demo.clock import die
from lms.domain.items import POINTS, Chosen, Item, ItemType, key, score
from lms.domain.quiz import mark


def slips(item: Item) -> list[Chosen]:
    """Answers close to the best one that do not earn all points."""
    best, ids = key(item), [option.id for option in item.options]
    near: list[Chosen] = []
    if item.type in (ItemType.SINGLE, ItemType.SITUATIONAL):
        near = [(option,) for option in ids]
    elif item.type is ItemType.MULTIPLE:
        near = [tuple(o for o in ids if (o in best) != (o == odd)) for odd in ids]
    else:
        near = [_swapped(best, *pair) for pair in combinations(range(len(best)), 2)]
    return [answer for answer in near if answer and score(item, answer) < POINTS]


def _swapped(answer: Chosen, one: int, two: int) -> Chosen:
    turned = list(answer)
    turned[one], turned[two] = turned[two], turned[one]
    return tuple(turned)


def best(item: Item) -> Chosen:
    """The best answer, one where one is asked for."""
    one = item.type in (ItemType.SINGLE, ItemType.SITUATIONAL)
    return key(item)[:1] if one else key(item)


def sheet(pass_percent: int, items: Sequence[Item], result: Result, who: str) -> dict[str, Chosen]:
    """An answer to each item that ends as it should: up to two slips in ten, or just enough and up
    to two more to miss the mark.

    What is asked differs from attempt to attempt, so the points do too.
    """
    order = sorted(items, key=lambda item: die(1_000_003, who, item.id))
    sheets = [_with_slips(order, count, who) for count in range(len(order) + 1)]
    too_many = next(n for n, s in enumerate(sheets) if not mark(pass_percent, items, s).passed)
    if result is Result.NOT_PASSED:
        return sheets[min(too_many + die(3, who), len(order))]
    return sheets[min(die(3 * max(1, len(order) // 10), who), too_many - 1)]


def _with_slips(order: Sequence[Item], count: int, who: str) -> dict[str, Chosen]:
    return {
        item.id: _slip(item, who) if place < count else best(item)
        for place, item in enumerate(order)
    }


def _slip(item: Item, who: str) -> Chosen:
    near = slips(item)
    return near[die(len(near), item.id, who)] if near else ()
