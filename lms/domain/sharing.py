"""A link by which a holder shows one certificate to whom they choose, for a while."""

from datetime import datetime, timedelta
from enum import StrEnum

LONGEST = timedelta(days=365)
DAYS = (7, 30, 90, 365)
"""How long a link may hold, to choose from."""

MOST_OPEN = 20
"""Links of one certificate that are open at once; more could not be looked after."""


class Shared(StrEnum):
    """How much a link shows; each shows what the one before it shows, and more."""

    STATE = "state"
    FACTS = "facts"
    PAPERS = "papers"


def is_open(now: datetime, ends_at: datetime, ended_at: datetime | None) -> bool:
    """True while a link shows something: it is not ended, and its time is not over."""
    return ended_at is None and now < ends_at


def last_moment(now: datetime, days: int) -> datetime:
    """When a link made now ends. Raises ValueError for a number of days that is not offered."""
    if days not in DAYS:
        raise ValueError("a link holds for as many days as are offered")
    return now + timedelta(days=days)
