"""Does a record meet a version of a pack on a day, and why: a tree of answers."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum

from lms.domain import sentences as s
from lms.domain.duties import duty
from lms.domain.evaluate_facts import fact
from lms.domain.evaluate_hours import hours
from lms.domain.lines import Ledger, ledger, span
from lms.domain.packs import Known, Requirement, Stage, Version
from lms.domain.record import Record
from lms.domain.renewal import clock
from lms.domain.requirements import Answer, Sentence, State
from lms.domain.states import all_of, any_of


class Part(StrEnum):
    """What of a version is asked about: becoming certified, staying it, or what it binds to."""

    STAGES = "stages"
    RENEWAL = "renewal"
    ONGOING = "ongoing"


def evaluate(version: Version, record: Record, today: date, part: Part = Part.STAGES) -> Answer:
    """The answer to a version on a day. It decides nothing: the board does.

    The stages are a node each, and their requirements below them; of the renewal (over the present
    period) and of ongoing duties the requirements are. The ``counted`` of an answer adds up to its
    ``have``.
    """
    return evaluate_each((version,), record, today, part)[0]


def evaluate_each(
    versions: Iterable[Version], record: Record, today: date, part: Part = Part.STAGES
) -> tuple[Answer, ...]:
    """The answers to several versions, the ledger put in order once."""
    lines = ledger(record.entries)
    return tuple(_evaluate(_Asks(version, record, today, lines), part) for version in versions)


def _evaluate(asks: "_Asks", part: Part) -> Answer:
    if part is Part.RENEWAL:
        return asks.renewal()
    if part is Part.ONGOING:
        return asks.ongoing()
    stages = tuple(asks.stage(stage) for stage in asks.version.stages)
    if len(stages) == 1:
        return replace(stages[0], id=str(part), parts=stages)
    return _whole(part, "Certification", stages, s.NOT_ASKED)


class _Asks:
    """A version, a record and a day; the lines are the record's, in order."""

    def __init__(self, version: Version, record: Record, today: date, lines: Ledger) -> None:
        self.version, self.record, self.today, self.ledger = version, record, today, lines

    def stage(self, stage: Stage) -> Answer:
        """A stage: everything it asks."""
        return _whole(stage.id, stage.title, self.each(stage.needs), s.NOT_ASKED)

    def renewal(self) -> Answer:
        """What the present period asks; not asked of who does not hold the credential."""
        renewal = self.version.renewal
        if renewal is None:
            return _unknown(Part.RENEWAL, "Renewal", s.NO_RENEWAL)
        running = clock(renewal, self.record, self.today)
        found = _whole(Part.RENEWAL, "Renewal", self.each(renewal.needs), s.NOT_ASKED)
        if running.starts is None:
            return replace(found, state=State.NOT_ASKED, sentence=s.say(s.NOT_HELD))
        return replace(found, sentence=s.then(found.sentence, [running.sentence]), by=running.ends)

    def ongoing(self) -> Answer:
        """The duties of who is certified, in the running week or month."""
        if not self.version.ongoing:
            return _unknown(Part.ONGOING, "Ongoing duties", s.NO_DUTIES)
        answers = self.each(self.version.ongoing)
        return _whole(Part.ONGOING, "Ongoing duties", answers, s.NOT_ASKED)

    def each(self, needs: Iterable[Requirement]) -> tuple[Answer, ...]:
        """The answers to requirements, in order."""
        return tuple(self.one(asked) for asked in needs)

    def one(self, asked: Requirement) -> Answer:
        """The answer to a requirement. Whether it is asked at all may itself be unknown."""
        if asked.asked is Known.NONE:
            sentence = s.say(s.NOT_ASKED, title=asked.title)
            return Answer(asked.id, asked.title, State.NOT_ASKED, sentence, asked=asked)
        found = self._by_kind(asked)
        if asked.asked is Known.UNKNOWN and found.state not in (State.MET, State.NOT_ASKED):
            sentence = s.say(s.MAYBE_ASKED, title=asked.title)
            return replace(found, state=State.UNKNOWN, sentence=sentence)
        return found

    def _by_kind(self, asked: Requirement) -> Answer:
        days = span(asked.window, self.version, self.record, self.today)
        if asked.kind == "fact":
            return fact(asked, self.version, self.record, days, self.today)
        if asked.kind == "hours":
            if asked.every:
                return duty(asked, self.version, self.ledger, self.today)
            return hours(asked, self.version, self.ledger, days)
        parts = self.each(asked.needs)
        if asked.kind == "any":
            return replace(_one_of(asked, parts), asked=asked)
        return replace(_whole(asked.id, asked.title, parts, s.NOT_ASKED), asked=asked)


def _unknown(name: str, title: str, text: str) -> Answer:
    return Answer(str(name), title, State.UNKNOWN, s.say(text))


def _whole(name: str, title: str, parts: tuple[Answer, ...], none: str) -> Answer:
    """Everything of these is asked. ``have`` and ``need`` count those that ask something."""
    asked = [each for each in parts if each.state is not State.NOT_ASKED]
    met = sum(each.state is State.MET for each in asked)
    state = all_of(each.state for each in parts)
    if not asked:
        return Answer(str(name), title, state, s.say(none, title=title), parts=parts)
    sentence = s.say(s.ALL_OF, *_others(asked), title=title, met=met, asked=len(asked))
    return Answer(str(name), title, state, sentence, met, len(asked), parts=parts)


def _others(asked: Iterable[Answer]) -> Iterable[Sentence]:
    states = [each.state for each in asked]
    if waiting := states.count(State.SIGNATURE):
        yield s.say(s.WAITING_TOO, waiting=waiting)
    if unknown := states.count(State.UNKNOWN):
        yield s.say(s.UNKNOWN_TOO, unknown=unknown)


def _one_of(asked: Requirement, parts: tuple[Answer, ...]) -> Answer:
    state = any_of(each.state for each in parts)
    first = next(each for each in parts if each.state is state)
    if state is State.MET:
        sentence = s.say(s.ANY_MET, title=asked.title, met=first.title)
    else:
        sentence = s.say(s.ANY_OPEN, title=asked.title, asked=len(parts))
    return Answer(asked.id, asked.title, state, sentence, parts=parts)
