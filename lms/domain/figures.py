"""Figures of a requirement pack: a number, a range, none, or unknown; and what they count."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Known(StrEnum):
    """What we know of a figure. None required is a finding; unknown is the want of one."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    NONE = "none"


class Confidence(StrEnum):
    """How sure we are that a figure is right and current (domain.md 3, "Conf.")."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure in the unit of its requirement: minutes, months or a count.

    Minutes are of hours of 60; a version whose hour is shorter asks for as much less.

    ``least`` to ``most`` is a range (40 to 60); ``most`` alone is "up to". ``about`` marks a figure
    its source calls approximate. ``readings`` are the figures that sources disagree about, least
    first; ``least`` is then the highest of them, so that meeting it meets every reading.
    """

    known: Known = Known.KNOWN
    least: int | None = None
    most: int | None = None
    about: bool = False
    readings: tuple[int, ...] = ()


UNKNOWN = Amount(Known.UNKNOWN)
NONE_REQUIRED = Amount(Known.NONE)


@dataclass(frozen=True, slots=True)
class Exam:
    """What is known of an exam: its length, and its pass mark in percent or in scaled points."""

    items: int | None = None
    minutes: int | None = None
    pass_percent: int | None = None
    pass_scaled: int | None = None
    scaled_from: int | None = None
    scaled_to: int | None = None
    attempts_per_term: int | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """What a body charges, for information: fees age quickly (domain.md 7 no. 37)."""

    title: str
    dollars: float


UNITS: Mapping[str, str] = {
    "recovery": "months",
    "age": "years",
    "references": "letters",
    "supervisor-letter": "letters",
    "residence": "percent",
    "essay": "words",
    "college-credits": "credits",
    "employment": "months",
}
"""What the figure of a fact counts, where a requirement does not name its own unit."""
