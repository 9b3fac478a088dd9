"""Times of day on the provider's clock, on the nights when it jumps as well."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo


class NeverWas(ValueError):
    """The clocks went forward over this time of day."""

    def __init__(self, clock: time) -> None:
        super().__init__(f"The clocks went forward over {clock:%H:%M} that day.")
        self.clock = clock


class CameTwice(ValueError):
    """The clocks went back, so that this time of day came twice, and nobody said which is meant."""

    def __init__(self, clock: time) -> None:
        super().__init__(f"The clocks went back, so {clock:%H:%M} came twice. Say which one.")
        self.clock = clock


def moment(day: date, clock: time, zone: tzinfo, second: bool | None = None) -> datetime:
    """A day and time of a zone, in UTC, where two moments can be subtracted.

    ``second`` chooses between two moments of one name; None means nobody chose. Raises NeverWas
    for a time that the clocks jumped over, and CameTwice.
    """
    first = datetime.combine(day, clock, tzinfo=zone)
    if not _exists(first):
        raise NeverWas(clock)
    later = first.replace(fold=1)
    if first.utcoffset() == later.utcoffset():
        return first.astimezone(UTC)
    if second is None:
        raise CameTwice(clock)
    return (later if second else first).astimezone(UTC)


def _exists(local: datetime) -> bool:
    there_and_back = local.astimezone(UTC).astimezone(local.tzinfo)
    return there_and_back.replace(tzinfo=None, fold=0) == local.replace(tzinfo=None, fold=0)


def near(
    held: tuple[datetime, datetime], clock: time, zone: tzinfo, second: bool | None = None
) -> datetime:
    """The moment of a time of day at a meeting.

    A meeting past midnight touches two days: the one is meant that lies nearer to the meeting.
    Raises as :func:`moment` when no day has that time.
    """
    days = sorted({end.astimezone(zone).date() for end in held})
    found: list[datetime] = []
    missing: NeverWas | None = None
    for day in days:
        try:
            found.append(moment(day, clock, zone, second))
        except NeverWas as never:
            missing = never
    if not found:
        raise missing or NeverWas(clock)
    return min(found, key=lambda at: max(held[0] - at, at - held[1], timedelta(0)))


def has_second_hour(held: tuple[datetime, datetime], zone: tzinfo) -> bool:
    """True when the clocks go back on a day that a meeting touches, so that times need a choice."""
    days = {end.astimezone(zone).date() for end in held}
    return any(_offset(day + timedelta(days=1), zone) < _offset(day, zone) for day in days)


def _offset(day: date, zone: tzinfo) -> timedelta:
    midnight = datetime.combine(day, time(), tzinfo=zone)
    return midnight.utcoffset() or timedelta(0)
