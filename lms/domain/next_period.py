"""Renewing a certificate of ours: when it can be done, with how much, and until when it then holds.

The windows and hours are the program's own: a certificate of completion is no certification, and no
source of domain.md sets a rule for it. A board's own clock is in lms.domain.renewal.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lms.domain.certificate import expiry
from lms.domain.hours import LIVE, Entry, Modality, Standing
from lms.domain.promises import Renews

LEARNING = LIVE | {Modality.SELF_PACED, Modality.IN_SERVICE}
"""What continuing education is made of; work and supervision are not."""


class Window(StrEnum):
    """Whether a certificate can be renewed on a day."""

    NOT_YET = "not-yet"
    OPEN = "open"
    LATE = "late"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Term:
    """Where a day stands: the first day of the window, and the last on which it is only late."""

    window: Window
    opens_on: date
    late_until: date


def term(expires_on: date, rule: Renews, today: date) -> Term:
    """The term of a certificate. It can be renewed on the first day, the last good day, and the
    last late day.
    """
    opens = expires_on - timedelta(days=rule.opens_days)
    late = expires_on + timedelta(days=rule.late_days)
    if today < opens:
        window = Window.NOT_YET
    elif today <= expires_on:
        window = Window.OPEN
    else:
        window = Window.LATE if today <= late else Window.OVER
    return Term(window, opens, late)


def next_expiry(expires_on: date, today: date, valid_months: int) -> date:
    """The last good day of the next period. Whoever renews early loses no day; whoever is late
    begins on the day they renew.
    """
    found = expiry(max(expires_on, today), valid_months)
    if found is None:
        raise ValueError("a period has an end")
    return found


def counts(entry: Entry) -> bool:
    """Whether a line can renew: learning that we gave, and vouched for."""
    is_vouched = entry.standing is Standing.VOUCHED
    return is_vouched and entry.origin == "ours" and entry.modality in LEARNING


def is_enough(rule: Renews, minutes: int, live: int) -> bool:
    """Whether so many minutes, of which so many with a trainer, renew."""
    return minutes >= rule.minutes and live >= rule.live_minutes
