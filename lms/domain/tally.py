"""One requirement of hours before one ledger: everything its answer is made from."""

from collections.abc import Callable
from dataclasses import dataclass

from lms.domain.amounts import judged
from lms.domain.counting import Counting, Fit, Sorted
from lms.domain.hours import Modality, Standing
from lms.domain.limits import cross
from lms.domain.lines import Ledger, Span
from lms.domain.packs import Amount, Requirement, Version
from lms.domain.placing import Placed, Sums, filled, place
from lms.domain.requirements import State
from lms.domain.terms import Figures, figures

VOUCHED = (Standing.VOUCHED,)


@dataclass(frozen=True, slots=True)
class Tally:
    """What is asked, what was found, and where its minutes lie.

    ``sums`` are of lines we vouch for, ``later`` of all, should they be signed and checked.
    ``unsure`` says that minutes count under a limit we do not know, and that without them it might
    not be met; ``crossed`` that limits cross and none was applied.
    """

    asked: Requirement
    version: Version
    days: Span
    ledger: Ledger
    found: Sorted
    figures: Figures
    placed: Placed
    sums: Sums
    later: Sums
    crossed: bool

    def pending(self, standing: Standing, within: Callable[[Fit], bool]) -> int:
        """Minutes of that standing that would fit."""
        return sum(
            minutes
            for fit, pieces in self.found.pieces[standing].items()
            if within(fit)
            for _, minutes in pieces
        )


def tally(asked: Requirement, version: Version, ledger: Ledger, days: Span) -> Tally:
    """Look at every line, place its minutes, and add up."""
    found = Counting(asked, version, days).sort(ledger)
    asks = figures(asked, version, _work(ledger, days) if asked.ratio else 0)
    crossed = cross([fit.limits for fit in found.fits()])
    terms = asks.terms(version.round_to, limits=not crossed)
    rows, sums = filled(found, terms, VOUCHED)
    later = sums
    if any(found.pieces[standing] for standing in Standing if standing not in VOUCHED):
        _, later = filled(found, terms, Standing)
    placed = place(found, rows)
    return Tally(asked, version, days, ledger, found, asks, placed, sums, later, crossed)


def certain(tally: Tally) -> Sums:
    """The sums if limits that we do not know let nothing through."""
    terms = tally.figures.terms(tally.version.round_to, unknown_cap=0)
    return filled(tally.found, terms, VOUCHED)[1]


def state_of(amount: Amount, now: int, later: int) -> State:
    """Met now, or needs a signature when only lines not yet signed or checked would meet it."""
    state = judged(amount, now)
    if state not in (State.MET, State.NOT_ASKED) and judged(amount, later) is State.MET:
        return State.SIGNATURE
    return state


def _work(ledger: Ledger, days: Span) -> int:
    """Minutes of work we vouch for in these days."""
    return sum(
        ledger.lines[number].minutes
        for number in ledger.ways.get(Modality.WORK, ())
        if ledger.lines[number].standing is Standing.VOUCHED
        and number not in ledger.twice
        and days.holds(ledger.days[number])
    )
