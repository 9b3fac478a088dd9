"""Being at a meeting: its breaks, how presence was recorded, and the code that changes."""

import hmac
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from lms.domain.hours import present_minutes

Break = tuple[int, int]
"""From and until, in minutes after the start of the meeting."""

LONGEST = timedelta(hours=12)
"""A meeting lasts at most this long; anything longer is a slip of the pen."""

STEP_SECONDS = 60
EARLY = timedelta(minutes=15)
"""How long before the start one can sign in, and after the end sign out."""
_REMEMBERED = 30


class How(StrEnum):
    """How presence was recorded; it stays with the row."""

    TRAINER = "trainer"
    TAP = "tap"
    CODE = "code"
    PAPER = "paper"


class Door(StrEnum):
    """Whether a meeting's door is open to come and go."""

    BEFORE = "before"
    OPEN = "open"
    AFTER = "after"


class Verdict(StrEnum):
    """What a typed code is."""

    RIGHT = "right"
    OLD = "old"
    WRONG = "wrong"


def check_times(held: tuple[datetime, datetime], break_minutes: int) -> None:
    """Raise ValueError with a sentence for a meeting that cannot be."""
    length = held[1] - held[0]
    if length <= timedelta(0):
        raise ValueError("The end must be after the start.")
    if length > LONGEST:
        raise ValueError("A meeting can last 12 hours at most. Check both times.")
    if timedelta(minutes=break_minutes) >= length:
        raise ValueError("The breaks are as long as the meeting. Check the minutes.")


def check_breaks(length_minutes: int, breaks: Sequence[Break]) -> None:
    """Raise ValueError with a sentence when breaks leave the meeting or lie over one another."""
    until = 0
    for begin, end in sorted(breaks):
        if end <= begin:
            raise ValueError("A break must end after it begins.")
        if begin < 0 or end > length_minutes:
            raise ValueError("A break lies outside the meeting. Check its times.")
        if begin < until:
            raise ValueError("Two breaks lie over one another. Check their times.")
        until = end


_SPAN = re.compile(r"(\d{1,2}:\d{2})\s*[-\u2013]\s*(\d{1,2}:\d{2})")


def read_breaks(typed: str) -> int | list[tuple[str, str]]:
    """What was typed about breaks: minutes in all, or spans of clock times such as 10:30-10:45.

    Raises ValueError with a sentence.
    """
    words = typed.strip()
    if re.fullmatch(r"[0-9]{0,3}", words):
        return int(words or 0)
    spans = [_SPAN.fullmatch(part.strip()) for part in re.split(r"[,;]", words)]
    if not all(spans):
        raise ValueError("Enter breaks as minutes, such as 15, or as times, such as 10:30-10:45.")
    return [(span[1].zfill(5), span[2].zfill(5)) for span in spans if span]


def counted_minutes(
    held: tuple[datetime, datetime],
    there: tuple[datetime, datetime],
    break_minutes: int,
    breaks: Sequence[Break] = (),
) -> int:
    """Whole minutes of presence that count, inside the meeting and outside its breaks.

    When the times of the breaks are known, exactly the minutes present in them are taken off. When
    only their length is known, it is taken off in proportion (:func:`present_minutes`), which is
    the best that can be said. Breaks do not count: domain.md 4.3 (S39, S120).
    """
    if not breaks:
        return present_minutes(held, there, break_minutes)
    seconds = _shared(held, there)
    for begin, end in breaks:
        pause = held[0] + timedelta(minutes=begin), held[0] + timedelta(minutes=end)
        seconds -= _shared(_inside(held, there), pause)
    return seconds // 60


def _inside(
    held: tuple[datetime, datetime], there: tuple[datetime, datetime]
) -> tuple[datetime, datetime]:
    return max(held[0], there[0]), min(held[1], there[1])


def _shared(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> int:
    begin, end = _inside(one, other)
    return max(0, int((end - begin).total_seconds()))


def door(held: tuple[datetime, datetime], now: datetime) -> Door:
    """Whether people can come and go: from 15 minutes before the start until 15 after the end."""
    if now < held[0] - EARLY:
        return Door.BEFORE
    return Door.OPEN if now <= held[1] + EARLY else Door.AFTER


def _step(now: datetime) -> int:
    return int(now.timestamp()) // STEP_SECONDS


def code(key: bytes, meeting: str, now: datetime) -> str:
    """The six digits that a meeting shows in this minute; nobody without the key can tell the
    next.
    """
    return _code_of(key, meeting, _step(now))


def _code_of(key: bytes, meeting: str, step: int) -> str:
    digest = hmac.new(key, f"{meeting}:{step}".encode(), sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06}"


def seconds_left(now: datetime) -> int:
    """Seconds until the code changes, from 1 to 60."""
    return STEP_SECONDS - int(now.timestamp()) % STEP_SECONDS


def judge(key: bytes, meeting: str, now: datetime, typed: str) -> Verdict:
    """What a typed code is. The one before the present one is right too, for who types slowly."""
    digits = re.sub(r"\s", "", typed)
    if not re.fullmatch(r"[0-9]{6}", digits):
        return Verdict.WRONG
    step = _step(now)
    same = [
        hmac.compare_digest(digits, _code_of(key, meeting, step - n)) for n in range(_REMEMBERED)
    ]
    if any(same[:2]):
        return Verdict.RIGHT
    return Verdict.OLD if any(same) else Verdict.WRONG
