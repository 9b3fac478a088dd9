"""Names that one file uses of another: each must be there, and ids must mean one thing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

from lms.content.documents import COMPETENCIES, SCHEMES, SECTION, SOURCES, TOPICS, Document, Tree
from lms.content.editions import Kind
from lms.content.findings import Finding
from lms.content.yaml_text import Place

REQUIRED: Final[Mapping[str, Kind]] = {
    "quizzes": Kind.QUIZ,
    "exams": Kind.QUIZ,
    "role_plays": Kind.ROLE_PLAY,
}
"""What a program can require by name."""

Uses = Iterator[tuple[Place, str, str]]
"""A place, the kind of thing named there, and its name."""


def faults(tree: Tree) -> Iterator[Finding]:
    """Unknown names and names used twice."""
    for document in tree.sound:
        for place, kind, name in _uses(document):
            known = _known(tree, kind)
            if known is not None and name not in known:
                yield document.finding(
                    place, f'There is no {_ONE[kind]} "{name}"', or_nearest(name, known)
                )
    yield from _items_twice(tree)
    yield from _banks_astray(tree)
    yield from _competencies_twice(tree)
    yield from _topics_twice(tree)


_ONE: Final[Mapping[str, str]] = {
    COMPETENCIES: "competency",
    TOPICS: "topic",
    SOURCES: "source",
    SECTION: "section",
    **{str(kind): str(kind) for kind in Kind},
}


def _known(tree: Tree, kind: str) -> frozenset[str] | None:
    return tree.terms(kind) if kind in (COMPETENCIES, TOPICS, SOURCES) else tree.names(kind)


def or_nearest(name: str, known: Iterable[str]) -> str:
    """What to do about a name that is not there: the one it was probably meant to be."""
    close = get_close_matches(name, sorted(known), 1)
    return f'Write "{close[0]}", or add it' if close else "Add it, or name one that is there"


def _uses(document: Document) -> Uses:
    yield from _terms(document.body, ())
    if document.kind in _USES:
        yield from _USES[document.kind](document.body)


def _terms(value: Any, place: Place) -> Uses:
    """Competencies and sources, wherever a file lists them."""
    if isinstance(value, list):
        for number, entry in enumerate(value):
            yield from _terms(entry, (*place, number))
    if not isinstance(value, dict):
        return
    for key, inside in value.items():
        if key in (COMPETENCIES, SOURCES) and all(isinstance(name, str) for name in inside):
            for number, name in enumerate(inside):
                yield (*place, key, number), key, name
        else:
            yield from _terms(inside, (*place, key))


def _program(body: Any) -> Uses:
    for number, name in enumerate(body["modules"]):
        yield ("modules", number), Kind.MODULE, name
    for number, name in enumerate(body.get("sessions", ())):
        yield ("sessions", number), Kind.GUIDE, name
    for key, kind in REQUIRED.items():
        for number, name in enumerate(body["requires"].get(key, ())):
            yield ("requires", key, number), kind, name


def _module(body: Any) -> Uses:
    for topic in body["topics"]:
        yield ("topics", topic), TOPICS, topic
    for number, name in enumerate(body.get("needs", ())):
        yield ("needs", number), Kind.MODULE, name
    for number, fact in enumerate(body.get("facts", ())):
        yield ("facts", number, "source"), SOURCES, fact["source"]


def _bank(body: Any) -> Uses:
    yield ("module",), Kind.MODULE, body["module"]
    for number, item in enumerate(body["items"]):
        yield ("items", number, "section"), SECTION, f"{body['module']}/{item['section']}"


def _quiz(body: Any) -> Uses:
    for key, kind in (("module", Kind.MODULE), ("program", Kind.PROGRAM)):
        if key in body:
            yield (key,), kind, body[key]
    for number, draw in enumerate(body.get("draw", ())):
        yield ("draw", number, "bank"), Kind.BANK, draw["bank"]
    for number, area in enumerate(body.get("blueprint", ())):
        for place, name in enumerate(area.get("banks", ())):
            yield ("blueprint", number, "banks", place), Kind.BANK, name


def _guide(body: Any) -> Uses:
    for topic in body["topics"]:
        yield ("topics", topic), TOPICS, topic
    for key, kind in (("modules", Kind.MODULE), ("role_plays", Kind.ROLE_PLAY)):
        for number, name in enumerate(body.get(key, ())):
            yield (key, number), kind, name


def _role_play(body: Any) -> Uses:
    yield ("module",), Kind.MODULE, body["module"]
    yield ("rubric",), Kind.RUBRIC, body["rubric"]


def _schemes(body: Any) -> Uses:
    for name, scheme in body.items():
        yield (name, "source"), SOURCES, scheme["source"]
        for number, domain in enumerate(scheme["domains"]):
            for place, topic in enumerate(domain["topics"]):
                yield (name, "domains", number, "topics", place), TOPICS, topic


_USES: Final[Mapping[str, Callable[[Any], Uses]]] = {
    Kind.PROGRAM: _program,
    Kind.MODULE: _module,
    Kind.BANK: _bank,
    Kind.QUIZ: _quiz,
    Kind.ROLE_PLAY: _role_play,
    Kind.GUIDE: _guide,
    SCHEMES: _schemes,
}


def _items_twice(tree: Tree) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for bank in tree.of(Kind.BANK):
        for number, item in enumerate(bank.body["items"]):
            if item["id"] in first:
                fault = f'The item id "{item["id"]}" is already used in {first[item["id"]]}'
                yield bank.finding(("items", number, "id"), fault, "Give the item an id of its own")
            first.setdefault(item["id"], bank.file)


def _banks_astray(tree: Tree) -> Iterator[Finding]:
    for bank in tree.of(Kind.BANK):
        if bank.body["module"] != bank.id:
            fault = f"The file {bank.id}.yaml holds the items of another module"
            remedy = f"Name the file {bank.body['module']}.yaml, so that a module has one bank"
            yield bank.finding(("module",), fault, remedy)


def _competencies_twice(tree: Tree) -> Iterator[Finding]:
    seen: set[str] = set()
    for document in tree.of(COMPETENCIES):
        for row, category in enumerate(document.body["categories"]):
            for number, competency in enumerate(category["competencies"]):
                place = ("categories", row, "competencies", number, "id")
                if competency["id"] in seen:
                    fault = f'The competency "{competency["id"]}" stands twice'
                    yield document.finding(place, fault, "Number each competency once")
                elif competency["id"].partition(".")[0] != category["id"]:
                    fault = (
                        f'The competency "{competency["id"]}" is not of category {category["id"]}'
                    )
                    yield document.finding(place, fault, "Begin its id with that of its category")
                seen.add(competency["id"])


def _topics_twice(tree: Tree) -> Iterator[Finding]:
    """A minute is counted once in a scheme, so a topic stands under one domain of it."""
    for document in tree.of(SCHEMES):
        for name, scheme in document.body.items():
            seen: set[str] = set()
            for number, domain in enumerate(scheme["domains"]):
                for place, topic in enumerate(domain["topics"]):
                    if topic in seen:
                        where = (name, "domains", number, "topics", place)
                        fault = f'The topic "{topic}" counts under two domains'
                        yield document.finding(where, fault, "Choose the one it fits best")
                    seen.add(topic)
