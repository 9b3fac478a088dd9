"""The months before the demo is built, and dice that always fall the same way."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from hashlib import sha256


def die(sides: int, *on: object) -> int:
    """A number from 0 to ``sides`` - 1: always the same for the same words."""
    said = ":".join(str(word) for word in on)
    return int.from_bytes(sha256(said.encode()).digest()[:8], "big") % sides


@dataclass(frozen=True, slots=True)
class Days:
    """Days counted back from the moment of building, in the school's zone."""

    now: datetime
    zone: tzinfo

    def at(self, ago: int, minute: int) -> datetime:
        """A moment so many days ago, so many minutes after midnight."""
        day = self.now.astimezone(self.zone).date() - timedelta(days=ago)
        hour, rest = divmod(minute, 60)
        return datetime.combine(day, time(hour, rest), tzinfo=self.zone)

    def on_weekday(self, ago: int, weekday: int) -> int:
        """The days to go back to the last such weekday that is at least ``ago`` days ago."""
        day = self.now.astimezone(self.zone).date() - timedelta(days=ago)
        return ago + (day.weekday() - weekday) % 7
