"""The lines behind a figure: how much of each counts there, and why the rest does not."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from lms.domain import sentences as s
from lms.domain.certificate import in_hours
from lms.domain.counting import Fit, Sorted
from lms.domain.hours import Entry, Standing
from lms.domain.placing import OVER, Placed
from lms.domain.requirements import Counted, Sentence

_PENDING = {Standing.WAITING: s.say(s.WAITS), Standing.UNCHECKED: s.say(s.UNCHECKED)}

Over = Callable[[Fit], Sentence]
"""Why minutes of such a fit are over a limit."""


def whole(
    found: Sorted, lines: Sequence[Entry], placed: Placed, over: Over, step: int
) -> tuple[Counted, ...]:
    """Every line looked at, with what counts of it in the total."""
    here: Counter[int] = Counter()
    why = dict(found.out)
    for (fit, at), pieces in placed.items():
        if at == OVER:
            why |= dict.fromkeys((line for line, _ in pieces), over(fit))
        else:
            for line, minutes in pieces:
                here[line] += minutes
    rows = []
    for number in found.looked_at:
        entry = lines[number]
        reason = why.get(number) or _PENDING.get(entry.standing)
        rows.append((entry.id, here[number], entry.minutes, reason))
    return _rounded(rows, step)


def part(
    lines: Sequence[Entry],
    placed: Placed,
    within: Callable[[Fit], bool],
    why_not: Callable[[Fit, int], Sentence | None],
    step: int = 1,
) -> tuple[Counted, ...]:
    """The lines with minutes that fit a share, limit or floor, and what of these counts in it.

    ``why_not`` says why pieces that lie at a place are not here, None when they are.
    """
    here: Counter[int] = Counter()
    of: Counter[int] = Counter()
    why: dict[int, Sentence] = {}
    for (fit, at), pieces in placed.items():
        if within(fit):
            reason = why_not(fit, at)
            for line, minutes in pieces:
                of[line] += minutes
                if reason is None:
                    here[line] += minutes
                else:
                    why[line] = reason
    return _rounded([(lines[n].id, here[n], of[n], why.get(n)) for n in sorted(of)], step)


def _rounded(rows: list[tuple[int, int, int, Sentence | None]], step: int) -> tuple[Counted, ...]:
    """The rows as lines; what rounding down takes is taken from the newest that count."""
    off = sum(minutes for _, minutes, _, _ in rows) % step
    if not off:
        return tuple([Counted(e, m, of, why if m < of else None) for e, m, of, why in rows])
    counted = []
    for entry, minutes, of, why in reversed(rows):
        less = min(off, minutes)
        off -= less
        reason = s.say(s.ROUNDED, minutes=in_hours(step)) if less else why
        counted.append(Counted(entry, minutes - less, of, reason if minutes - less < of else None))
    return tuple(reversed(counted))


def left_out(counted: Sequence[Counted], lines: Iterable[Entry]) -> tuple[Sentence, ...]:
    """The two reasons that cost most minutes, each with the line it costs, or how many lines."""
    pending = {s.WAITS, s.UNCHECKED}
    lost: dict[str, list[Counted]] = {}
    reasons: dict[str, Sentence] = {}
    for each in counted:
        if each.why_not is not None and each.why_not.text not in pending:
            words = str(each.why_not)
            lost.setdefault(words, []).append(each)
            reasons[words] = each.why_not
    costly = sorted(lost, key=lambda words: -sum(c.of - c.minutes for c in lost[words]))[:2]
    alone = {lost[words][0].entry for words in costly}
    days = {e.id: s.day_words(e.starts_at.date()) for e in lines if e.id in alone} if alone else {}
    return tuple(
        sentence for words in costly for sentence in (_cost(lost[words], days), reasons[words])
    )


def _cost(lost: Sequence[Counted], days: dict[int, str]) -> Sentence:
    minutes = in_hours(sum(each.of - each.minutes for each in lost))
    if len(lost) == 1:
        return s.say(s.LINE_OUT, minutes=minutes, day=days[lost[0].entry])
    return s.say(s.LINES_OUT, minutes=minutes, lines=len(lost))
