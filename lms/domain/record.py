"""A learner's record as a requirement pack sees it: lines of hours, and facts they hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from lms.domain.hours import Entry


@dataclass(frozen=True, slots=True)
class Held:
    """A fact of a person, with the least that must be told (domain.md 7 nos. 21, 24).

    ``amount`` is its figure (months of recovery, years of age) if it has one, ``since`` the day it
    began. ``standing`` is ``attested`` (they said so), ``shown`` (a document was seen) or
    ``waiting`` (someone must still sign).
    """

    fact: str
    standing: str
    amount: int | None = None
    since: date | None = None
    said_on: date | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """Everything an evaluation may look at.

    ``facts`` is keyed by the kind of fact, or by ``<pack>/<requirement>`` for one that only this
    board asks. ``certified_on`` is the day the board's credential began, ``period_from`` the first
    day of the present renewal period; None when they hold none.
    """

    entries: tuple[Entry, ...] = ()
    facts: Mapping[str, Held] = field(default_factory=dict)
    certified_on: date | None = None
    period_from: date | None = None
