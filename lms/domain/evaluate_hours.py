"""A requirement of hours: met or not, how much, of what, by when, and what is left out."""

from collections.abc import Iterator
from datetime import date

from lms.domain import sentences as s
from lms.domain.amounts import enough, judged, said
from lms.domain.certificate import in_hours
from lms.domain.evaluate_parts import (
    SETTLED,
    floors,
    limits,
    over_limit,
    shares,
    waiting,
)
from lms.domain.lines import Ledger, Span
from lms.domain.months import months_on
from lms.domain.packs import Requirement, Version
from lms.domain.placing import Sums
from lms.domain.reach import span_months
from lms.domain.requirements import Answer, Counted, Sentence, State
from lms.domain.shown import left_out, whole
from lms.domain.states import all_of
from lms.domain.tally import Tally, certain, state_of, tally


def hours(asked: Requirement, version: Version, ledger: Ledger, days: Span) -> Answer:
    """The answer to a requirement of hours, with its shares, floors, span and limits as parts."""
    found = tally(asked, version, ledger, days)
    parts = (*shares(found), *floors(found), *span_months(found))
    total = state_of(found.figures.total, found.sums.total, found.later.total)
    state = _state(found, total, parts)
    counted = whole(found.found, found.ledger, found.placed, over_limit(found), version.round_to)
    sentence = s.then(
        _figure(found),
        (*_missing(found, total, state, parts), *_reasons(found, state, counted)),
    )
    have, need = found.sums.total, enough(found.figures.total)
    by = _by(found, state, counted)
    every = (*parts, *limits(found))
    return Answer(asked.id, asked.title, state, sentence, have, need, by, counted, every, asked)


def _state(found: Tally, total: State, parts: tuple[Answer, ...]) -> State:
    """The state of the whole. What might not hold is unknown, what is surely missing is not yet."""
    state = all_of([total, *(each.state for each in parts)])
    if state is State.NOT_ASKED:
        return state
    if found.days.unknown:
        return State.UNKNOWN
    if state is State.SIGNATURE and not _met(found, found.later):
        return State.NOT_YET
    if state is State.NOT_YET:
        return state
    unsure = any(cap is None for cap in found.figures.terms(1).caps)
    if found.crossed or (unsure and not _met(found, certain(found))):
        return State.UNKNOWN
    return state


def _met(found: Tally, sums: Sums) -> bool:
    asks = found.figures
    return all(
        judged(amount, have) in SETTLED
        for amount, have in [
            (asks.total, sums.total),
            *zip(asks.shares, sums.shares, strict=True),
            *zip(asks.floors, sums.floors, strict=True),
        ]
    )


def _figure(found: Tally) -> Sentence:
    asked = found.asked
    if asked.ratio and not enough(found.figures.total):
        return s.say(s.NO_WORK_YET, title=asked.title, every=asked.ratio)
    sentence = said(asked.title, found.figures.total, found.sums.total, in_hours)
    return s.then(sentence, [s.say(s.RATIO, every=asked.ratio)] if asked.ratio else [])


def _missing(
    found: Tally, total: State, state: State, parts: tuple[Answer, ...]
) -> Iterator[Sentence]:
    """What is still to come: in the total, and in at most three parts."""
    if found.days.unknown and state is State.UNKNOWN:
        yield s.say(s.SINCE_UNKNOWN)
    if total is State.NOT_YET:
        missing = (enough(found.figures.total) or 0) - found.sums.total
        yield s.say(s.MISSING, missing=in_hours(missing))
    open_parts = [each for each in parts if each.state is State.NOT_YET][:3]
    for each in open_parts:
        if each.id == "span" and each.title == s.SPAN:
            yield each.sentence
        else:
            short = in_hours((each.need or 0) - (each.have or 0))
            yield s.say(s.PART_MISSING, title=each.title, missing=short)


def _reasons(found: Tally, state: State, counted: tuple[Counted, ...]) -> Iterator[Sentence]:
    if state not in SETTLED:
        yield from left_out(counted, found.ledger)
    yield from waiting(found, state, lambda fit: True)
    if found.crossed:
        yield s.say(s.LIMITS_CROSS)
    if state is State.NOT_YET and found.days.ends:
        yield s.say(s.BY, day=s.day_words(found.days.ends))
    if found.version.hour_minutes != 60:
        yield s.say(s.SHORT_HOURS, minutes=found.version.hour_minutes)


def _by(found: Tally, state: State, counted: tuple[Counted, ...]) -> date | None:
    """The end of the period; while not met, the day the oldest line leaves the window."""
    months = found.asked.window.within_months
    if found.days.ends or months is None or state in SETTLED:
        return found.days.ends
    # Lines are looked at oldest first, so the first that counts is the oldest.
    numbers = zip(found.found.looked_at, counted, strict=True)
    oldest = next((found.ledger.days[n] for n, each in numbers if each.minutes), None)
    return months_on(oldest, months) if oldest else None
