"""Keys of a board's own programs: what each may ask, how often, for how long."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class KeyScope(StrEnum):
    """What a key opens: checks of certificates, which anyone with the code can make, or what
    holders released to the board.
    """

    VERIFY = "verify"
    RELEASES = "releases"


PREFIX = "peerpath_"
"""What every key begins with, so that a scan of files for forgotten secrets finds it."""

A_MINUTE = 600
"""Requests of one key in one minute of the clock: ten a second, our choice."""

DEFAULT_DAYS = 180
MOST_DAYS = 366
"""A key lasts a year at most, so that a forgotten one dies."""

MOST_KEYS = 20
"""Keys of one board that stand at once."""

NAME_LIMIT = 60


def stands(ends_at: datetime, ended_at: datetime | None, now: datetime) -> bool:
    """True until its end, or until the board ended it."""
    return now < ends_at and (ended_at is None or now < ended_at)


def ends_at(now: datetime, days: int) -> datetime:
    """When a key made now dies. Raises ValueError with a sentence."""
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"Choose 1 to {MOST_DAYS} days.")
    return now + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Turn:
    """One request of a key: how many there were in this minute with it."""

    used: int
    now: datetime

    @property
    def is_too_much(self) -> bool:
        """True for every request of the minute after the last that is answered."""
        return self.used > A_MINUTE

    @property
    def wait(self) -> int:
        """Seconds until the next minute begins, at least one."""
        return 60 - int(self.now.timestamp()) % 60


def minute(now: datetime) -> int:
    """The minutes since 1970: all requests of one are counted together."""
    return int(now.timestamp()) // 60
