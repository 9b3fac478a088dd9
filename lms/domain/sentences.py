"""What an evaluation says, one template a sentence, short enough for a tired person."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from lms.domain.requirements import Sentence

# Figures of hours, and of facts.
HAVE = "%(title)s: %(have)s of %(need)s."
HAVE_ABOUT = "%(title)s: %(have)s of about %(need)s. The figure is not exact."
HAVE_RANGE = "%(title)s: %(have)s. The rule says %(least)s to %(most)s, and %(least)s meets it."
HAVE_UP_TO = "%(title)s: %(have)s. Up to %(most)s may be asked. We do not know what is enough."
HAVE_READINGS = "%(title)s: %(have)s. One source asks for %(least)s, another for %(most)s."
HAVE_UNKNOWN = "%(title)s: %(have)s. We do not know how much is asked. Ask the board."
NOT_ASKED = "%(title)s: nothing is asked."
MAYBE_ASKED = "%(title)s: we do not know if this is asked. Ask the board."
MISSING = "%(missing)s to go."
BY = "It must be met by %(day)s."
LEAVES = "Your oldest line counts until %(day)s."
PART_MISSING = "%(title)s needs %(missing)s more."
SHORT_HOURS = "An hour is %(minutes)s minutes here."

# Ratio, span, times.
NO_WORK_YET = "%(title)s: 1 h for every %(every)s h of work. You have no work hours yet."
RATIO = "1 h is asked for every %(every)s h of work."
REACH = "%(title)s: your lines reach over %(have)s of %(need)s months."
SPAN = "Spread over time"
TIMES = "%(title)s: %(have)s of %(need)s times from %(first)s to %(last)s."
ONE_LONG = "One of them must last at least %(minutes)s."
BEFORE = "The time before"
NOW = "This time"

# Lines that do not count, or not yet.
LINE_OUT = "Your %(minutes)s of %(day)s do not count here."
LINES_OUT = "%(minutes)s in %(lines)s of your lines do not count here."
LIMITED = "%(limit)s stops at %(most)s."
LIMIT = "%(title)s: %(have)s count. It stops at %(most)s."
LIMIT_UNKNOWN = "%(title)s: %(have)s. There is a limit, but we do not know it. Ask the board."
LIMITS_CROSS = "Its limits cross each other, so we cannot count them for sure. Ask the board."
TWICE = "The same event counts once."
AHEAD = "It lies after the day you ask about."
OTHER_WAY = "This way of spending time does not count here."
TOO_OLD = "Only time from %(day)s on counts."
TOO_LATE = "Only time until %(day)s counts."
NOT_APPROVED = "It does not carry the approval of %(body)s."
OTHER_TOPIC = "Its topic does not count here."
EXCLUDED = "The board refuses this topic here."
FULL = "%(title)s has enough. These minutes count in the total."
ELSEWHERE = "These minutes count for %(title)s."
ROUNDED = "Totals are rounded down to %(minutes)s."
WAITS = "It waits for a signature."
UNCHECKED = "It is not checked by us yet."
MORE_WAIT = "%(minutes)s more wait for a signature."
MORE_UNCHECKED = "%(minutes)s more from elsewhere are not checked by us yet."
THEN_MET = "With them it is met."
SINCE_UNKNOWN = "Tell us the day your certification began: time counts from then on."

# Facts.
FACT_MET = "%(title)s: you have told us."
FACT_SHOWN = "%(title)s: your document was seen."
FACT_WAITS = "%(title)s: someone must still sign."
FACT_MISSING = "%(title)s: not yet. The board asks: %(asks)s"
FACT_OLD = "%(title)s: you told us on %(day)s. Tell us again: it must be from %(first)s or later."
FACT_NO_FIGURE = "%(title)s: you have told us, but not how much. Needed: %(need)s."
FIGURE_UNKNOWN = "We do not know how much is asked. Ask the board."
FACT_READY = "You will have it on %(day)s."

# Groups, stages and the whole.
ALL_OF = "%(title)s: %(met)s of %(asked)s things are met."
ANY_MET = "%(title)s: one is enough, and you have it: %(met)s."
ANY_OPEN = "%(title)s: one of %(asked)s is enough."
WAITING_TOO = "%(waiting)s need a signature."
UNKNOWN_TOO = "%(unknown)s we cannot tell."
BOARD_DECIDES = "The board decides."
NO_RENEWAL = "We know of no renewal rule."
NO_DUTIES = "We know of no ongoing duty."
NOT_HELD = "Renewal begins when you hold this certification. Tell us the day it began."

# The clock of renewal.
CLOCK_UNKNOWN = "We do not know when your period ends. Ask the board."
CLOCK_NOT_OPEN = "Your period ends on %(ends)s. You can renew from %(opens)s."
CLOCK_OPEN = "Your period ends on %(ends)s."
CLOCK_DUE = "Ask to renew by %(due)s. Your period ends on %(ends)s."
CLOCK_OVER = "Your period ended on %(ends)s. You can still renew until %(late)s."
CLOCK_OVER_UNKNOWN = "Your period ended on %(ends)s. Ask the board if you can still renew."
CLOCK_LAPSED = "Your period ended on %(ends)s. Ask the board how to begin again."

# Moving, and what changed.
MOVE = "%(title)s: %(missing)s missing."
MOVE_OPEN = "%(title)s: not shown yet."
MOVE_SIGN = "%(title)s: needs a signature."
MOVE_UNKNOWN = "%(title)s: we cannot tell."

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def say(text: str, *more: Sentence, **values: str | int) -> Sentence:
    """A sentence, and those that follow it."""
    return Sentence(text, values, more)


def then(first: Sentence, more: Iterable[Sentence]) -> Sentence:
    """The sentence followed by more."""
    return replace(first, more=(*first.more, *more))


def day_words(day: date) -> str:
    """A day as on our certificates: "3 March 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
