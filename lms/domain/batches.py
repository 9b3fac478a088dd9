"""Many certificates at once: what a board asks in each line, and what it is answered."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from unicodedata import normalize

from lms.domain.certificate import Facts, State, read_code

MOST_ROWS = 2_000
"""Lines in one check. A board's busiest month has some hundreds; more is a slip, and its
sheet would keep the printer busy for minutes."""

_H, _MIN = r"\s*(?:h|hrs?|hours?)", r"\s*(?:m|mins?|minutes?)"
_DECIMAL = re.compile(rf"([0-9]{{1,5}})(?:[.,]([0-9]{{1,2}}))?(?:{_H})?\.?")
_CLOCK = re.compile(rf"([0-9]{{1,5}})(?:{_H}|:)\s*([0-5]?[0-9])(?:{_MIN})?\.?")
_MINUTES = re.compile(rf"([0-9]{{1,6}}){_MIN}\.?")

MOST_PAPERS = 50
"""PDF files in one check: each is compared byte by byte."""


class Said(StrEnum):
    """What a line is answered."""

    VALID = "valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REPLACED = "replaced"
    REVOKED = "revoked"
    NOT_OURS = "not-issued-by-us"
    UNREADABLE = "cannot-be-read"


class Match(StrEnum):
    """How what the board wrote beside a code compares with what we issued."""

    NOT_ASKED = ""
    SAME = "same"
    DIFFERS = "differs"
    NOT_COMPARED = "not-compared"


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a board's list: its row there, the board's own id, and the code as typed.

    ``name`` and ``hours`` are what the board read on the paper, or "". ``paper`` is the SHA-256 of
    a PDF that was dropped instead of a line, or "".
    """

    row: int
    own: str
    typed: str
    name: str = ""
    hours: str = ""
    paper: str = ""

    @property
    def code(self) -> str | None:
        """The code that was meant, or None."""
        return meant(self.typed)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one line was answered, frozen as of that moment. Days are ISO days, hours minutes.

    ``since`` is the first valid day, the last one of an expired certificate, or the day it ended.
    A name and what was learned are given only for certificates that stand or have expired.
    """

    row: int
    own: str
    typed: str
    said: Said
    since: str = ""
    reason: str = ""
    replaced_by: str = ""
    code: str = ""
    holder: str = ""
    program: str = ""
    minutes: int = 0
    issued_on: str = ""
    expires_on: str = ""
    name: Match = Match.NOT_ASKED
    hours: Match = Match.NOT_ASKED
    paper: Match = Match.NOT_ASKED
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Notes:
    """What a board should know of its list as a whole. Rows are numbers of its own lines."""

    empty_rows: int = 0
    read_as: str = ""
    same_ids: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    same_codes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def meant(typed: str) -> str | None:
    """The code someone meant, in any spelling or at the end of our address, or None."""
    return read_code(typed.strip(" /\t").rpartition("/")[2])


def repeated(asked: Sequence[Asked]) -> Notes:
    """Ids and codes that stand in more than one line. Each line is answered all the same."""
    return Notes(
        same_ids=_repeated((line.own, line.row) for line in asked),
        same_codes=_repeated((line.code or "", line.row) for line in asked),
    )


def _repeated(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    rows: dict[str, list[int]] = {}
    for name, row in pairs:
        rows.setdefault(name, []).append(row)
    return {name: tuple(found) for name, found in rows.items() if name and len(found) > 1}


def counts(answers: Iterable[Answer]) -> dict[Said, int]:
    """How many lines were answered what, every answer named, in the order of Said."""
    found = [answer.said for answer in answers]
    return {said: found.count(said) for said in Said}


def unreadable(line: Asked) -> Answer:
    """The answer to a line without a code that could be one of ours."""
    match = Match.NOT_COMPARED
    return Answer(
        line.row,
        line.own,
        line.typed,
        Said.UNREADABLE,
        name=match if line.name else Match.NOT_ASKED,
        hours=match if line.hours else Match.NOT_ASKED,
    )


def not_ours(line: Asked) -> Answer:
    """The answer to a code that nobody holds."""
    return replace(unreadable(line), said=Said.NOT_OURS, code=line.code or "")


def with_facts(answer: Answer, line: Asked, facts: Facts, *, shows_name: bool = True) -> Answer:
    """An answer with what it may say of the certificate, and how the board's own words compare.

    Only a certificate that stands or has expired shows and compares its name: a replaced paper
    carries a name its holder has given up, and a revoked one vouches for nothing. A name the holder
    keeps off is compared with the one on the board's paper, and not shown.
    """
    answer = replace(answer, demo=facts.demo, program=facts.program, issued_on=facts.issued_on)
    if answer.said not in (Said.VALID, Said.EXPIRED):
        return answer
    return replace(
        answer,
        holder=facts.holder if shows_name else "",
        minutes=facts.minutes,
        expires_on=facts.expires_on or "",
        name=same_name(line.name, facts.holder),
        hours=same_hours(line.hours, facts.minutes),
    )


def said_of(state: State) -> Said:
    """The answer for the state of a certificate of ours."""
    return Said(state.value)


def same_name(typed: str, ours: str) -> Match:
    """Compare names without regard to case, spaces and how letters are composed.

    Accents count: "Jose" differs from "José", and a person decides what that means.
    """
    if not typed.strip():
        return Match.NOT_ASKED
    return Match.SAME if _plain(typed) == _plain(ours) else Match.DIFFERS


def _plain(name: str) -> str:
    return " ".join(normalize("NFKC", name).casefold().split())


def same_hours(typed: str, ours: int) -> Match:
    """Compare hours as typed ("46", "46.5", "46,5", "46:30", "46 h 30 min") with ours in minutes.

    What cannot be read as hours is not compared, which is said, rather than guessed.
    """
    if not typed.strip():
        return Match.NOT_ASKED
    minutes = read_hours(typed)
    if minutes is None:
        return Match.NOT_COMPARED
    return Match.SAME if minutes == ours else Match.DIFFERS


def read_hours(typed: str) -> int | None:
    """Minutes of hours as people type them, or None: "46.5" is 46 h 30 min.

    Two decimals are enough to name a minute: "46.33" is 46 h 20 min.
    """
    text = typed.strip().lower()
    if found := _DECIMAL.fullmatch(text):
        whole, part = found[1], (found[2] or "").ljust(2, "0")
        return int(whole) * 60 + (int(part) * 60 + 50) // 100
    if found := _CLOCK.fullmatch(text):
        return int(found[1]) * 60 + int(found[2])
    found = _MINUTES.fullmatch(text)
    return int(found[1]) if found else None
