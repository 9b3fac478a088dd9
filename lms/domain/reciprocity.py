"""What would be missing if one moved: another board's rule, before the same record.

It says what hours and facts would be asked. Whether a board takes another's credential is its own
decision (domain.md 7 no. 36).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from lms.domain import sentences as s
from lms.domain.certificate import in_hours
from lms.domain.evaluate import evaluate
from lms.domain.evaluate_facts import unit_of
from lms.domain.packs import Version
from lms.domain.record import Record
from lms.domain.requirements import Answer, Sentence, State

_OPEN = (State.NOT_YET, State.UNKNOWN, State.SIGNATURE)
_SAYS = {State.UNKNOWN: s.MOVE_UNKNOWN, State.SIGNATURE: s.MOVE_SIGN, State.NOT_YET: s.MOVE_OPEN}


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is open: ``missing`` is in minutes, or in the unit of a fact; None without a
    figure. ``both`` says that it is open here too, so that moving adds nothing."""

    answer: Answer
    state: State
    missing: int | None
    sentence: Sentence
    both: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """Where one stands here and there, and what is open there, in the order of its rule."""

    here: Answer
    there: Answer
    gaps: tuple[Gap, ...]

    @property
    def added(self) -> tuple[Gap, ...]:
        """What only the move would ask."""
        return tuple(gap for gap in self.gaps if not gap.both)


def compare(record: Record, from_version: Version, to_version: Version, today: date) -> Move:
    """Both versions before the same record on the same day."""
    here, there = evaluate(from_version, record, today), evaluate(to_version, record, today)
    known = {_subject(gap.answer) for gap in gaps(here)}
    found = [
        Gap(gap.answer, gap.state, gap.missing, gap.sentence, _subject(gap.answer) in known)
        for gap in gaps(there)
    ]
    return Move(here, there, tuple(found))


def gaps(answer: Answer) -> tuple[Gap, ...]:
    """What is open below an answer, each once: a share, and of its total what lacks beyond."""
    return tuple(_gaps(answer))


def _gaps(answer: Answer) -> Iterator[Gap]:
    asked = answer.asked
    if asked is None or asked.kind == "all":
        for part in answer.parts:
            yield from _gaps(part)
    elif answer.state not in _OPEN:
        return
    elif asked.kind == "hours":
        yield from _of_hours(answer)
    else:
        yield _gap(answer, _short(answer), unit_of(asked))


def _of_hours(answer: Answer) -> Iterator[Gap]:
    """The parts that are open, and what the total lacks beyond them."""
    parts = [_gap(part, _short(part), in_hours) for part in answer.parts if part.state in _OPEN]
    shares = {share.id for share in answer.asked.shares} if answer.asked else set()
    inside = sum(gap.missing or 0 for gap in parts if gap.answer.id in shares)
    beyond = (_short(answer) or 0) - inside
    if beyond > 0 or not parts:
        yield _gap(answer, beyond if beyond > 0 else None, in_hours)
    yield from parts


def _short(answer: Answer) -> int | None:
    if answer.state is not State.NOT_YET or answer.need is None or answer.have is None:
        return None
    return max(0, answer.need - answer.have) or None


def _gap(answer: Answer, missing: int | None, unit: Callable[[int], str]) -> Gap:
    state = answer.state
    if state is State.NOT_YET and missing:
        sentence = s.say(s.MOVE, title=answer.title, missing=unit(missing))
    else:
        sentence = s.say(_SAYS[state], title=answer.title)
    return Gap(answer, state, missing, sentence)


def _subject(answer: Answer) -> tuple[str, str]:
    """What a gap is about, whatever the board calls it; parts and questions go by their title."""
    asked = answer.asked
    if asked is not None and asked.kind == "hours":
        return "hours", asked.of
    if asked is not None and asked.fact not in ("", "other"):
        return "fact", asked.fact
    return "title", answer.title.casefold()
