"""The clock of a credential: when its period began, ends, opens, is due, and can still be mended.

Source of the kinds of period: domain.md 3.4 no. 6 and 7 nos. 16 and 17.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lms.domain import sentences as s
from lms.domain.amounts import most
from lms.domain.months import months_on
from lms.domain.packs import Renewal
from lms.domain.record import Record
from lms.domain.requirements import Sentence

SOON_DAYS = 60
"""How many days before its last good day a renewal is said to be due soon. Ours."""


class Phase(StrEnum):
    """Where a period stands on a day."""

    UNKNOWN = "unknown"
    NOT_OPEN = "not-open"
    OPEN = "open"
    DUE_SOON = "due-soon"
    OVER = "over"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Clock:
    """A period, its first and last day; the days renewal opens, should be asked for, and can still
    be mended until. What is None is not known.
    """

    phase: Phase
    sentence: Sentence
    starts: date | None = None
    ends: date | None = None
    opens_on: date | None = None
    due_on: date | None = None
    late_until: date | None = None


def clock(renewal: Renewal | None, record: Record, today: date) -> Clock:
    """The clock on a day. Nobody is taken to have renewed: without ``period_from`` it is the first
    period after certification that counts. A credential is good through the last day of its period.
    """
    began = record.period_from or record.certified_on
    if renewal is None or began is None:
        return Clock(Phase.UNKNOWN, s.say(s.CLOCK_UNKNOWN), began)
    starts = began.replace(day=1) if renewal.period == "month-start" else began
    ends = last_day(renewal, starts)
    if ends is None:
        return Clock(Phase.UNKNOWN, s.say(s.CLOCK_UNKNOWN), starts)
    opens, due = _before(ends, renewal.opens_days), _before(ends, renewal.due_days)
    late = None if renewal.late_days is None else ends + timedelta(days=renewal.late_days)
    phase, sentence = _phase(today, ends, opens, due, late)
    return Clock(phase, sentence, starts, ends, opens, due, late)


def last_day(renewal: Renewal, starts: date) -> date | None:
    """The last day of the period that begins on a day. None when its length is not known.

    Calendar years end on 31 December. A fixed common date shortens the first period to fit
    (Mississippi, S218). A period from the first of a month ends with a month (Michigan, S212).
    """
    months = most(renewal.months)
    if renewal.period == "calendar-year":
        years = max(1, (months or 12) // 12)
        return date(starts.year + years - 1, 12, 31)
    if not months:
        return None
    if renewal.period == "fixed":
        return _common(renewal.fixed_on, months, starts)
    ends = months_on(starts, months)
    return ends - timedelta(days=1) if renewal.period == "month-start" else ends


def _common(fixed_on: date | None, months: int, starts: date) -> date | None:
    """The first common day after a day; counted from one of them, so that no month end drifts."""
    if fixed_on is None:
        return None
    turns = (starts.year - fixed_on.year) * 12 // months - 1
    while (ends := months_on(fixed_on, turns * months)) <= starts:
        turns += 1
    return ends


def _before(ends: date, days: int | None) -> date | None:
    return None if days is None else ends - timedelta(days=days)


def _phase(
    today: date, ends: date, opens: date | None, due: date | None, late: date | None
) -> tuple[Phase, Sentence]:
    said = s.day_words(ends)
    if today > ends:
        return _after(today, said, ends, late)
    if opens is not None and today < opens:
        return Phase.NOT_OPEN, s.say(s.CLOCK_NOT_OPEN, ends=said, opens=s.day_words(opens))
    good_until = due if due is not None and today <= due else ends
    if today >= good_until - timedelta(days=SOON_DAYS):
        return Phase.DUE_SOON, s.say(s.CLOCK_DUE, due=s.day_words(good_until), ends=said)
    return Phase.OPEN, s.say(s.CLOCK_OPEN, ends=said)


def _after(today: date, said: str, ends: date, late: date | None) -> tuple[Phase, Sentence]:
    if late is None:
        return Phase.UNKNOWN, s.say(s.CLOCK_OVER_UNKNOWN, ends=said)
    if today <= late:
        return Phase.OVER, s.say(s.CLOCK_OVER, ends=said, late=s.day_words(late))
    return Phase.LAPSED, s.say(s.CLOCK_LAPSED, ends=said)
