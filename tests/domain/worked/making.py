"""Short words for worked records: lines of hours, requirements, and what is expected of them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from lms.domain.evaluate import Part, evaluate
from lms.domain.hours import Entry, Modality, Standing, split
from lms.domain.packs import Amount, Confidence, Domain, Requirement, Share, Stage, Version
from lms.domain.record import Held, Record
from lms.domain.requirements import Answer, Counted, State

TODAY = date(2026, 11, 22)

DOMAINS = (
    Domain("advocacy", "Advocacy", ("advocacy", "resources")),
    Domain("ethical", "Ethical Responsibility", ("ethics", "boundaries")),
    Domain("mentoring", "Mentoring", ("communication", "teamwork")),
    Domain("recovery", "Recovery", ("recovery", "crisis")),
    Domain("harm", "Harm Reduction", ("harm-reduction",)),
    Domain("ethics", "Ethics", ("ethics",)),
    Domain("practice", "Practice", ("ethics", "communication")),
    Domain("hiv", "HIV", ("hiv",)),
    Domain("family", "Families", ("families",)),
    Domain("clinical", "Clinical treatment", ("clinical-treatment",)),
)

MET, NOT_YET, UNKNOWN = State.MET, State.NOT_YET, State.UNKNOWN
SIGNATURE, NOT_ASKED = State.SIGNATURE, State.NOT_ASKED
WAITING = {"standing": Standing.WAITING}
UNCHECKED = {"standing": Standing.UNCHECKED, "origin": "transferred"}


def h(hours: float) -> int:
    """Hours as minutes."""
    return round(hours * 60)


def of(hours: float) -> Amount:
    """So many hours, plainly."""
    return Amount(least=h(hours))


def line(
    day: str,
    hours: float,
    topic: str | dict[str, int] = "recovery",
    way: str = "live-in-person",
    **more: Any,
) -> Entry:
    """A line of so many hours that began at nine on a day; of one topic, or of percents."""
    began = datetime.combine(date.fromisoformat(day), time(9), UTC)
    minutes = h(hours)
    entry = Entry(
        id=0,
        minutes=minutes,
        topics={topic: minutes} if isinstance(topic, str) else split(minutes, topic),
        modality=Modality(way),
        starts_at=began,
        ends_at=began + timedelta(minutes=minutes),
        evidence=f"{day} {topic} {way} {hours}",
        voucher="Peerpath",
    )
    return replace(entry, **more)


def record(*lines: Entry, certified: str = "", period: str = "", **facts: Held) -> Record:
    """A record of lines, numbered as written unless they are; facts by kind, with _ for -."""
    return Record(
        tuple(e if e.id else replace(e, id=number) for number, e in enumerate(lines, 1)),
        {kind.replace("__", "/").replace("_", "-"): held for kind, held in facts.items()},
        date.fromisoformat(certified) if certified else None,
        date.fromisoformat(period) if period else None,
    )


def training(hours: float | Amount = 10, **more: Any) -> Requirement:
    """A requirement of training."""
    return hours_of("training", hours, **more)


def hours_of(kind: str, hours: float | Amount, **more: Any) -> Requirement:
    """A requirement of hours of a kind, named as its kind."""
    amount = hours if isinstance(hours, Amount) else of(hours)
    return Requirement(kind, "hours", kind.capitalize(), of=kind, hours=amount, **more)


def asks(fact: str, amount: Amount | None = None, **more: Any) -> Requirement:
    """A requirement of a fact, named as the fact."""
    figure = {} if amount is None else {"amount": amount}
    title = fact.capitalize()
    return Requirement(fact, "fact", title, fact=fact, asks="Have you?", **figure, **more)


def share(name: str, hours: float | Amount, *domains: str) -> Share:
    """A share of a domain, named as it."""
    amount = hours if isinstance(hours, Amount) else of(hours)
    return Share(name, name.capitalize(), amount, domains or (name,))


def version(*needs: Requirement, **more: Any) -> Version:
    """A version with one stage that needs these."""
    stages = more.pop("stages", (Stage("full", "Full", needs),))
    return Version(
        "1",
        "current",
        TODAY,
        Confidence.HIGH,
        ("S1",),
        stages,
        domains=DOMAINS,
        pack="pack",
        **more,
    )


@dataclass(frozen=True)
class Expected:
    """What the answer to the first requirement must be, and a word of its sentence.

    ``parts`` are state, have and need of its parts by id.
    """

    state: State
    have: int | None = None
    need: int | None = None
    says: str = ""
    parts: dict[str, tuple[State, int | None, int | None]] = field(default_factory=dict)
    by: str = ""


@dataclass(frozen=True)
class Case:
    """A worked record: why it comes out so, the rule, the record, and what is expected of it."""

    why: str
    asked: Version
    record: Record
    expected: Expected
    part: Part = Part.STAGES
    today: date = TODAY


def first(case: Case) -> Answer:
    """The answer to the first requirement of a case."""
    found = evaluate(case.asked, case.record, case.today, case.part)
    return found.parts[0].parts[0] if case.part is Part.STAGES else found.parts[0]


def every(answer: Answer) -> Iterator[Answer]:
    """An answer and all below it."""
    yield answer
    for part in answer.parts:
        yield from every(part)


def check(case: Case) -> None:
    """The answer is as expected; and whatever is expected, its figures are the sum of its lines."""
    found = first(case)
    wanted = case.expected
    assert (found.state, found.have, found.need) == (wanted.state, wanted.have, wanted.need), str(
        found.sentence
    )
    assert wanted.says in str(found.sentence)
    got = {part.id: (part.state, part.have, part.need) for part in found.parts}
    assert {name: got.get(name) for name in wanted.parts} == wanted.parts
    if wanted.by:
        assert str(found.by) == wanted.by
    sound(found, case.record)


def sound(answer: Answer, held: Record) -> None:
    """Every figure is the sum of its lines, every line that is not whole says why, no line gives
    more than it has, and no minute lies in two shares."""
    minutes = {entry.id: entry.minutes for entry in held.entries}
    for each in every(answer):
        assert str(each.sentence)
        assert "%" not in str(each.sentence)
        if each.counted:
            assert sum(c.minutes for c in each.counted) == each.have
        for counted in each.counted:
            assert 0 <= counted.minutes <= counted.of <= minutes[counted.entry]
            assert (counted.why_not is None) == (counted.minutes == counted.of)
        if each.asked is not None and each.asked.kind == "hours":
            shares = {share.id for share in each.asked.shares}
            inside = _sums(c for part in each.parts if part.id in shares for c in part.counted)
            assert all(inside[c.entry] <= c.minutes for c in each.counted)


def _sums(counted: Iterable[Counted]) -> Counter[int]:
    found: Counter[int] = Counter()
    for each in counted:
        found[each.entry] += each.minutes
    return found
