"""What a learner writes down of their own time: when it was, and how it splits by topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from lms.domain.hours import Modality
from lms.domain.requirements import Sentence

DAY_MINUTES = 24 * 60
EARLIEST = date(1970, 1, 1)
_NOON = time(12)


class Kind(StrEnum):
    """What is written down by hand: by a learner, or ``HELD`` by a coordinator: meetings of ours
    from before this record was kept.
    """

    WORK = "work"
    SUPERVISION = "supervision"
    IN_SERVICE = "in-service"
    ELSEWHERE = "elsewhere"
    HELD = "held"


WAYS = {
    Kind.WORK: (Modality.WORK,),
    Kind.SUPERVISION: (
        Modality.SUPERVISION_INDIVIDUAL,
        Modality.SUPERVISION_GROUP,
        Modality.OBSERVATION,
    ),
    Kind.IN_SERVICE: (Modality.IN_SERVICE,),
    Kind.ELSEWHERE: (Modality.LIVE_IN_PERSON, Modality.LIVE_ONLINE, Modality.SELF_PACED),
    Kind.HELD: (Modality.LIVE_IN_PERSON, Modality.LIVE_ONLINE),
}
"""How time of each kind may have been spent."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something cannot be kept, beside the field that mends it."""

    field: str
    sentence: Sentence


class Refused(ValueError):
    """What was written down cannot be kept; each of ``refusals`` says why and how to mend it."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(" ".join(str(one.sentence) for one in refusals))
        self.refusals = refusals


def refused(field: str, text: str, **values: str | int) -> Refused:
    """One refusal, to be raised."""
    return Refused(Refusal(field, Sentence(text, values)))


@dataclass(frozen=True, slots=True)
class Typed:
    """What a learner wrote, before it is looked at; None is left empty.

    Clock times are of the provider's zone. ``parts`` are topics, each with its minutes or with None
    for the rest. ``last_day`` is for training that went over several days.
    """

    kind: Kind
    day: date
    starts: time | None = None
    ends: time | None = None
    minutes: int | None = None
    parts: tuple[tuple[str, int | None], ...] = ()
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What a learner says of the time: what it was, where, for whom, and what shows it."""

    title: str
    modality: Modality
    place: str = ""
    provider: str = ""
    approvals: tuple[str, ...] = ()
    pay: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """The same, placed in time and split by topic. Training from elsewhere has days, no clock."""

    starts_at: datetime
    ends_at: datetime
    minutes: int
    topics: dict[str, int]


def moment(day: date, clock: time, zone: tzinfo, field: str = "starts") -> datetime:
    """A day and time of a zone, in UTC. Raises Refused for a time the clocks jump over.

    A time that comes twice that night is the first of the two.
    """
    there = datetime.combine(day, clock, tzinfo=zone)
    # In UTC, because Python subtracts two times of one zone as if no clock had jumped between them.
    here = there.astimezone(UTC)
    if here.astimezone(zone).replace(tzinfo=None) != there.replace(tzinfo=None):
        raise refused(
            field,
            "The clocks went forward over %(time)s that day, so this time did not exist. "
            "Enter the time the clock showed.",
            time=f"{clock:%H:%M}",
        )
    return here


def length(starts_at: datetime, ends_at: datetime) -> int:
    """Whole minutes that passed between two moments, whatever the clocks on the wall did."""
    return int((ends_at.astimezone(UTC) - starts_at.astimezone(UTC)).total_seconds()) // 60


def log(typed: Typed, now: datetime, zone: tzinfo) -> Logged:
    """Place what was written in time and split it by topic. Raises Refused."""
    _check_days(typed, now.astimezone(zone).date())
    if typed.kind is Kind.ELSEWHERE:
        starts_at, ends_at, minutes = _by_days(typed, zone)
    else:
        starts_at, ends_at, minutes = _by_clock(typed, zone)
        if ends_at > now:
            raise refused(
                "ends" if typed.ends else "minutes",
                "This ends after now. Write hours down once they are done.",
            )
    return Logged(starts_at, ends_at, minutes, split_by_hand(minutes, typed.parts))


def _check_days(typed: Typed, today: date) -> None:
    for field, day in (("day", typed.day), ("last_day", typed.last_day or typed.day)):
        if day > today:
            raise refused(field, "This day has not come yet. Write hours down after they happened.")
        if day < EARLIEST:
            raise refused(field, "This is before 1970. Check the year.")
    if typed.last_day and typed.last_day < typed.day:
        raise refused("last_day", "The last day is before the first. Change one of them.")


def _least(minutes: int | None, field: str) -> None:
    if minutes is not None and minutes < 1:
        raise refused(
            field,
            "Enter 1 minute or more. To take hours back, open their line and take it back.",
        )


def _by_days(typed: Typed, zone: tzinfo) -> tuple[datetime, datetime, int]:
    """Noon of the first and of the last day: the same day in every zone."""
    _least(typed.minutes, "minutes")
    if typed.minutes is None:
        raise refused("minutes", "Enter how many minutes it was, as its certificate says.")
    last = typed.last_day or typed.day
    most = ((last - typed.day).days + 1) * DAY_MINUTES
    if typed.minutes > most:
        raise refused(
            "minutes",
            "That is more than 24 hours a day. Check the minutes, or enter the last day.",
        )
    return moment(typed.day, _NOON, zone), moment(last, _NOON, zone), typed.minutes


def _by_clock(typed: Typed, zone: tzinfo) -> tuple[datetime, datetime, int]:
    _least(typed.minutes, "minutes")
    if typed.starts is None:
        raise refused("starts", "Enter when it started, such as 09:30.")
    starts_at = moment(typed.day, typed.starts, zone)
    if typed.ends is None:
        if typed.minutes is None:
            raise refused("ends", "Enter when it ended, or how many minutes it took.")
        if typed.minutes > DAY_MINUTES:
            raise refused("minutes", "One line holds at most 24 hours. Write a line for each day.")
        return starts_at, starts_at + timedelta(minutes=typed.minutes), typed.minutes
    ends_at = _end(typed, typed.starts, typed.ends, zone)
    passed = length(starts_at, ends_at)
    if passed > DAY_MINUTES:
        raise refused(
            "ends",
            "From start to end %(passed)s minutes passed. One line holds at most 24 hours.",
            passed=passed,
        )
    if typed.minutes is not None and typed.minutes > passed:
        raise refused(
            "minutes",
            "From %(start)s to %(end)s %(passed)s minutes passed, so %(minutes)s cannot count. "
            "Enter fewer, or leave the minutes empty to count all of it.",
            start=f"{typed.starts:%H:%M}",
            end=f"{typed.ends:%H:%M}",
            passed=passed,
            minutes=typed.minutes,
        )
    return starts_at, ends_at, passed if typed.minutes is None else typed.minutes


def _end(typed: Typed, starts: time, ends: time, zone: tzinfo) -> datetime:
    """An end before the start is taken as the next morning: people work nights."""
    if ends == starts:
        raise refused("ends", "Start and end are the same. Enter when it ended.")
    day = typed.day if ends > starts else typed.day + timedelta(days=1)
    return moment(day, ends, zone, "ends")


def split_by_hand(minutes: int, parts: Sequence[tuple[str, int | None]]) -> dict[str, int]:
    """Minutes by topic as typed; one topic without minutes takes the rest. Raises Refused."""
    names = [topic for topic, _part in parts]
    if not names:
        raise refused("topic_1", "Choose what it was mostly about.")
    if len(set(names)) < len(names):
        raise refused("topic_1", "A topic stands there twice. Add its minutes together.")
    for place, (_topic, part) in enumerate(parts, 1):
        _least(part, f"minutes_{place}")
    open_ones = [topic for topic, part in parts if part is None]
    given = sum(part for _topic, part in parts if part is not None)
    if len(open_ones) > 1:
        raise refused("minutes_1", "Only one topic may stand without minutes: it takes the rest.")
    if (given >= minutes) if open_ones else (given != minutes):
        raise refused(
            "minutes_1",
            "The topics add up to %(given)s minutes, but %(minutes)s count. Change one of them, or "
            "leave one topic without minutes: it takes the rest.",
            given=given,
            minutes=minutes,
        )
    return {topic: minutes - given if part is None else part for topic, part in parts}
