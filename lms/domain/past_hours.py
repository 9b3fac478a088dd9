"""Old hours from a coordinator's list: a row becomes one line, or is refused in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from lms.domain.hours import Modality
from lms.domain.logging_hours import WAYS, Account, Kind, Typed, refused

LONGEST = 120
LONGEST_EVIDENCE = 500
PAYS = ("paid", "volunteer", "internship")

_WAYS = {
    "in person": Modality.LIVE_IN_PERSON,
    "classroom": Modality.LIVE_IN_PERSON,
    "online": Modality.LIVE_ONLINE,
    "group supervision": Modality.SUPERVISION_GROUP,
    "individual supervision": Modality.SUPERVISION_INDIVIDUAL,
    "observation": Modality.OBSERVATION,
} | {way.replace("-", " "): way for way in Modality}
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?\s*([ap])?\.?\s?(?:m\.?)?", re.IGNORECASE)
_PART = re.compile(r"(.*?)(?:[\s:=]+(\d{1,5}))?")


@dataclass(frozen=True, slots=True)
class Past:
    """What a row says happened: to be placed in time by :func:`lms.domain.logging_hours.log`."""

    typed: Typed
    account: Account

    @property
    def kind(self) -> Kind:
        """What kind of time it was."""
        return self.typed.kind


def read(cells: Mapping[str, str], topics: Mapping[str, str]) -> Past:
    """A row's cells by column. ``topics`` gives the id for every name of a topic in small letters.

    Raises Refused, naming the column that mends it.
    """
    way = _way(cells.get("way", ""))
    provider = _words(cells, "provider", LONGEST)
    kind = _kind(way, provider)
    return Past(
        Typed(
            kind,
            day=_day(cells, "day"),
            starts=_clock(cells, "starts", needed=kind is not Kind.ELSEWHERE),
            minutes=_minutes(cells),
            parts=_parts(cells.get("topics", ""), topics),
            last_day=_day(cells, "last_day") if cells.get("last_day") else None,
        ),
        Account(
            title=_words(cells, "title", LONGEST, needed=True),
            modality=way,
            place=_words(cells, "place", LONGEST),
            provider=provider,
            pay=_pay(cells, kind),
            evidence=_words(cells, "evidence", LONGEST_EVIDENCE, needed=kind in _SHOWN),
        ),
    )


_SHOWN = (Kind.HELD, Kind.ELSEWHERE)
"""Kinds of time for which something on paper must stand."""


def _kind(way: Modality, provider: str) -> Kind:
    """Training is from elsewhere when a provider is named, else it was held by this school."""
    if way in WAYS[Kind.ELSEWHERE]:
        if provider:
            return Kind.ELSEWHERE
        if way not in WAYS[Kind.HELD]:
            raise refused(
                "provider", "Reading on one's own was at another provider. Say who gave it."
            )
        return Kind.HELD
    return next(kind for kind, ways in WAYS.items() if way in ways)


def _way(typed: str) -> Modality:
    way = _WAYS.get(" ".join(typed.lower().replace("-", " ").replace("_", " ").split()))
    if way is None:
        raise refused(
            "way",
            "We do not know the way “%(way)s”. Write one of: live in person, live online, "
            "self-paced, in-service, work, supervision individual, supervision group, observation.",
            way=typed[:40],
        )
    return way


def _words(cells: Mapping[str, str], column: str, most: int, *, needed: bool = False) -> str:
    said = " ".join(cells.get(column, "").split())
    if needed and not said:
        raise refused(column, _MISSING[column])
    if len(said) > most:
        raise refused(
            column, "This has %(n)s characters; %(most)s is the most.", n=len(said), most=most
        )
    return said


_MISSING = {
    "title": "Say in a few words what it was.",
    "evidence": "Say what shows it, such as a sign-in sheet and where it is kept.",
}


def _day(cells: Mapping[str, str], column: str) -> date:
    typed = cells.get(column, "")
    try:
        return date.fromisoformat(typed[:10] if typed[10:] in ("", " 00:00:00") else typed)
    except ValueError as fault:
        raise refused(
            column,
            "Write the day as year, month, day, such as 2026-03-04. We do not guess which number "
            "is the month in “%(day)s”.",
            day=typed[:20],
        ) from fault


def _clock(cells: Mapping[str, str], column: str, *, needed: bool) -> time | None:
    typed = cells.get(column, "")
    if not typed:
        if needed:
            raise refused(
                column, "Say when it started, such as 18:00, so that no hour is counted twice."
            )
        return None
    found = _CLOCK.fullmatch(typed)
    hour = int(found[1]) if found else 24
    half = (found[3] or "").lower() if found else ""
    if half:
        hour = hour % 12 + 12 * (half == "p") if 0 < hour <= 12 else 24
    if found is None or hour > 23 or int(found[2]) > 59:
        raise refused(
            column, "“%(time)s” is not a time of day. Write it like 18:00.", time=typed[:20]
        )
    return time(hour, int(found[2]))


def _minutes(cells: Mapping[str, str]) -> int:
    minutes, hours = cells.get("minutes", ""), cells.get("hours", "")
    if minutes and hours:
        raise refused("minutes", "Say how long it was once: in minutes, or in hours.")
    if re.fullmatch(r"\d{1,6}", minutes):
        return int(minutes)
    if found := re.fullmatch(r"(\d{1,4}):([0-5]\d)", hours):
        return int(found[1]) * 60 + int(found[2])
    if found := re.fullmatch(r"(\d{1,4})(?:[.,](0|00|25|5|50|75))?", hours):
        return int(found[1]) * 60 + _QUARTERS[found[2] or "0"]
    raise refused(
        "minutes" if minutes else "hours",
        "Say how long it was in whole minutes, such as 90, or in hours, such as 1:30 or 1.5.",
    )


_QUARTERS = {"0": 0, "00": 0, "25": 15, "5": 30, "50": 30, "75": 45}


def _parts(typed: str, topics: Mapping[str, str]) -> tuple[tuple[str, int | None], ...]:
    parts = []
    for piece in filter(None, (each.strip() for each in typed.split(";"))):
        found = _PART.fullmatch(piece)
        name = " ".join((found[1] if found else piece).lower().split())
        if found is None or name not in topics:
            raise refused(
                "topics",
                "We do not know the topic “%(topic)s”. The names of topics stand below.",
                topic=piece[:40],
            )
        parts.append((topics[name], int(found[2]) if found[2] else None))
    return tuple(parts)


def _pay(cells: Mapping[str, str], kind: Kind) -> str:
    said = cells.get("pay", "").lower()
    if kind is not Kind.WORK:
        return ""
    if said not in PAYS:
        raise refused("pay", "Say how they worked: paid, volunteer or internship.")
    return said
