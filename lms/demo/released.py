"""A board with its people, and releases to it in different states."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from lms.demo.cast import Cast
from lms.demo.clock import Days
from lms.demo.stage import Deed, Stage
from lms.domain.people import Role
from lms.domain.release import DEFAULT_DAYS, Scope, Seat, Verdict
from lms.models.boards import Board, BoardMember
from lms.records import desks, releases, watches
from lms.records.releases import Standing

BOARD = "Chesapeake Peer Certification Board (demo)"
PACK = "md-cprs"
_TEN, _NOON, _TWO = 10 * 60, 12 * 60, 14 * 60


@dataclass(frozen=True, slots=True)
class Given:
    """What a holder released, so many days ago, and what became of it."""

    who: str
    scope: Scope
    days: int
    looked: tuple[int, ...] = ()
    answered: int | None = None
    verdict: Verdict = Verdict.ACCEPTED
    reasons: str = ""
    ended: int | None = None


_GIVEN = (
    Given("ana", Scope.FULL, 3),
    Given(
        "yael",
        Scope.FULL,
        24,
        looked=(21, 20),
        answered=20,
        verdict=Verdict.ASKED_BACK,
        reasons=(
            "Thank you for releasing your record. Two things are missing for our rule:\n\n"
            "1. 500 hours of work in the last two years, confirmed by a supervisor.\n"
            "2. 30 hours of supervision by a registered peer supervisor.\n\n"
            "Nothing else is missing on our side. There is no deadline for this answer."
        ),
    ),
    Given("ben", Scope.HOURS, 36, looked=(35, 34), answered=34, reasons="Your training counts."),
    Given("siobhan", Scope.EXISTENCE, 80, looked=(78,), ended=60),
)


def deeds(cast: Cast, days: Days) -> Iterator[Deed]:
    """The board opens its desk; holders release, the board looks and answers, one is ended."""
    head, reviewer = (member.id for member in cast.staff if member.role is Role.BOARD)
    operator = cast.one(Role.OPERATOR)
    opening = partial(_open, head=head, reviewer=reviewer, operator=operator)
    yield Deed(days.at(cast.opened - 5, _NOON), opening)
    for given in _GIVEN:
        yield Deed(days.at(given.days, _TEN), partial(_give, given=given))
        for ago in given.looked:
            yield Deed(days.at(ago, _NOON), partial(_look, who=given.who, by=reviewer))
        if given.answered is not None:
            yield Deed(days.at(given.answered, _TWO), partial(_decide, given=given, by=reviewer))
        if given.ended is not None:
            yield Deed(days.at(given.ended, _TEN), partial(_end, who=given.who))


def _open(stage: Stage, at: datetime, *, head: str, reviewer: str, operator: str) -> None:
    board = desks.make(stage.session, at, BOARD, [PACK], stage.people[operator])
    for who, seat in ((head, Seat.HEAD), (reviewer, Seat.REVIEWER)):
        person = stage.people[who]
        stage.session.add(
            BoardMember(board_id=board.id, person_id=person.id, role=seat, joined_at=at)
        )
    stage.session.flush()


def _board(stage: Stage) -> Board:
    return next(board for board in desks.every(stage.session) if board.name == BOARD)


def _standing(stage: Stage, at: datetime, who: str) -> Standing:
    return releases.of_person(stage.session, at, stage.people[who].id)[0]


def _member(stage: Stage, who: str) -> BoardMember:
    desk = desks.desk_of(stage.session, stage.people[who].id)
    if desk is None:
        raise LookupError(f"{who} works at no board")
    return desk.member


def _give(stage: Stage, at: datetime, *, given: Given) -> None:
    after = stage.office.day(at) + timedelta(days=DEFAULT_DAYS + 1)
    ends_at = datetime.combine(after, time(), tzinfo=stage.office.timezone)
    holder, board = stage.people[given.who], _board(stage)
    releases.give(stage.session, at, holder, board, given.scope, PACK, ends_at)


def _look(stage: Stage, at: datetime, *, who: str, by: str) -> None:
    releases.look(stage.session, at, _standing(stage, at, who), _member(stage, by))


def _decide(stage: Stage, at: datetime, *, given: Given, by: str) -> None:
    standing, member = _standing(stage, at, given.who), _member(stage, by)
    releases.decide(stage.session, at, standing, member, given.verdict, given.reasons)
    if given.verdict is Verdict.ACCEPTED:
        watches.begin(stage.session, at, standing.board.id, standing.holder.id, stage.office)


def _end(stage: Stage, at: datetime, *, who: str) -> None:
    releases.end(stage.session, at, _standing(stage, at, who).release, stage.people[who])
