"""A record of many lines of every way and standing, over eight years, without chance."""

from datetime import UTC, date, datetime, timedelta

from lms.domain.hours import Entry, Modality, Standing, split
from lms.domain.record import Record

TOPICS = ("ethics", "communication", "advocacy", "harm-reduction", "families", "oral-health")


def large(lines: int) -> Record:
    """A record of many lines of every way, over eight years, without chance."""
    ways, standings = (
        list(Modality),
        [*[Standing.VOUCHED] * 8, Standing.WAITING, Standing.UNCHECKED],
    )
    found = []
    for n in range(1, lines + 1):
        began = datetime(2026, 11, 20, 9, tzinfo=UTC) - timedelta(days=n * 7 % 2900, minutes=n)
        minutes = 5 + n * 13 % 40
        parts = {TOPICS[n % 6]: 60, TOPICS[n * 5 % 6 - 1]: 40}
        found.append(
            Entry(
                n,
                minutes,
                split(minutes, parts),
                ways[n % 8],
                began,
                began + timedelta(minutes=minutes),
                f"e{n}",
                "Peerpath",
                standing=standings[n * 3 % 10],
            )
        )
    return Record(tuple(found), certified_on=date(2020, 1, 1))
