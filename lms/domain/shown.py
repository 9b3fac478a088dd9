"""The lines behind a figure: how much of each counts there, and why the rest does not."""

from collections.abc import Callable, Iterable, Sequence

from lms.domain import sentences as s
from lms.domain.certificate import in_hours
from lms.domain.counting import Fit, Sorted
from lms.domain.hours import Standing
from lms.domain.lines import Ledger
from lms.domain.placing import OVER, Placed
from lms.domain.requirements import Counted, Sentence

_PENDING = {Standing.WAITING: s.say(s.WAITS), Standing.UNCHECKED: s.say(s.UNCHECKED)}

Over = Callable[[Fit], Sentence]
"""Why minutes of such a fit are over a limit."""


def whole(
    found: Sorted, ledger: Ledger, placed: Placed, over: Over, step: int
) -> tuple[Counted, ...]:
    """Every line looked at, with what counts of it in the total."""
    here = [0] * len(ledger.lines)
    why = dict(found.out)
    for (fit, at), pieces in placed.items():
        if at == OVER:
            why |= dict.fromkeys((line for line, _ in pieces), over(fit))
        else:
            for line, minutes in pieces:
                here[line] += minutes
    counted = []
    for number in found.looked_at:
        full = ledger.whole[number]
        if here[number] < full.of:
            reason = why.get(number) or _PENDING[ledger.lines[number].standing]
            full = Counted(full.entry, here[number], full.of, reason)
        counted.append(full)
    return _rounded(counted, step)


def part(
    ledger: Ledger,
    placed: Placed,
    within: Callable[[Fit], bool],
    why_not: Callable[[Fit, int], Sentence | None],
    step: int = 1,
) -> tuple[Counted, ...]:
    """The lines with minutes that fit a share, limit or floor, and what of these counts in it.

    ``why_not`` says why pieces that lie at a place are not here, None when they are.
    """
    here: dict[int, int] = {}
    lost: dict[int, int] = {}
    why: dict[int, Sentence] = {}
    for (fit, at), pieces in placed.items():
        if within(fit):
            reason = why_not(fit, at)
            sums = here if reason is None else lost
            for line, minutes in pieces:
                sums[line] = sums.get(line, 0) + minutes
            if reason is not None:
                why |= dict.fromkeys((line for line, _ in pieces), reason)
    counted = []
    for number in sorted(here.keys() | lost.keys()):
        minutes, full = here.get(number, 0), ledger.whole[number]
        if number in lost or minutes < full.of:
            full = Counted(full.entry, minutes, minutes + lost.get(number, 0), why.get(number))
        counted.append(full)
    return _rounded(counted, step)


def _rounded(counted: list[Counted], step: int) -> tuple[Counted, ...]:
    """The lines, with what rounding down takes taken from the newest that count."""
    off = sum(each.minutes for each in counted) % step
    at = len(counted)
    while off:
        at -= 1
        each = counted[at]
        less = min(off, each.minutes)
        off -= less
        if less:
            why = s.say(s.ROUNDED, minutes=in_hours(step))
            counted[at] = Counted(each.entry, each.minutes - less, each.of, why)
    return tuple(counted)


def left_out(counted: Iterable[Counted], ledger: Ledger) -> tuple[Sentence, ...]:
    """The two reasons that cost most minutes, each with the line it costs, or how many lines."""
    alike: dict[int, list[Counted]] = {}
    for each in counted:
        if each.why_not is not None and each.why_not.text not in (s.WAITS, s.UNCHECKED):
            alike.setdefault(id(each.why_not), []).append(each)
    lost: dict[str, list[Counted]] = {}
    for group in alike.values():
        lost.setdefault(str(group[0].why_not), []).extend(group)
    costly = sorted(lost.values(), key=lambda group: -sum(c.of - c.minutes for c in group))[:2]
    return tuple(
        sentence
        for group in costly
        if group[0].why_not is not None
        for sentence in (_cost(group, ledger), group[0].why_not)
    )


def _cost(lost: Sequence[Counted], ledger: Ledger) -> Sentence:
    minutes = in_hours(sum(each.of - each.minutes for each in lost))
    if len(lost) > 1:
        return s.say(s.LINES_OUT, minutes=minutes, lines=len(lost))
    number = next(n for n, each in enumerate(ledger.whole) if each.entry == lost[0].entry)
    return s.say(s.LINE_OUT, minutes=minutes, day=s.day_words(ledger.days[number]))
