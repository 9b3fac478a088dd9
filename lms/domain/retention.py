"""How long what was earned is kept after an account is gone, and by whose rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MARGIN_YEARS = 7
"""Kept at least so long whatever a board asks: our margin, no board's rule (domain.md 4.3)."""


class Kind(StrEnum):
    """What is kept: lines of hours, certificates, and the journal of what was done."""

    HOURS = "hours"
    CERTIFICATE = "certificate"
    JOURNAL = "journal"


@dataclass(frozen=True, slots=True)
class Rule:
    """Years that a jurisdiction or a body wants a kind of record kept."""

    kind: Kind
    who: str
    years: int
    source: str


RULES = (
    Rule(Kind.HOURS, "US-CA", 2, "domain.md 3.1, ca-medi-cal: records of education, after renewal"),
    Rule(Kind.HOURS, "NBHAP", 4, "domain.md 4.3, retention seen"),
    Rule(Kind.HOURS, "US-MT", 4, "domain.md 4.3, retention seen"),
    Rule(Kind.HOURS, "US-NH", 6, "domain.md 4.3, retention seen"),
    Rule(Kind.CERTIFICATE, "US-CA", 2, "domain.md 3.1, ca-medi-cal: records of education"),
    Rule(Kind.CERTIFICATE, "NBHAP", 4, "domain.md 4.3, retention seen"),
    Rule(Kind.CERTIFICATE, "US-MT", 4, "domain.md 4.3, retention seen"),
    Rule(Kind.CERTIFICATE, "US-NH", 6, "domain.md 4.3, retention seen"),
)
"""What was seen (domain.md 4.3: 2, 4, 4 and 6 years; 5 for accountancy, which is not ours). A place
that is not here is unknown to us, not free of a rule."""


def asked_years(kind: Kind, places: Iterable[str]) -> int | None:
    """The longest time a rule we know asks for in these places; None when we know of none there."""
    known = set(places)
    return max((r.years for r in RULES if r.kind is kind and r.who in known), default=None)


def kept_years(kind: Kind, places: Iterable[str]) -> int | None:
    """Years a record is kept: what is asked, and never less than our margin.

    None for the journal, which holds no name and no words of anyone and is kept for good
    (security.md B6, retention classes).
    """
    if kind is Kind.JOURNAL:
        return None
    return max(MARGIN_YEARS, asked_years(kind, places) or 0)


def kept_until(kind: Kind, places: Iterable[str], last: date) -> date | None:
    """The last day a record is kept at least, counted from the last day it is about.

    The 29th of February ends on the 1st of March, so that nothing is kept a day short.
    """
    years = kept_years(kind, places)
    if years is None:
        return None
    try:
        return last.replace(year=last.year + years)
    except ValueError:
        return date(last.year + years, 3, 1)
