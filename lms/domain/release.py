"""What a holder lets a board see, for how long, and who at the board may do what.

Nothing is seen without a release. A release names a board, a scope and an end; the holder can end
it at any moment. (security.md B6: every disclosure has a consent, and a log of who looked.)
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from lms.domain import sentences
from lms.domain.record import Record
from lms.domain.requirements import Answer, Sentence
from lms.domain.requirements import State as Stands

DEFAULT_DAYS = 90
"""How long a release lasts unless the holder says otherwise: a season, our choice."""

MOST_DAYS = 730
"""Two years, the longest renewal period of most boards (domain.md 3.2); longer is asked anew."""

VIEW = timedelta(minutes=30)
"""How long one opening of a record lasts. Later, it is opened and written down again."""

REASONS_LIMIT = 4000
"""Characters a board may write to a holder."""


class Scope(StrEnum):
    """How much is released, from least to most: that certificates exist, sums of hours, or all."""

    EXISTENCE = "existence"
    HOURS = "hours"
    FULL = "full"


class State(StrEnum):
    """Where a release stands. The last two show nothing of the record any more."""

    WAITING = "waiting"
    ASKED_BACK = "asked-back"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ENDED = "ended"
    EXPIRED = "expired"


OVER = frozenset({State.ENDED, State.EXPIRED})


class Verdict(StrEnum):
    """What a board can answer."""

    ACCEPTED = "accepted"
    ASKED_BACK = "asked-back"
    DECLINED = "declined"


class Seat(StrEnum):
    """What someone is at their board: a reader looks, a reviewer also decides, a head also invites
    and sees the board's own log.
    """

    READER = "reader"
    REVIEWER = "reviewer"
    HEAD = "head"


def decides(seat: Seat) -> bool:
    """True for who may accept, ask back and decline."""
    return seat in (Seat.REVIEWER, Seat.HEAD)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the holder chose and did: from when, until when (the first moment it no longer holds),
    and when they ended it, if they did.
    """

    scope: Scope
    starts_at: datetime
    ends_at: datetime
    ended_at: datetime | None = None
    asked_again_at: datetime | None = None


def holds(terms: Terms, now: datetime) -> bool:
    """True while the board may look. Ending is immediate: the moment of ending is outside."""
    if terms.ended_at is not None and now >= terms.ended_at:
        return False
    return terms.starts_at <= now < terms.ends_at


def state(terms: Terms, answered: tuple[Verdict, datetime] | None, now: datetime) -> State:
    """Where it stands, given the board's newest answer.

    A board that asked back has it waiting again once the holder says they may look again.
    """
    if terms.ended_at is not None and now >= terms.ended_at:
        return State.ENDED
    if now >= terms.ends_at:
        return State.EXPIRED
    if answered is None:
        return State.WAITING
    verdict, at = answered
    again = terms.asked_again_at is not None and terms.asked_again_at >= at
    if verdict is Verdict.ASKED_BACK and again:
        return State.WAITING
    return State(verdict)


def may_view(looked_at: datetime | None, now: datetime) -> bool:
    """True while an opening of the record lasts: it was written down less than VIEW ago."""
    return looked_at is not None and timedelta(0) <= now - looked_at < VIEW


def last_day(chosen: date, today: date) -> date:
    """The last day of a release. Raises ValueError with a sentence when it cannot be that day."""
    if chosen < today:
        raise ValueError("This day is past. Choose today or a later day.")
    latest = today + timedelta(days=MOST_DAYS)
    if chosen > latest:
        raise ValueError(
            f"A release lasts two years at most. Choose a day up to {latest.isoformat()}."
        )
    return chosen


@dataclass(frozen=True, slots=True)
class Shows:
    """The parts of a record that a scope shows."""

    certificates: bool
    sums: bool
    lines: bool
    facts: bool


_SHOWS: Mapping[Scope, Shows] = {
    Scope.EXISTENCE: Shows(certificates=True, sums=False, lines=False, facts=False),
    Scope.HOURS: Shows(certificates=True, sums=True, lines=False, facts=False),
    Scope.FULL: Shows(certificates=True, sums=True, lines=True, facts=True),
}


def shows(scope: Scope) -> Shows:
    """What a scope shows; each shows what the one before it shows, and more."""
    return _SHOWS[scope]


def seen(record: Record, scope: Scope) -> Record:
    """The record cut to a scope, before anything is worked out from it.

    Sums need the lines, so they stay for ``hours``; :func:`told` then keeps them out of answers.
    """
    what = shows(scope)
    return replace(
        record,
        entries=record.entries if what.sums else (),
        facts=record.facts if what.facts else {},
        certified_on=record.certified_on if what.sums else None,
        period_from=record.period_from if what.sums else None,
    )


_FIGURES = frozenset(
    {
        sentences.HAVE,
        sentences.HAVE_ABOUT,
        sentences.HAVE_RANGE,
        sentences.HAVE_UP_TO,
        sentences.HAVE_READINGS,
        sentences.HAVE_UNKNOWN,
        sentences.NOT_ASKED,
        sentences.MAYBE_ASKED,
        sentences.REACH,
        sentences.LIMIT,
        sentences.LIMIT_UNKNOWN,
    }
)
"""Sentences that tell a figure and nothing of a line: listed, so that a new one tells nothing."""


def told(answers: tuple[Answer, ...], scope: Scope) -> tuple[Answer, ...]:
    """The answers of an evaluation cut to a scope.

    ``existence`` tells none. ``hours`` tells figures: no fact of the person, no group that would
    give one away, and no line, neither in what was counted nor in a sentence.
    """
    what = shows(scope)
    if what.lines:
        return answers
    if not what.sums:
        return ()
    return tuple(kept for answer in answers for kept in _figures(answer))


def _figures(answer: Answer) -> tuple[Answer, ...]:
    kind = answer.asked.kind if answer.asked else ""
    if kind == "fact":
        return ()
    parts = tuple(kept for part in answer.parts for kept in _figures(part))
    if kind in ("all", "any"):
        return parts
    said = answer.sentence
    sentence = Sentence(said.text, said.values) if said.text in _FIGURES else Sentence("", {})
    return (replace(answer, sentence=sentence, counted=(), parts=parts),)


def by_their_word(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """The answers as a board is told them: of a fact, that its holder says so, and no figure that
    looks as if someone had counted. A document that was seen stays one.
    """
    return tuple(replace(_as_told(answer), parts=by_their_word(answer.parts)) for answer in answers)


def _as_told(answer: Answer) -> Answer:
    asked, text = answer.asked, answer.sentence.text
    if asked is None or asked.kind != "fact" or text == sentences.FACT_SHOWN:
        return answer
    asks = asked.asks or asked.title
    if answer.state is Stands.MET:
        return replace(answer, sentence=sentences.say(sentences.FACT_TOLD, asks=asks))
    if text == sentences.FACT_MISSING:
        return replace(answer, sentence=sentences.say(sentences.FACT_UNTOLD, asks=asks))
    return answer
