"""Plausible answers to a quiz: right ones, and slips that an honest learner makes."""

from collections.abc import Sequence
from itertools import combinations

from lms.demo.cast import Result
from lms.demo.clock import die
from lms.domain import quiz as rules
from lms.domain.items import POINTS, Chosen, Item, ItemType, key, score


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
    """An answer to each item that ends as it should: passed with up to two slips, or not passed.

    What is asked differs from attempt to attempt, so the points do too.
    """
    answers = {item.id: best(item) for item in items}
    is_to_pass = result is not Result.NOT_PASSED
    left = die(3, who, len(items))
    for item in sorted(items, key=lambda item: die(1_000_003, who, item.id)):
        tried = {**answers, item.id: _slip(item, who)}
        passed = rules.mark(pass_percent, items, tried).passed
        if left == 0 or (is_to_pass and not passed):
            break
        answers = tried
        left -= 1 if passed is is_to_pass else 0
    return answers


def _slip(item: Item, who: str) -> Chosen:
    near = slips(item)
    return near[die(len(near), item.id, who)] if near else ()
