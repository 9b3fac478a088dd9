"""Small items, quizzes and rubrics for the tests, and Hypothesis strategies that draw them."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from lms.domain.items import Credit, Item, ItemType, Option, Prompt
from lms.domain.rubric import Criterion, Rating, Rubric

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def at(clock: str) -> datetime:
    """That time of one day, such as "09:30" or "09:30:59", in UTC."""
    return datetime.fromisoformat(f"2026-11-22T{clock}+00:00")


def single(right: str = "b", ids: str = "abc", item_id: str = "one") -> Item:
    options = tuple(Option(i, f"text {i}", f"reason {i}", correct=i == right) for i in ids)
    return Item(item_id, ItemType.SINGLE, ("I.1",), "opening", "Which one?", options)


def multiple(right: str, ids: str = "abcde", credit: Credit = Credit.SHARE) -> Item:
    options = tuple(Option(i, f"text {i}", f"reason {i}", correct=i in right) for i in ids)
    return Item("some", ItemType.MULTIPLE, ("I.2",), "middle", "Which?", options, (), credit)


def ordering(ids: str = "abcd", credit: Credit = Credit.SHARE) -> Item:
    options = tuple(Option(i, f"text {i}", f"reason {i}") for i in ids)
    return Item("order", ItemType.ORDERING, ("I.3",), "middle", "In order?", options, (), credit)


def matching(pairs: str = "abc", ids: str = "abcd", credit: Credit = Credit.SHARE) -> Item:
    options = tuple(Option(i, f"text {i}", f"reason {i}") for i in ids)
    prompts = tuple(Prompt(f"p{i}", f"prompt {n}", i) for n, i in enumerate(pairs, 1))
    return Item("match", ItemType.MATCHING, ("I.4",), "end", "Pair them.", options, prompts, credit)


def situational(*worths: int) -> Item:
    options = tuple(
        Option(i, f"text {i}", f"reason {i}", worth=w)
        for i, w in zip("abcde", worths, strict=False)
    )
    return Item("act", ItemType.SITUATIONAL, ("I.5",), "end", "What would you do?", options)


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Any item that the check of content lets through."""
    ids = "abcde"[: draw(st.integers(3, 5))]
    credit = draw(st.sampled_from(Credit))
    kind = draw(st.sampled_from(ItemType))
    if kind is ItemType.SINGLE:
        return single(draw(st.sampled_from(ids)), ids)
    if kind is ItemType.MULTIPLE:
        right = draw(st.sets(st.sampled_from(ids), min_size=1))
        return multiple("".join(sorted(right)), ids, credit)
    if kind is ItemType.ORDERING:
        return ordering(ids, credit)
    if kind is ItemType.MATCHING:
        pairs = draw(st.permutations(ids))[: draw(st.integers(2, len(ids)))]
        return matching("".join(pairs), ids, credit)
    lesser = draw(st.lists(st.integers(0, 3), min_size=len(ids) - 1, max_size=len(ids) - 1))
    return situational(*draw(st.permutations([4, *lesser])))


seeds = st.integers(0, 2**64).map(str)


def rubric(
    criteria: int = 3, pass_percent: int = 75, critical: tuple[str, ...] = ("c1",)
) -> Rubric:
    """Criteria c1, c2 … of which those named are critical."""
    rows = tuple(
        Criterion(f"c{n}", f"Criterion {n}", (), {}, "Try this.", critical=f"c{n}" in critical)
        for n in range(1, criteria + 1)
    )
    return Rubric("listening", "Listening", pass_percent, rows)


def sheet(*levels: int | None, flag: str = "") -> dict[str, Rating]:
    """Levels of c1, c2 …, with a red flag on one criterion if named."""
    return {
        f"c{n}": Rating(level, ("harm",) if flag == f"c{n}" else ())
        for n, level in enumerate(levels, 1)
    }
