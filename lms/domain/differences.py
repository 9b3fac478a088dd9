"""What changed between two versions of a rule, line by line with both values."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from lms.domain.certificate import in_hours
from lms.domain.figures import NONE_REQUIRED, Amount, Known
from lms.domain.packs import Version


class Change(StrEnum):
    """What became of a thing."""

    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """A thing that differs: ``where`` it stands by ids and fields, and what is said before and
    after; nothing where it did not exist."""

    change: Change
    where: tuple[str, ...]
    before: str = ""
    after: str = ""


_NOT_RULE = frozenset({"id", "pack", "status", "starts", "ends"})
"""Fields of a version that name it and are not its rule."""


def differences(old: Version, new: Version) -> tuple[Difference, ...]:
    """Everything that differs, in the order of the newer version; what is gone stands last."""
    return tuple(
        found
        for each in fields(Version)
        if each.name not in _NOT_RULE
        for found in _compare((each.name,), getattr(old, each.name), getattr(new, each.name))
    )


def _compare(where: tuple[str, ...], old: Any, new: Any) -> Iterator[Difference]:
    if old == new:
        return
    if _named(old) or _named(new):
        gone, come = ({each.id: each for each in side or ()} for side in (old, new))
        for name in [*come, *(name for name in gone if name not in come)]:
            yield from _compare((*where, name), gone.get(name), come.get(name))
    elif type(old) is type(new) and is_dataclass(new) and not isinstance(new, Amount):
        for each in fields(new):
            place = (*where, each.name)
            yield from _compare(place, getattr(old, each.name), getattr(new, each.name))
    else:
        before, after = words(old, where[-1]), words(new, where[-1])
        change = Change.CHANGED if before and after else Change.ADDED if after else Change.GONE
        yield Difference(change, where, before, after)


def _named(value: Any) -> bool:
    """Whether it is a list of things with ids."""
    return isinstance(value, tuple) and bool(value) and hasattr(value[0], "id")


def words(value: Any, of: str = "") -> str:
    """A value of a pack as a person reads it; nothing for one that is not there."""
    if isinstance(value, Amount):
        return amount_words(value, of)
    if value is None or value == () or value == "":
        return ""
    if isinstance(value, tuple):
        return ", ".join(words(each) for each in value)
    if is_dataclass(value):
        title = getattr(value, "title", type(value).__name__)
        figures = ((of, getattr(value, of, None)) for of in ("hours", "amount"))
        asked = (words(each, of) for of, each in figures if each not in (None, NONE_REQUIRED))
        return ": ".join((title, *asked))
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def amount_words(amount: Amount, of: str) -> str:
    """A figure: "50 h", "40 h to 60 h", "up to 120 h", "about 80 h", "100 h or 110 h", "unknown",
    "none required"."""
    if amount.known is not Known.KNOWN:
        return "unknown" if amount.known is Known.UNKNOWN else "none required"
    unit = in_hours if of == "hours" else str
    if amount.readings:
        return " or ".join(unit(each) for each in amount.readings)
    if amount.least is None:
        return f"up to {unit(amount.most or 0)}"
    if amount.most is not None:
        return f"{unit(amount.least)} to {unit(amount.most)}"
    return f"about {unit(amount.least)}" if amount.about else unit(amount.least)
