"""From the JSON of an edition to the frozen objects the rules work on."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from cattrs import Converter

from lms.content.editions import Body, Edition
from lms.domain.curriculum import Category, Guide, Module

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
