"""What an evaluation says, one template a sentence, short enough for a tired person."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from lms.domain.requirements import Sentence


def sentence(text: str) -> str:
    """A template as it is: the word by which `bin/translate` finds it."""
    return text


# Figures of hours, and of facts.
HAVE = sentence("%(title)s: %(have)s of %(need)s.")
HAVE_ABOUT = sentence("%(title)s: %(have)s of about %(need)s. The figure is not exact.")
HAVE_RANGE = sentence(
    "%(title)s: %(have)s. The rule says %(least)s to %(most)s, and %(least)s meets it."
)
HAVE_UP_TO = sentence(
    "%(title)s: %(have)s. Up to %(most)s may be asked. We do not know what is enough."
)
HAVE_READINGS = sentence(
    "%(title)s: %(have)s. One source asks for %(least)s, another for %(most)s."
)
HAVE_UNKNOWN = sentence("%(title)s: %(have)s. We do not know how much is asked. Ask the board.")
NOT_ASKED = sentence("%(title)s: nothing is asked.")
MAYBE_ASKED = sentence("%(title)s: we do not know if this is asked. Ask the board.")
MISSING = sentence("%(missing)s to go.")
BY = sentence("It must be met by %(day)s.")
PART_MISSING = sentence("%(title)s needs %(missing)s more.")
SHORT_HOURS = sentence("An hour is %(minutes)s minutes here.")

# Ratio, span, times.
NO_WORK_YET = sentence("%(title)s: 1 h for every %(every)s h of work. You have no work hours yet.")
RATIO = sentence("1 h is asked for every %(every)s h of work.")
REACH = sentence("%(title)s: your lines reach over %(have)s of %(need)s months.")
SPAN = sentence("Spread over time")
TIMES = sentence("%(title)s: %(have)s of %(need)s times from %(first)s to %(last)s.")
ONE_LONG = sentence("One of them must last at least %(minutes)s.")
BEFORE = sentence("The time before")
NOW = sentence("This time")

# Lines that do not count, or not yet.
LINE_OUT = sentence("Your %(minutes)s of %(day)s do not count here.")
LINES_OUT = sentence("%(minutes)s in %(lines)s of your lines do not count here.")
LIMITED = sentence("%(limit)s stops at %(most)s.")
LIMIT = sentence("%(title)s: %(have)s count. It stops at %(most)s.")
LIMIT_UNKNOWN = sentence(
    "%(title)s: %(have)s. There is a limit, but we do not know it. Ask the board."
)
LIMITS_CROSS = sentence(
    "Its limits cross each other, so we cannot count them for sure. Ask the board."
)
TWICE = sentence("The same event counts once.")
AHEAD = sentence("It lies after the day you ask about.")
OTHER_WAY = sentence("This way of spending time does not count here.")
TOO_OLD = sentence("Only time from %(day)s on counts.")
TOO_LATE = sentence("Only time until %(day)s counts.")
NOT_APPROVED = sentence("It does not carry the approval of %(body)s.")
OTHER_TOPIC = sentence("Its topic does not count here.")
EXCLUDED = sentence("The board refuses this topic here.")
FULL = sentence("%(title)s has enough. These minutes count in the total.")
ELSEWHERE = sentence("These minutes count for %(title)s.")
ROUNDED = sentence("Totals are rounded down to %(minutes)s.")
WAITS = sentence("It waits for a signature.")
UNCHECKED = sentence("It is not checked by us yet.")
MORE_WAIT = sentence("%(minutes)s more wait for a signature.")
MORE_UNCHECKED = sentence("%(minutes)s more from elsewhere are not checked by us yet.")
THEN_MET = sentence("With them it is met.")
SINCE_UNKNOWN = sentence("Tell us the day your certification began: time counts from then on.")

# Facts.
FACT_MET = sentence("%(title)s: you have told us.")
FACT_SHOWN = sentence("%(title)s: your document was seen.")
FACT_WAITS = sentence("%(title)s: someone must still sign.")
FACT_MISSING = sentence("%(title)s: not yet. The board asks: %(asks)s")
# Of a fact, to a board: only what its holder said.
FACT_TOLD = sentence("The holder says yes to this: “%(asks)s” Nobody here has checked it.")
FACT_UNTOLD = sentence("The holder has not said yes to this: “%(asks)s”")
FACT_OLD = sentence(
    "%(title)s: you told us on %(day)s. Tell us again: it must be from %(first)s or later."
)
FACT_NO_FIGURE = sentence("%(title)s: you have told us, but not how much. Needed: %(need)s.")
FIGURE_UNKNOWN = sentence("We do not know how much is asked. Ask the board.")
FACT_READY = sentence("You will have it on %(day)s.")

# Groups, stages and the whole.
ALL_OF = sentence("%(title)s: %(met)s of %(asked)s things are met.")
ANY_MET = sentence("%(title)s: one is enough, and you have it: %(met)s.")
ANY_OPEN = sentence("%(title)s: one of %(asked)s is enough.")
WAITING_TOO = sentence("%(waiting)s need a signature.")
UNKNOWN_TOO = sentence("%(unknown)s we cannot tell.")
NO_RENEWAL = sentence("We know of no renewal rule.")
NO_DUTIES = sentence("We know of no ongoing duty.")
NOT_HELD = sentence("Renewal begins when you hold this certification. Tell us the day it began.")

# The clock of renewal.
CLOCK_UNKNOWN = sentence("We do not know when your period ends. Ask the board.")
CLOCK_NOT_OPEN = sentence("Your period ends on %(ends)s. You can renew from %(opens)s.")
CLOCK_OPEN = sentence("Your period ends on %(ends)s.")
CLOCK_DUE = sentence("Ask to renew by %(due)s. Your period ends on %(ends)s.")
CLOCK_OVER = sentence("Your period ended on %(ends)s. You can still renew until %(late)s.")
CLOCK_OVER_UNKNOWN = sentence(
    "Your period ended on %(ends)s. Ask the board if you can still renew."
)
CLOCK_LAPSED = sentence("Your period ended on %(ends)s. Ask the board how to begin again.")

# Moving, and what changed.
MOVE = sentence("%(title)s: %(missing)s missing.")
MOVE_OPEN = sentence("%(title)s: not shown yet.")
MOVE_SIGN = sentence("%(title)s: needs a signature.")
MOVE_UNKNOWN = sentence("%(title)s: we cannot tell.")

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
