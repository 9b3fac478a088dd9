"""How long a time the lines of a requirement reach over (Colorado asks for six months)."""

from collections.abc import Iterator
from datetime import date

from lms.domain import sentences as s
from lms.domain.months import months_between, months_on
from lms.domain.packs import Amount
from lms.domain.placing import OVER
from lms.domain.requirements import Answer
from lms.domain.tally import Tally, state_of


def span_months(tally: Tally) -> Iterator[Answer]:
    """How many months the lines counted reach over, if that is asked."""
    asked = tally.asked.window.span_months
    if asked is None:
        return
    lines = {line for (_, at), pieces in tally.placed.items() if at != OVER for line, _ in pieces}
    later = {
        line
        for fitting in tally.found.pieces.values()
        for pieces in fitting.values()
        for line, _ in pieces
    }
    have, by = _reach(tally, lines, asked)
    state = state_of(Amount(least=asked), have, _reach(tally, later, asked)[0])
    sentence = s.say(s.REACH, title=s.SPAN, have=have, need=asked)
    yield Answer("span", s.SPAN, state, sentence, have, asked, by)


def _reach(tally: Tally, numbers: set[int], asked: int) -> tuple[int, date | None]:
    """Whole months from the first line to the last, and the day they will be enough."""
    if not numbers:
        return 0, None
    first = min(tally.ledger.days[number] for number in numbers)
    last = max(tally.ledger.lines[number].ends_at.date() for number in numbers)
    return months_between(first, last), months_on(first, asked)
