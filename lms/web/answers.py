"""Answers of the rules as a page shows them: words, meters, tables, and the lines behind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lms.content.library import Library
from lms.domain.certificate import in_hours
from lms.domain.packs import Amount, Confidence, Known, Requirement
from lms.domain.requirements import Answer, Counted, Sentence, State
from lms.models.hours import LedgerEntry
from lms.web.text import _, plural
from lms.web.words import day

MINUTES, MONTHS, YEARS, COUNT = "minutes", "months", "years", "count"
_UNITS = {"recovery": MONTHS, "lived-experience": MONTHS, "employment": MONTHS, "age": YEARS}
_MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer in words. ``meter`` is (have, need, in words), None where no figure is known.

    ``head`` and ``rows`` are the table beside the meter; ``lines`` are (title, day, counts, of,
    why not) of the newest lines, and ``more`` says how many are left out.
    """

    id: str
    title: str
    state: State
    word: str
    tag: str
    sentence: str
    meter: tuple[int, int, str] | None
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[tuple[str, str, str, str, str], ...]
    more: int
    is_fact: bool
    note: str
    sources: tuple[str, ...]
    parts: tuple["Shown", ...]


def said(sentence: Sentence) -> str:
    """A sentence of the rules in the visitor's language."""
    return _(sentence.text) % sentence.values if sentence.values else _(sentence.text)


def state_words(state: State) -> tuple[str, str]:
    """A state in words, and the kind of its tag."""
    return {
        State.MET: (_("Met"), "done"),
        State.NOT_YET: (_("Not yet"), "open"),
        State.UNKNOWN: (_("Not known"), "todo"),
        State.SIGNATURE: (_("Needs a signature"), "wait"),
        State.NOT_ASKED: (_("Not asked for"), "done"),
    }[state]


def confidence(value: Confidence) -> str:
    """How sure we are of a version, in a sentence."""
    return {
        Confidence.HIGH: _("We are fairly sure of these figures: the board says so itself."),
        Confidence.MEDIUM: _("We are not fully sure of these figures. Check them with the board."),
        Confidence.LOW: _("We are not sure of these figures. Ask the board before you plan."),
    }[value]


def unit_of(asked: Requirement | None) -> str:
    """The unit of a requirement's figure."""
    if asked is None or asked.kind != "fact":
        return MINUTES
    return _UNITS.get(asked.fact, COUNT)


def figure(value: int, unit: str) -> str:
    """A figure with its unit in words."""
    if unit == MINUTES:
        return in_hours(value)
    if unit == MONTHS:
        return plural("%(num)s month", "%(num)s months", value)
    if unit == YEARS:
        return plural("%(num)s year", "%(num)s years", value)
    return str(value)


def amount(asked: Amount, unit: str) -> str:
    """What is asked for, as certain as it is and no more."""
    if asked.known is Known.UNKNOWN:
        return _("Not known")
    if asked.known is Known.NONE:
        return _("None asked for")
    if len(asked.readings) > 1:
        listed = _(" or ").join(figure(reading, unit) for reading in asked.readings)
        return _("%(listed)s (sources differ)", listed=listed)
    return _span(asked, unit)


def _span(asked: Amount, unit: str) -> str:
    if asked.least is None:
        return _("up to %(most)s", most=figure(asked.most or 0, unit))
    least = figure(asked.least, unit)
    if asked.about:
        return _("about %(figure)s", figure=least)
    if asked.most is not None and asked.most != asked.least:
        return _("%(least)s to %(most)s", least=least, most=figure(asked.most, unit))
    return least


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind the answers: the person's lines by id, and the library."""

    lines: Mapping[int, LedgerEntry]
    library: Library


def shown(answers: Iterable[Answer], behind: Behind) -> tuple[Shown, ...]:
    """Answers as a page shows them, in the board's own order."""
    return tuple(_one(answer, behind) for answer in answers)


def _one(answer: Answer, behind: Behind) -> Shown:
    word, tag = state_words(answer.state)
    asked = answer.asked
    is_group = asked is not None and asked.kind in ("all", "any")
    unit = unit_of(asked)
    lines, more = _lines(answer.counted, behind.lines)
    return Shown(
        id=answer.id,
        title=answer.title,
        state=answer.state,
        word=word,
        tag=tag,
        sentence=said(answer.sentence),
        meter=None if is_group else _meter(answer, unit),
        head=(_("What"), _("Have"), _("Need"), _("Missing")),
        rows=() if is_group else tuple(_rows(answer, unit)),
        lines=lines,
        more=more,
        is_fact=asked is not None and asked.kind == "fact",
        note=asked.note if asked else "",
        sources=_sources(asked, behind.library),
        parts=shown(answer.parts, behind) if is_group else (),
    )


def _meter(answer: Answer, unit: str) -> tuple[int, int, str] | None:
    if not answer.need or answer.have is None:
        return None
    words = _(
        "%(have)s of %(need)s", have=figure(answer.have, unit), need=figure(answer.need, unit)
    )
    return max(0, answer.have), answer.need, words


def _rows(answer: Answer, unit: str) -> Iterable[tuple[str, ...]]:
    """The total and its parts; a limit says what it lets count, and never misses anything."""
    asked = answer.asked
    if asked is None or asked.kind != "hours":
        return
    limits = {limit.id for limit in asked.limits}
    floors = {floor.id for floor in asked.floors}
    amounts = {share.id: share.hours for share in asked.shares}
    yield _row(_("In all"), answer, amount(asked.hours, unit), unit)
    for part in answer.parts:
        need = _need(part, amounts.get(part.id), unit)
        if part.id in limits:
            have = figure(part.have or 0, unit)
            yield (part.title, have, _("at most %(figure)s", figure=need), "–")
        elif part.id in floors:
            yield _row(_("At least: %(title)s", title=part.title), part, need, unit)
        else:
            yield _row(part.title, part, need, unit)


def _need(part: Answer, asked: Amount | None, unit: str) -> str:
    if asked is not None:
        return amount(asked, unit)
    return _("Not known") if part.need is None else figure(part.need, unit)


def _row(title: str, answer: Answer, need: str, unit: str) -> tuple[str, ...]:
    have = _("Not known") if answer.have is None else figure(answer.have, unit)
    if answer.need is None:
        return (title, have, need, "–" if answer.state is State.NOT_ASKED else _("Not known"))
    gap = max(0, answer.need - (answer.have or 0))
    return (title, have, need, figure(gap, unit) if gap else _("Nothing"))


def _lines(
    counted: tuple[Counted, ...], held: Mapping[int, LedgerEntry]
) -> tuple[tuple[tuple[str, str, str, str, str], ...], int]:
    known = [(line, held[line.entry]) for line in counted if line.entry in held]
    known.sort(key=lambda pair: (pair[1].starts_at, pair[1].id), reverse=True)
    rows = tuple(
        (
            row.title,
            day(row.starts_at),
            in_hours(line.minutes),
            in_hours(line.of),
            said(line.why_not) if line.why_not else "",
        )
        for line, row in known[:_MOST_LINES]
    )
    return rows, len(known) - len(rows)


def _sources(asked: Requirement | None, library: Library) -> tuple[str, ...]:
    return named(asked.sources, library) if asked else ()


def named(sources: Iterable[str], library: Library) -> tuple[str, ...]:
    """Sources as a person can find them: title, publisher, year."""
    found = [library.sources[name] for name in sources if name in library.sources]
    return tuple(", ".join(filter(None, (s.title, s.publisher, s.year))) for s in found)
