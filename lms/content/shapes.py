"""From the JSON of an edition to the frozen objects the rules work on."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from cattrs import Converter

from lms.content.editions import Body, Edition
from lms.domain.curriculum import Category, Guide, Module
from lms.domain.packs import Known, Pack

T = TypeVar("T")

_CONVERTER = Converter()
_CONVERTER.register_structure_hook(date, lambda day, _: date.fromisoformat(day))


def shape(body: Mapping[str, Any], kind: type[T]) -> T:
    """The body as that dataclass. Raises cattrs.ClassValidationError when the shape is wrong."""
    return _CONVERTER.structure(body, kind)


def shapes(editions: Mapping[str, Edition], kind: type[T]) -> dict[str, T]:
    """Each edition as that dataclass; the id is the edition's."""
    return {name: shape({**e.body, "id": name}, kind) for name, e in editions.items()}


def categories(framework: Body) -> tuple[Category, ...]:
    """The twelve categories of the framework edition, in its order."""
    return tuple(shape(category, Category) for category in framework["categories"])


def module(edition: Edition) -> Module:
    """A module with its sections' html and words. Raises LookupError for one never rendered."""
    sections = []
    for section in edition.body["sections"]:
        if section["id"] not in edition.rendered:
            raise LookupError(f"section {edition.id}/{section['id']} was never rendered")
        sections.append({**section, **edition.rendered[section["id"]]})
    # PostgreSQL keeps JSON without the order of its keys; sorted is what canonical JSON has.
    topics = dict(sorted(edition.body["topics"].items()))
    return shape({**edition.body, "id": edition.id, "sections": sections, "topics": topics}, Module)


def guide(edition: Edition) -> Guide:
    """A guide with its html. Raises LookupError for one never rendered."""
    if "html" not in edition.rendered:
        raise LookupError(f"the guide {edition.id} was never rendered")
    topics = dict(sorted(edition.body["topics"].items()))
    body = {**edition.body, "id": edition.id, "topics": topics, "html": edition.rendered["html"]}
    return shape(body, Guide)


_HOURS, _COUNTS = frozenset({"hours"}), frozenset({"months", "amount", "extensions"})


def pack(edition: Edition) -> Pack:
    """A requirement pack; figures of hours become minutes."""
    body = _amounts(edition.body)
    versions = [{**version, "pack": edition.id} for version in body["versions"]]
    return shape({**body, "id": edition.id, "versions": versions}, Pack)


def _amounts(value: Any) -> Any:
    if isinstance(value, list):
        return [_amounts(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: amount(inner, 60 if key in _HOURS else 1)
        if key in _HOURS | _COUNTS
        else _amounts(inner)
        for key, inner in value.items()
    }


def amount(written: Any, unit: int) -> Body:
    """A figure as an author writes it, as the fields of an Amount.

    ``null`` is unknown, ``none`` is none required; else a number, ``{from, to}``, ``{up_to}``,
    ``{about}``, or ``{readings}`` where sources disagree.
    """
    if written is None:
        return {"known": Known.UNKNOWN}
    if written == "none":
        return {"known": Known.NONE}
    if not isinstance(written, dict):
        return {"least": _whole(written, unit)}
    figures = {name: _whole(figure, unit) for name, figure in written.items() if name != "readings"}
    if "readings" in written:
        readings = sorted(_whole(figure, unit) for figure in written["readings"])
        return {"least": readings[-1], "readings": readings}
    least = figures.get("from", figures.get("about"))
    return {
        "least": least,
        "most": figures.get("to", figures.get("up_to")),
        "about": "about" in written,
    }


def _whole(figure: float, unit: int) -> int:
    return round(figure * unit)
