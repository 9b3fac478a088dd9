"""Requirement packs: names that mean something, ids once, versions in order, nothing too deep."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from lms.content.checks import pack_figures
from lms.content.checks.pack_figures import Body
from lms.content.checks.references import or_nearest
from lms.content.documents import TOPICS, Document, Tree
from lms.content.editions import Kind
from lms.content.findings import Finding
from lms.content.yaml_text import Place

DEEPEST: Final = 4
"""Groups in groups beyond this are no rule that a person could follow."""

_LISTS: Final = ("shares", "limits", "floors")


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement as written, where it stands, and how many groups it lies in."""

    place: Place
    body: Body
    depth: int


def faults(tree: Tree) -> Iterator[Finding]:
    """What a schema cannot say of a pack: first its names and ids, then its figures."""
    for pack in tree.of(Kind.PACK):
        yield from _twice(pack, ("versions",), pack.body["versions"])
        yield from _order(pack)
        for number, version in enumerate(pack.body["versions"]):
            yield from _version(tree, pack, ("versions", number), version)


def _version(tree: Tree, pack: Document, at: Place, version: Body) -> Iterator[Finding]:
    domains = version.get("domains", [])
    yield from _twice(pack, (*at, "domains"), domains)
    yield from _twice(pack, (*at, "stages"), version["stages"])
    yield from _topics(tree, pack, (*at, "domains"), domains)
    yield from pack_figures.renewal(pack, at, version)
    told = {domain["id"]: frozenset(domain.get("topics", ())) for domain in domains}
    for asked in _asked(at, version):
        yield from _shape(pack, asked)
        yield from _domains(pack, asked, told)
        yield from pack_figures.faults(pack, asked.place, asked.body, version)
    yield from _requirements_twice(pack, at, version)


def _places(at: Place, version: Body) -> Iterator[tuple[Place, Sequence[Any]]]:
    """Each list of requirements: one for every stage, the renewal's, and the ongoing duties."""
    for number, stage in enumerate(version["stages"]):
        yield (*at, "stages", number, "needs"), stage["needs"]
    yield (*at, "renewal", "needs"), version.get("renewal", {}).get("needs", ())
    yield (*at, "ongoing"), version.get("ongoing", ())


def _asked(at: Place, version: Body) -> Iterator[Asked]:
    for place, needs in _places(at, version):
        yield from _inside(place, needs, 0)


def _inside(at: Place, needs: Sequence[Any], depth: int) -> Iterator[Asked]:
    for number, need in enumerate(needs):
        yield Asked((*at, number), need, depth)
        yield from _inside((*at, number, "needs"), need.get("needs", ()), depth + 1)


def _twice(pack: Document, at: Place, entries: Sequence[Any]) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        if entry["id"] in seen:
            fault = f'The id "{entry["id"]}" stands twice'
            yield pack.finding((*at, number, "id"), fault, "Give each an id of its own")
        seen.add(entry["id"])


def _requirements_twice(pack: Document, at: Place, version: Body) -> Iterator[Finding]:
    for place, needs in _places(at, version):
        seen: set[str] = set()
        for asked in _inside(place, needs, 0):
            name = asked.body["id"]
            if name in seen:
                fault = f'The id "{name}" stands twice among these'
                remedy = "Give each requirement of a stage an id of its own, in groups too"
                yield pack.finding((*asked.place, "id"), fault, remedy)
            seen.add(name)


def _topics(tree: Tree, pack: Document, at: Place, domains: Sequence[Any]) -> Iterator[Finding]:
    known = tree.terms(TOPICS)
    for number, domain in enumerate(domains):
        for nth, topic in enumerate(domain.get("topics", ())):
            if known is not None and topic not in known:
                fault, place = f'There is no topic "{topic}"', (*at, number, "topics", nth)
                yield pack.finding(place, fault, or_nearest(topic, known))
        if not domain.get("topics") and "note" not in domain:
            fault = f'Nothing of ours counts under "{domain["title"]}": it names no topic'
            remedy = "List topics, or say in a note why there are none"
            yield pack.finding((*at, number), fault, remedy, "warning")


def _domains(pack: Document, asked: Asked, told: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    for place, names in _named(asked):
        for nth, name in enumerate(names):
            if name not in told:
                fault = f'There is no domain "{name}" in this version'
                yield pack.finding((*place, nth), fault, or_nearest(name, told))


def _named(asked: Asked) -> Iterator[tuple[Place, Sequence[str]]]:
    for key in ("domains", "excludes"):
        yield (*asked.place, key), asked.body.get(key, ())
    for key in _LISTS:
        for number, part in enumerate(asked.body.get(key, ())):
            yield (*asked.place, key, number, "domains"), part.get("domains", ())


def _shape(pack: Document, asked: Asked) -> Iterator[Finding]:
    for key in _LISTS:
        yield from _twice(pack, (*asked.place, key), asked.body.get(key, ()))
    if asked.depth == DEEPEST and "needs" in asked.body:
        fault = f"Groups lie in groups more than {DEEPEST} deep"
        yield pack.finding((*asked.place, "needs"), fault, "Say it with fewer groups")


def _order(pack: Document) -> Iterator[Finding]:
    versions = pack.body["versions"]
    for number, version in enumerate(versions):
        if version.get("ends", "9") <= version.get("starts", ""):
            fault = f"The version ends on {version['ends']}, before it begins"
            yield pack.finding(("versions", number, "ends"), fault, "Write the first day after it")
    for number, (newer, older) in enumerate(pairwise(versions), 1):
        yield from _follows(pack, ("versions", number), newer, older)


def _follows(pack: Document, at: Place, newer: Body, older: Body) -> Iterator[Finding]:
    begins = newer.get("starts", "9")
    if older.get("starts", "") > begins:
        fault = f'It begins after "{newer["id"]}", which stands above it'
        yield pack.finding((*at, "starts"), fault, "Put the newest version first")
    elif older.get("ends", "") > begins:
        fault = f'It ends on {older["ends"]}, after "{newer["id"]}" began on {begins}'
        yield pack.finding((*at, "ends"), fault, "End it on the first day of the newer one")
    if newer["status"] == older["status"] == "current":
        fault = f'Both this and "{newer["id"]}" are said to be current'
        yield pack.finding((*at, "status"), fault, "Say history of the older one")
