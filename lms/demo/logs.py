"""Hours that learners wrote down: shifts, supervision, a class elsewhere; some of it confirmed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from lms.demo.clock import Days
from lms.demo.stage import Deed, Stage
from lms.domain.hours import Modality
from lms.domain.logging_hours import Account, Kind, Typed, log
from lms.domain.vouching import Attestation
from lms.models.hours import LedgerEntry
from lms.records import confirmations, logging_hours, transfers
from lms.records.confirmations import Addressee, Word

_SHIFTS = (40, 38, 33, 31, 26, 24, 19, 17, 12, 10, 5, 3)
_SUPERVISED = (38, 24, 10)
_WRONG = 31
_HALF_PAST_FIVE = 17 * 60 + 30
_CLOSED = "the links of past months open nothing"
ROSA = Addressee("Rosa Vance-Larkin", "rosa@riverhouse.example", "supervisor")
_WHO = Attestation("Rosa Vance-Larkin", "Peer program supervisor, River House", True, 6)
_SHIFT = Account("Drop-in afternoon", Modality.WORK, place="River House", pay="paid")
_TALK = Account("Talked through the week", Modality.SUPERVISION_INDIVIDUAL, place="River House")
_FIRE = Account(
    "Fire safety and first aid", Modality.IN_SERVICE, place="River House", provider="River House"
)
_CLASS = Account(
    "Overdose response for the community",
    Modality.LIVE_IN_PERSON,
    place="County library",
    provider="County health office",
    approvals=("CHO 2214",),
    evidence="Certificate 2214-067, which I can bring",
)


@dataclass(frozen=True, slots=True)
class _Told:
    """What someone writes down: so many days ago, from one hour to another, or minutes of a day."""

    who: str
    kind: Kind
    account: Account
    ago: int
    hours: tuple[int, int] | None = None
    minutes: int | None = None
    parts: tuple[tuple[str, int | None], ...] = (("ethics", None),)


def deeds(days: Days) -> Iterator[Deed]:
    """Ana works at River House and asks her supervisor twice; Ben was at a class elsewhere."""
    for told in _told():
        yield Deed(days.at(told.ago, _HALF_PAST_FIVE), partial(_write, told=told))
    yield Deed(days.at(22, 9 * 60), partial(_ask, who="ana", then=timedelta(hours=27)))
    yield Deed(days.at(9, 9 * 60), partial(_ask, who="ana", then=None))
    yield Deed(days.at(50, 10 * 60), partial(_accept, who="ben", by="coordinator"))


def _told() -> Iterator[_Told]:
    work = (("communication", 120), ("self-care", 30), ("ethics", None))
    for ago in _SHIFTS:
        yield _Told("ana", Kind.WORK, _SHIFT, ago, (13, 17), 225, work)
    for ago in _SUPERVISED:
        yield _Told("ana", Kind.SUPERVISION, _TALK, ago, (15, 16))
    yield _Told("ana", Kind.IN_SERVICE, _FIRE, 15, (10, 12), 105, (("self-care", None),))
    for who, ago in (("ana", 8), ("ben", 58)):
        yield _Told(who, Kind.ELSEWHERE, _CLASS, ago, minutes=180, parts=(("crisis", None),))


def _write(stage: Stage, at: datetime, *, told: _Told) -> None:
    zone = stage.office.timezone
    starts, ends = (time(hour) for hour in told.hours) if told.hours else (None, None)
    day = at.astimezone(zone).date()
    typed = Typed(told.kind, day, starts, ends, told.minutes, told.parts)
    logged = log(typed, at, zone)
    person = stage.people[told.who]
    logging_hours.add(stage.session, at, person, zone, told.kind, logged, told.account)


def _ask(stage: Stage, at: datetime, *, who: str, then: timedelta | None) -> Iterator[datetime]:
    """Ask about everything that waits; answered after a while, or not yet."""
    stage.session.flush()
    learner = stage.people[who]
    rows = logging_hours.waiting(stage.session, learner.id)
    made, _token = confirmations.ask(stage.session, at, _CLOSED, learner, rows, ROSA)
    if then is None:
        return
    yield at + then
    asked = confirmations.by_ref(stage.session, at + then, made.ref)
    if asked is None:
        raise LookupError("the request that was just made is not there")
    wrong = at - timedelta(days=_WRONG - 22)
    words = {row.id: _word(row, wrong) for row in asked.open_lines}
    confirmations.answer(stage.session, at + then, asked, _WHO, words)


def _word(row: LedgerEntry, wrong: datetime) -> Word:
    is_wrong = row.modality == Modality.WORK and row.starts_at.date() == wrong.date()
    return Word(not is_wrong, "The house closed at three that day" if is_wrong else "")


def _accept(stage: Stage, at: datetime, *, who: str, by: str) -> None:
    """A coordinator looks at what shows a class elsewhere, and accepts it."""
    stage.session.flush()
    cohorts = [cohort.id for cohort in stage.cohorts.values()]
    office = stage.people[by]
    for row, person in transfers.unchecked(stage.session, cohorts, office.id):
        if person.id == stage.people[who].id:
            transfers.check(stage.session, at, row, office, True, "")
