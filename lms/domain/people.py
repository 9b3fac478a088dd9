"""Who may do what, and the brakes on guessing a password."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from unicodedata import category, normalize

NAME_LIMIT = 90
"""Longest name a certificate can print on its line."""


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINERS = "\u200c\u200d"


class Role(StrEnum):
    """What a person is here. Learner, assessor and coordinator belong to a cohort; the others do
    not.
    """

    LEARNER = "learner"
    ASSESSOR = "assessor"
    COORDINATOR = "coordinator"
    BOARD = "board"
    OPERATOR = "operator"


COHORT_ROLES = frozenset({Role.LEARNER, Role.ASSESSOR, Role.COORDINATOR})


@dataclass(frozen=True, slots=True)
class Grant:
    """A role, in one cohort or (None) in the whole school."""

    role: Role
    cohort: int | None = None


def cohorts_as(grants: Iterable[Grant], role: Role) -> frozenset[int]:
    """The cohorts in which a person has a role."""
    return frozenset(g.cohort for g in grants if g.role is role and g.cohort is not None)


def clean_line(typed: str) -> str:
    """Words for one line: composed, single spaces, no invisible control characters.

    The two joiners that Persian and Indic names need are kept; what turns the line's direction is
    not. Empty when nothing can be seen.
    """
    spaced = "".join(" " if c.isspace() else c for c in typed)
    seen = "".join(c for c in spaced if c in _JOINERS or category(c) not in _UNSEEN)
    kept = normalize("NFC", " ".join(seen.split()))
    return kept if kept.strip(_JOINERS + " ") else ""


def clean_name(typed: str) -> str:
    """A name as it will be printed, cleaned as :func:`clean_line` does.

    Raises ValueError with a sentence when it is empty or longer than 90 characters.
    """
    kept = clean_line(typed)
    if not kept:
        raise ValueError("Enter the name to print on your certificate.")
    if len(kept) > NAME_LIMIT:
        raise ValueError(
            f"The name has {len(kept)} characters. A certificate can print {NAME_LIMIT}."
        )
    return kept


WINDOW = timedelta(minutes=15)
ACCOUNT_LIMIT = 8
ADDRESS_LIMIT = 300
"""Failures in the window. The account is strict; the address is wide, because forty honest people
may sit behind one (ux.md A1, security.md B3). Only failures count."""


def braked(account_failures: int, address_failures: int) -> bool:
    """True when a sign-in must wait: too many failures for this account, or far too many from this
    address.
    """
    return account_failures >= ACCOUNT_LIMIT or address_failures >= ADDRESS_LIMIT


IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=14)
"""A session ends after twelve quiet hours, so that a day's work is not interrupted, and after two
weeks in any case (security.md B2 V7; ux.md A7 worked example)."""


def session_is_live(started_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """True while neither the idle nor the absolute limit has passed."""
    return now - seen_at <= IDLE and now - started_at <= ABSOLUTE
