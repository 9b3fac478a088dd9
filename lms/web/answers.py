"""Answers of the rules as a page shows them: words, meters, tables, and the lines behind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lms.content.library import Library
from lms.domain.certificate import in_hours
from lms.domain.figures import Amount, Confidence
from lms.domain.hours import Entry
from lms.domain.packs import Requirement
from lms.domain.requirements import Answer, Counted, Sentence, State
from lms.domain.sentences import FACT_MISSING
from lms.web.figures import MINUTES, amount, figure, unit_of
from lms.web.text import _
from lms.web.words import day

SPAN = "span"
"""The part of an answer that says how many months its lines reach over."""
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
    unsure: str
    note: str
    sources: tuple[str, ...]
    parts: tuple["Shown", ...]


def said(sentence: Sentence) -> str:
    """A sentence of the rules, and those that follow it, in the visitor's language."""
    words = _(sentence.text) % sentence.values
    return " ".join([words, *(said(each) for each in sentence.more)])


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
        Confidence.HIGH: _("We are fairly sure of these figures. Still, rules change."),
        Confidence.MEDIUM: _("We are not fully sure of these figures. Check them with the board."),
        Confidence.LOW: _("We are not sure of these figures. Ask the board before you plan."),
    }[value]


def in_minutes(answer: Answer) -> bool:
    """Whether an answer's figure is time: of a requirement of hours, or a share or floor of one."""
    if answer.asked is None:
        return answer.id != SPAN
    return answer.asked.kind == "hours"


def as_in_a_sentence(title: str) -> str:
    """A title inside a sentence: "Harm Reduction" is "harm reduction", and "HIV" stays."""
    return " ".join(
        word if word[1:] != word[1:].lower() else word.lower() for word in title.split()
    )


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind the answers: the person's lines by id, the library, and which questions
    were answered.
    """

    lines: Mapping[int, Entry]
    library: Library
    said: frozenset[str] = frozenset()


def shown(answers: Iterable[Answer], behind: Behind) -> tuple[Shown, ...]:
    """Answers as a page shows them, in the board's own order."""
    return tuple(_one(answer, behind) for answer in answers)


def _one(answer: Answer, behind: Behind) -> Shown:
    asked = answer.asked
    is_group = asked is not None and (asked.kind in ("all", "any") or bool(asked.every))
    unit = unit_of(asked)
    word, tag, sentence = _words(answer, behind)
    lines, more = _lines(answer.counted, behind.lines)
    return Shown(
        id=answer.id,
        title=answer.title,
        state=answer.state,
        word=word,
        tag=tag,
        sentence=sentence,
        meter=None if is_group else _meter(answer, unit),
        head=(_("What"), _("Have"), _("Need"), _("Missing")),
        rows=() if is_group else tuple(_rows(answer, unit)),
        lines=lines,
        more=more,
        is_fact=asked is not None and asked.kind == "fact",
        unsure=_unsure(asked),
        note=asked.note if asked else "",
        sources=_sources(asked, behind.library),
        parts=shown(answer.parts, behind) if is_group else (),
    )


def _unsure(asked: Requirement | None) -> str:
    """How sure we are of this one thing, where it is less sure than most."""
    if asked is not None and asked.recalled:
        return _("We recall this and found no page that says it. Ask the board.")
    if asked is not None and asked.confidence is Confidence.LOW:
        return _("We are not sure of this. Ask the board.")
    return ""


def _words(answer: Answer, behind: Behind) -> tuple[str, str, str]:
    """State, tag and sentence. A question that nobody answered is no "not yet", and a yes is only
    what the person said.
    """
    asked = answer.asked
    if asked is None or asked.kind != "fact":
        return *state_words(answer.state), said(answer.sentence)
    is_open = answer.state in (State.NOT_YET, State.UNKNOWN)
    if is_open and asked.id not in behind.said:
        return _("No answer yet"), "todo", asked.asks
    if answer.state is State.MET:
        return _("You said yes"), "done", asked.asks
    if answer.state is State.SIGNATURE or answer.sentence.text == FACT_MISSING:
        return *state_words(answer.state), asked.asks
    return *state_words(answer.state), said(answer.sentence)


def _meter(answer: Answer, unit: str) -> tuple[int, int, str] | None:
    if not answer.need or answer.have is None or unit != MINUTES:
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
            yield (part.title, have, _("at most %(figure)s", figure=need), "")
        elif part.id == SPAN:
            yield _row(part.title, part, figure(part.need or 0, "months"), "months")
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
        return (title, have, need, "" if answer.state is State.NOT_ASKED else _("Not known"))
    gap = max(0, answer.need - (answer.have or 0))
    return (title, have, need, figure(gap, unit) if gap else _("Nothing"))


def _lines(
    counted: tuple[Counted, ...], held: Mapping[int, Entry]
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
