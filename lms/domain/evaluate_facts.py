"""A requirement of a fact: told, shown, waiting for a signature, or not yet."""

from collections.abc import Callable
from datetime import date

from lms.domain import sentences as s
from lms.domain.amounts import enough, judged, said
from lms.domain.figures import UNITS
from lms.domain.lines import Span
from lms.domain.months import months_between, months_on
from lms.domain.packs import Known, Requirement, Version
from lms.domain.record import Held, Record
from lms.domain.requirements import Answer, Sentence, State


def fact(asked: Requirement, version: Version, record: Record, days: Span, today: date) -> Answer:
    """The answer to a requirement of a fact. A window asks that it was said in it."""
    own = record.facts.get(f"{version.pack}/{asked.id}")
    held = own or (None if asked.fact == "other" else record.facts.get(asked.fact))
    have = None if held is None else _figure(asked, held, today)
    state, sentence = _judged(asked, held, have, days, own is not None)
    by = days.ends
    if held and held.since and state is State.NOT_YET and (need := enough(asked.amount)):
        by = months_on(held.since, need * _unit_months(asked))
        sentence = s.then(sentence, [s.say(s.FACT_READY, day=s.day_words(by))])
    return Answer(
        asked.id, asked.title, state, sentence, have, enough(asked.amount), by, asked=asked
    )


def unit_of(asked: Requirement) -> Callable[[int], str]:
    """How a figure of a fact is said: "24 months", "1 letter", "2"."""
    unit = asked.unit or UNITS.get(asked.fact, "")

    def words(figure: int) -> str:
        return f"{figure} {unit[:-1] if figure == 1 and unit.endswith('s') else unit}".strip()

    return words


def _unit_months(asked: Requirement) -> int:
    return 12 if asked.fact == "age" else 1


def _figure(asked: Requirement, held: Held, today: date) -> int | None:
    """The figure of a fact: counted from the day it began if that is known, else as told."""
    if held.since is not None and asked.fact in ("recovery", "age", "employment"):
        return months_between(held.since, today) // _unit_months(asked)
    return held.amount


def _judged(
    asked: Requirement, held: Held | None, have: int | None, days: Span, own: bool
) -> tuple[State, Sentence]:
    title = asked.title
    if held is None:
        if asked.amount.known is Known.UNKNOWN:
            return State.UNKNOWN, said(title, asked.amount, 0, unit_of(asked))
        return State.NOT_YET, s.say(s.FACT_MISSING, title=title, asks=asked.asks or title)
    if days.unknown:
        return State.UNKNOWN, s.say(s.SINCE_UNKNOWN)
    if held.said_on and days.first and held.said_on < days.first:
        said_on, first = s.day_words(held.said_on), s.day_words(days.first)
        return State.NOT_YET, s.say(s.FACT_OLD, title=title, day=said_on, first=first)
    state, sentence = _by_figure(asked, held, have, own)
    if held.standing == "waiting" and state in (State.MET, State.UNKNOWN):
        return State.SIGNATURE, s.say(s.FACT_WAITS, title=title)
    return state, sentence


def _by_figure(
    asked: Requirement, held: Held, have: int | None, own: bool
) -> tuple[State, Sentence]:
    """Enough of it or not. Who answered this board's own question need not tell a figure."""
    plain = s.say(s.FACT_SHOWN if held.standing == "shown" else s.FACT_MET, title=asked.title)
    if asked.amount.known is Known.NONE:
        return State.MET, plain
    if have is not None:
        state = judged(asked.amount, have)
        return state, said(asked.title, asked.amount, have, unit_of(asked))
    if asked.amount.known is Known.KNOWN and own:
        return State.MET, plain
    need = enough(asked.amount)
    if need is None:
        return State.UNKNOWN, s.then(plain, [s.say(s.FIGURE_UNKNOWN)])
    return State.UNKNOWN, s.say(s.FACT_NO_FIGURE, title=asked.title, need=unit_of(asked)(need))
