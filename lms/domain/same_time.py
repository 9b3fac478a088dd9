"""The same time counts once: what a new line may lie beside, and how much fits into a day."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from lms.domain.hours import Entry, Modality
from lms.domain.logging_hours import DAY_MINUTES, WAYS, Kind, Logged, length, refused

_SUPERVISION = frozenset(WAYS[Kind.SUPERVISION])


def is_timed(entry: Entry) -> bool:
    """Whether a line has times of day. Reading and training from elsewhere have days only."""
    return entry.modality is not Modality.SELF_PACED and entry.origin == "ours"


def counted_time(modality: Modality) -> str:
    """The kind of counted time: the same time counts once as work, as supervision, as training.

    Supervision may lie inside work. Both lines stand, because boards differ in whether they count
    supervision as work as well (domain.md 7 no. 19: Kentucky does, Texas does not).
    """
    if modality is Modality.WORK:
        return "work"
    return "supervision" if modality in _SUPERVISION else "training"


def overlapping(new: Logged, modality: Modality, others: Iterable[Entry]) -> list[Entry]:
    """Lines at the same time that would count the same time twice, earliest first."""
    kind = counted_time(modality)
    return sorted(
        (e for e in _at_the_time(new, others) if counted_time(e.modality) == kind),
        key=lambda e: (e.starts_at, e.id),
    )


def work_around(new: Logged, modality: Modality, others: Iterable[Entry]) -> bool:
    """True when supervision lies inside work or the other way about: allowed, and worth saying."""
    kinds = {counted_time(modality), *(counted_time(e.modality) for e in _at_the_time(new, others))}
    return {"work", "supervision"} <= kinds


def _at_the_time(new: Logged, others: Iterable[Entry]) -> list[Entry]:
    return [
        e for e in others if is_timed(e) and e.starts_at < new.ends_at and new.starts_at < e.ends_at
    ]


def check_against(
    new: Logged, kind: Kind, modality: Modality, others: Sequence[Entry], zone: tzinfo
) -> None:
    """Refuse time that is counted already, and days of more than 24 hours. Raises Refused.

    ``others`` are the person's lines around these days that still count: none taken back.
    """
    if kind is not Kind.ELSEWHERE and (met := overlapping(new, modality, others)):
        raise refused(
            "starts",
            "At this time you already have “%(title)s”, %(day)s from %(start)s to %(end)s. The "
            "same time counts once. Change the times, or take the other line back first.",
            title=met[0].title,
            day=met[0].starts_at.astimezone(zone).date().isoformat(),
            start=f"{met[0].starts_at.astimezone(zone):%H:%M}",
            end=f"{met[0].ends_at.astimezone(zone):%H:%M}",
        )
    lines = [*others, as_entry(new, kind, modality)]
    for day in _days(new, zone):
        if (whole := _by_clock(lines, day, zone) + _by_day(lines, day, zone)) > DAY_MINUTES:
            raise refused(
                "minutes",
                "With this, %(day)s would have %(minutes)s minutes. A day has 1440. Check the day "
                "and the minutes, here and in your other lines of that day.",
                day=day.isoformat(),
                minutes=whole,
            )


def _days(new: Logged, zone: tzinfo) -> list[date]:
    first, last = new.starts_at.astimezone(zone).date(), new.ends_at.astimezone(zone).date()
    # Over more than two days nothing but days is known; their minutes were looked at on their own.
    return [first] if first == last else [first, last] if (last - first).days == 1 else []


def as_entry(new: Logged, kind: Kind, modality: Modality, title: str = "") -> Entry:
    """A log as a line that others are held against."""
    origin = "transferred" if kind is Kind.ELSEWHERE else "ours"
    at = (new.starts_at, new.ends_at)
    return Entry(0, new.minutes, new.topics, modality, *at, "", "", title=title, origin=origin)


def _by_day(lines: Iterable[Entry], day: date, zone: tzinfo) -> int:
    """Minutes of training from elsewhere that lie on this day alone."""
    return sum(
        e.minutes
        for e in lines
        if e.origin != "ours"
        and e.starts_at.astimezone(zone).date() == day == e.ends_at.astimezone(zone).date()
    )


def _by_clock(lines: Iterable[Entry], day: date, zone: tzinfo) -> int:
    """Minutes of a day that lie in any of the lines with a time; what overlaps is there once."""
    begins = datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
    ends = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC)
    timed = (e for e in lines if is_timed(e))
    spans = sorted((max(e.starts_at, begins), min(e.ends_at, ends)) for e in timed)
    found, reached = 0, begins
    for start, end in spans:
        if end > max(start, reached):
            found += length(max(start, reached), end)
            reached = end
    return found
