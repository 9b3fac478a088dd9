"""Figures of requirement packs: whether what is asked can be met, and is asked where it belongs."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from lms.content.documents import Document
from lms.content.findings import Finding
from lms.content.shapes import shape
from lms.content.yaml_text import Place
from lms.domain.limits import crossing
from lms.domain.packs import OF, Domain, Limit

Body = Mapping[str, Any]
_OF_KIND: Final[Mapping[str, frozenset[str]]] = {
    "hours": frozenset({"of", "hours", "modalities", "includes", "excludes", "domains"})
    | {"shares", "limits", "floors", "approval", "ratio"}
    | {"every", "times", "once_minutes"},
    "fact": frozenset({"fact", "amount", "unit", "asks", "exam"}),
}


def faults(pack: Document, at: Place, asked: Body, version: Body) -> Iterator[Finding]:
    """What is wrong with the figures of one requirement."""
    yield from _misplaced(pack, at, asked)
    if asked["kind"] == "fact":
        yield from _fact(pack, at, asked)
    elif asked["kind"] == "hours":
        yield from _ranges(pack, at, asked)
        yield from _ways(pack, at, asked)
        yield from _parts(pack, at, asked)
        yield from _sum(pack, at, asked, version)
        yield from _crossing(pack, at, asked, version)
    yield from _window(pack, at, asked)


def renewal(pack: Document, at: Place, version: Body) -> Iterator[Finding]:
    """Renewals that everyone has on one day need that day; hours of a period need the period."""
    asked = version.get("renewal", {})
    if asked.get("period") == "fixed" and "fixed_on" not in asked:
        fault = "Everyone renews on one day, and the day is missing"
        yield pack.finding((*at, "renewal", "fixed_on"), fault, "Write one of the common days")
    for number, need in enumerate(asked.get("needs", ())):
        counted = need["kind"] == "hours" and need["hours"] not in (None, "none")
        window = need.get("window", {})
        if counted and not {"after", "within_months", "since"} & window.keys():
            fault = "Hours from any time would count for a renewal"
            place = (*at, "renewal", "needs", number)
            yield pack.finding(place, fault, "Write window: {after: period}", "warning")


def least(figure: Any) -> float:
    """The least a figure asks for: the highest reading where sources disagree, 0 if unknown."""
    if isinstance(figure, dict):
        return float(max(figure.get("readings", (figure.get("from", figure.get("about", 0)),))))
    return figure if isinstance(figure, (int, float)) else 0


def _misplaced(pack: Document, at: Place, asked: Body) -> Iterator[Finding]:
    for kind, keys in _OF_KIND.items():
        for key in sorted(keys & asked.keys()) if kind != asked["kind"] else ():
            fault = f'"{key}" says nothing about a requirement of the kind {asked["kind"]}'
            yield pack.finding((*at, key), fault, "Take it out, or change the kind")
    if asked["kind"] in _OF_KIND and "needs" in asked:
        fault = f"Only groups hold other requirements, and this is of the kind {asked['kind']}"
        yield pack.finding((*at, "needs"), fault, "Say all or any, or take it out")


def _fact(pack: Document, at: Place, asked: Body) -> Iterator[Finding]:
    if "unit" in asked and "amount" not in asked:
        fault = "It says what is counted, and not how much"
        yield pack.finding((*at, "unit"), fault, "Write the amount, or null if it is not known")
    elif re.search(r"\d", asked["asks"]) and not {"amount", "exam"} & asked.keys():
        fault = "The sentence names a figure that no field holds"
        yield pack.finding((*at, "asks"), fault, "Write it as the amount too", "warning")
    yield from _backwards(pack, (*at, "amount"), asked.get("amount"))


def _ranges(pack: Document, at: Place, asked: Body) -> Iterator[Finding]:
    yield from _backwards(pack, (*at, "hours"), asked["hours"])
    for key in ("shares", "limits", "floors"):
        for number, part in enumerate(asked.get(key, ())):
            yield from _backwards(pack, (*at, key, number, "hours"), part.get("hours"))


def _backwards(pack: Document, at: Place, figure: Any) -> Iterator[Finding]:
    if isinstance(figure, dict) and figure.get("from", 0) > figure.get("to", float("inf")):
        fault = f"The range goes from {figure['from']} down to {figure['to']}"
        yield pack.finding(at, fault, "Write the smaller figure first")


def _ways(pack: Document, at: Place, asked: Body) -> Iterator[Finding]:
    counted = {*OF[asked["of"]], *asked.get("includes", ())}
    for number, way in enumerate(asked.get("modalities", ())):
        if way not in counted:
            fault = f"{way} is no way of spending time in {asked['of']}"
            remedy = f"Choose among {', '.join(OF[asked['of']])}, or list it under includes"
            yield pack.finding((*at, "modalities", number), fault, remedy)


def _parts(pack: Document, at: Place, asked: Body) -> Iterator[Finding]:
    for key in ("limits", "floors"):
        for number, part in enumerate(asked.get(key, ())):
            if ("hours" in part) == ("percent" in part):
                fault = "It needs either hours or percent"
                yield pack.finding((*at, key, number), fault, "Write one of the two")


def _sum(pack: Document, at: Place, asked: Body, version: Body) -> Iterator[Finding]:
    """Shares split the total, so together they cannot ask for more; warned of, never repaired."""
    total, parts = least(asked["hours"]), [least(s["hours"]) for s in asked.get("shares", ())]
    told = any(
        conflict["field"].partition(".")[0] == asked["id"]
        for conflict in version.get("conflicts", ())
    )
    if 0 < total < sum(parts) and not told:
        fault = f"Its shares ask for {sum(parts):g} hours, and it asks for {total:g} in all"
        remedy = f"Correct them, or tell of it in conflicts with field: {asked['id']}"
        yield pack.finding((*at, "shares"), fault, remedy, "warning")
    for number, floor in enumerate(asked.get("floors", ())):
        if 0 < total < least(floor.get("hours")):
            fault = f"It asks for more than the {total:g} hours in all"
            yield pack.finding((*at, "floors", number), fault, "Ask for less", "warning")


def _crossing(pack: Document, at: Place, asked: Body, version: Body) -> Iterator[Finding]:
    told = [shape(domain, Domain) for domain in version.get("domains", ())]
    limits = [
        Limit(
            limit["id"],
            limit["title"],
            modalities=tuple(limit.get("modalities", ())),
            domains=tuple(limit.get("domains", ())),
            origin=limit.get("origin", ""),
        )
        for limit in asked.get("limits", ())
    ]
    for one, other in crossing(limits, told):
        fault = f'The limit crosses "{one.id}": they share some lines, and neither all'
        remedy = "Let one hold all of the other, or let them share nothing"
        yield pack.finding((*at, "limits", limits.index(other)), fault, remedy)


def _window(pack: Document, at: Place, asked: Body) -> Iterator[Finding]:
    for key in ("times", "once_minutes"):
        if key in asked and "every" not in asked:
            fault = "How often is said, and not in which span"
            yield pack.finding((*at, key), fault, "Write every: week, or every: month")
    window = asked.get("window", {})
    if "first_months" in window and "after" not in window:
        fault = "The first months of what is not said"
        remedy = "Write after: certification, or after: period"
        yield pack.finding((*at, "window", "first_months"), fault, remedy)
