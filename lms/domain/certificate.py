"""The certificate: its frozen facts, its code, and where it stands today."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lms.domain.approvals import Approval
from lms.domain.paper_words import Words

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that a code survives a fax and a tired eye."""

CODE_BITS = 128
_DATA = 26
_LENGTH = _DATA + 1
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})


@dataclass(frozen=True, slots=True)
class Provider:
    """The one training provider of this installation, as certificates print it."""

    name: str
    address: str
    signatory: str
    signatory_title: str
    approvals: tuple[Approval, ...]
    neutral_name: str = ""

    def named(self, words: Words) -> str:
        """The name that a paper in these words prints."""
        return (self.neutral_name if words.is_neutral else "") or self.name


@dataclass(frozen=True, slots=True)
class HourLine:
    """Minutes of one topic in one modality, both in words, as printed."""

    topic: str
    modality: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the paper says, frozen when it was issued. Dates are ISO days; times are in
    minutes.

    The fields are the superset of what boards ask for in domain.md 4.1 (S94, S209, S81, S99, S116).
    """

    code: str
    holder: str
    program: str
    program_id: str
    edition: str
    statement: str
    objectives: tuple[str, ...]
    started_on: str
    completed_on: str
    issued_on: str
    expires_on: str | None
    minutes: int
    hours: tuple[HourLine, ...]
    assessment: tuple[str, ...]
    instructors: tuple[str, ...]
    provider: str
    provider_address: str
    approvals: tuple[str, ...]
    signatory: str
    signatory_title: str
    retention: str
    verify_at: str
    replaces: str | None = None
    demo: bool = False
    renews: str | None = None
    words: Words = Words.USUAL

    @property
    def language(self) -> str:
        """The language tag of the paper."""
        return self.words.language

    @property
    def printed_id(self) -> str:
        """The id of the program as papers print it; in neutral words it would tell, so "" there."""
        return "" if self.words.is_neutral else self.program_id

    @property
    def topics(self) -> dict[str, int]:
        """Minutes by topic, in the order printed."""
        return _sums((line.topic, line.minutes) for line in self.hours)

    @property
    def modalities(self) -> dict[str, int]:
        """Minutes by modality, in the order printed."""
        return _sums((line.modality, line.minutes) for line in self.hours)


def _sums(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for name, minutes in pairs:
        sums[name] = sums.get(name, 0) + minutes
    return sums


def _times(a: int, b: int) -> int:
    """Multiply in GF(32), modulo x^5 + x^2 + 1."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a = (a << 1) ^ (0b100101 if a & 0b10000 else 0)
        b >>= 1
    return product


def _check(data: str) -> str:
    """The symbol that makes every single wrong symbol and every swap of two visible.

    Each place has its own weight, a power of a generator of GF(32), so no two places can trade
    unseen.
    """
    weight, total = 1, 0
    for symbol in data:
        weight = _times(weight, 2)
        total ^= _times(weight, ALPHABET.index(symbol))
    return ALPHABET[total]


def code_from(number: int) -> str:
    """The 27 symbols of a 128-bit random number: 26 that carry it and one that checks them.

    Raises ValueError outside 0 … 2**128 - 1.
    """
    if not 0 <= number < 1 << CODE_BITS:
        raise ValueError("a code carries exactly 128 bits")
    data = ""
    for _ in range(_DATA):
        number, place = divmod(number, 32)
        data = ALPHABET[place] + data
    return data + _check(data)


def read_code(typed: str) -> str | None:
    """The code a person meant, or None. Spaces, dashes, case, and I, L, O for 1, 1, 0 are
    forgiven.
    """
    kept = "".join(c for c in typed[:200].upper() if c.isalnum()).translate(_READ_AS)
    if len(kept) != _LENGTH or any(c not in ALPHABET for c in kept):
        return None
    return kept if _check(kept[:_DATA]) == kept[_DATA] else None


def spaced(code: str) -> str:
    """The code in groups of five, as printed and read aloud."""
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))


class State(StrEnum):
    """What a certificate of ours can be."""

    VALID = "valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    REPLACED = "replaced"


ENDED = frozenset({State.REVOKED, State.REPLACED})
"""What a certificate does not come back from."""


class ReasonClass(StrEnum):
    """Why a certificate was revoked, in classes that can be shown to anyone."""

    ISSUED_IN_ERROR = "issued-in-error"
    REQUIREMENTS_NOT_MET = "requirements-not-met"
    HOLDER_ASKED = "holder-asked"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that befell a certificate, on a day: revoked with a reason class, or replaced by a
    code, and that for good; suspended while it is looked into, or VALID when that was lifted.
    """

    state: State
    on: date
    reason: ReasonClass | None = None
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a certificate today and since when.

    The day is the issue day while it is valid, and the last valid day once it has expired.
    """

    state: State
    since: date
    reason: ReasonClass | None = None
    replaced_by: str | None = None


def standing(
    issued_on: date, expires_on: date | None, happenings: Iterable[Happening], today: date
) -> Standing:
    """One honest state of what befell it, oldest first. Revoked outweighs replaced, then suspended,
    then expired.

    A certificate is still valid on the day it expires, and not on the next.
    """
    befell = list(happenings)
    ended = [h for h in befell if h.state in ENDED]
    if ended:
        first = min(ended, key=lambda h: (h.state is not State.REVOKED, h.on))
        return Standing(first.state, first.on, first.reason, first.replaced_by)
    if befell and befell[-1].state is State.SUSPENDED:
        return Standing(State.SUSPENDED, befell[-1].on)
    if expires_on is not None and today > expires_on:
        return Standing(State.EXPIRED, expires_on)
    return Standing(State.VALID, issued_on)


def expiry(issued_on: date, valid_months: int | None) -> date | None:
    """The last valid day: the same day so many months on, or that month's last day.

    None when certificates of the program do not expire.
    """
    if valid_months is None:
        return None
    month = issued_on.month - 1 + valid_months
    year, month = issued_on.year + month // 12, month % 12 + 1
    return date(year, month, min(issued_on.day, monthrange(year, month)[1]))


REMINDERS = (7, 30, 90)
"""How many days before its last day a holder is written to, nearest first."""


def reminder(expires_on: date, today: date) -> int | None:
    """Which reminder is due: the nearest whose days have begun; None when it is too early, or when
    the certificate has expired. Whoever missed an earlier one gets the nearest only.
    """
    left = (expires_on - today).days
    return next((days for days in REMINDERS if 0 <= left <= days), None)


def in_hours(minutes: int) -> str:
    """Minutes as people read them: "46 h", "9 h 30 min", "45 min", "−30 min"."""
    sign, (hours, rest) = "−" if minutes < 0 else "", divmod(abs(minutes), 60)
    if not hours:
        return f"{sign}{rest} min"
    return f"{sign}{hours} h {rest} min" if rest else f"{sign}{hours} h"


def elapsed(minutes: int) -> str:
    """Minutes since a beginning, as a clock shows them: "1:05"."""
    return f"{minutes // 60}:{minutes % 60:02}"
