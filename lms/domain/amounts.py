"""Is a figure met, and how it is said: ranges, "up to", "about", and sources that disagree."""

from collections.abc import Callable
from dataclasses import replace

from lms.domain import sentences as s
from lms.domain.packs import Amount, Known
from lms.domain.requirements import Sentence, State


def enough(amount: Amount) -> int | None:
    """What meets it for sure: the least of a range, the most of "up to", the highest reading.

    None when it is unknown or none is required.
    """
    if amount.known is not Known.KNOWN:
        return None
    return amount.most if amount.least is None else amount.least


def most(amount: Amount) -> int | None:
    """Where a limit stops for sure: the lowest of its readings. None when it is unknown."""
    return min(amount.readings) if amount.readings else enough(amount)


def judged(amount: Amount, have: int) -> State:
    """The state of having so much of it. Between two readings, or under an "up to", we cannot tell;
    zero asked is met by nothing."""
    need = enough(amount)
    if need is None:
        return State.UNKNOWN if amount.known is Known.UNKNOWN else State.NOT_ASKED
    if have >= need:
        return State.MET
    unsure = amount.least is None or (amount.readings and have >= amount.readings[0])
    return State.UNKNOWN if unsure else State.NOT_YET


def said(title: str, amount: Amount, have: int, unit: Callable[[int], str]) -> Sentence:
    """What one has of what is asked. A figure that is not plain says so."""
    need = enough(amount)
    held = unit(have)
    if need is None:
        unknown = amount.known is Known.UNKNOWN
        text = s.HAVE_UNKNOWN if unknown else s.NOT_ASKED
        return s.say(text, title=title, **({"have": held} if unknown else {}))
    if amount.readings:
        least, highest = unit(amount.readings[0]), unit(amount.readings[-1])
        return s.say(s.HAVE_READINGS, title=title, have=held, least=least, most=highest)
    if amount.least is None:
        return s.say(s.HAVE_UP_TO, title=title, have=held, most=unit(need))
    if amount.most is not None:
        most = unit(amount.most)
        return s.say(s.HAVE_RANGE, title=title, have=held, least=unit(need), most=most)
    text = s.HAVE_ABOUT if amount.about else s.HAVE
    return s.say(text, title=title, have=held, need=unit(need))


def of_hours(amount: Amount, hour_minutes: int) -> Amount:
    """Minutes of hours of 60 as minutes of the board's own hour: 40 hours of 50 are 2,000."""
    if hour_minutes == 60:
        return amount
    return replace(
        amount,
        least=_shorter(amount.least, hour_minutes),
        most=_shorter(amount.most, hour_minutes),
        readings=tuple(minutes * hour_minutes // 60 for minutes in amount.readings),
    )


def _shorter(minutes: int | None, hour_minutes: int) -> int | None:
    return None if minutes is None else minutes * hour_minutes // 60
