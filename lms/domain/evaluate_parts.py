"""The parts of a requirement of hours: its shares, floors, limits, and the time it reaches over."""

from collections.abc import Callable, Iterator

from lms.domain import sentences as s
from lms.domain.amounts import enough, most, said
from lms.domain.certificate import in_hours
from lms.domain.counting import Fit
from lms.domain.hours import Standing
from lms.domain.packs import Amount
from lms.domain.placing import OVER
from lms.domain.requirements import Answer, Counted, Sentence, State
from lms.domain.shown import left_out, part
from lms.domain.tally import Tally, state_of

SETTLED = (State.MET, State.NOT_ASKED)


def over_limit(tally: Tally) -> Callable[[Fit], Sentence]:
    """Why minutes of a fit are over a limit: the first of its limits that is full."""

    def why(fit: Fit) -> Sentence:
        full = [n for n in fit.limits if tally.sums.limits[n] == most(tally.figures.limits[n])]
        limit = tally.asked.limits[full[0]]
        cap = most(tally.figures.limits[full[0]]) or 0
        return s.say(s.LIMITED, limit=limit.title, most=in_hours(cap))

    return why


def waiting(tally: Tally, state: State, within: Callable[[Fit], bool]) -> Iterator[Sentence]:
    """What more there is that must still be signed or checked."""
    if state not in SETTLED:
        for standing, text in (
            (Standing.WAITING, s.MORE_WAIT),
            (Standing.UNCHECKED, s.MORE_UNCHECKED),
        ):
            if minutes := tally.pending(standing, within):
                yield s.say(text, minutes=in_hours(minutes))
    if state is State.SIGNATURE:
        yield s.say(s.THEN_MET)


def shares(tally: Tally) -> Iterator[Answer]:
    """Each share with the minutes that were placed in it."""
    over = over_limit(tally)
    for number, share in enumerate(tally.asked.shares):

        def elsewhere(fit: Fit, at: int, here: int = number) -> Sentence | None:
            if at == here:
                return None
            if at == OVER:
                return over(fit)
            if at < len(tally.asked.shares):
                return s.say(s.ELSEWHERE, title=tally.asked.shares[at].title)
            return s.say(s.FULL, title=tally.asked.shares[here].title)

        def within(fit: Fit, here: int = number) -> bool:
            return here in fit.shares

        counted = part(tally.ledger, tally.placed, within, elsewhere, tally.version.round_to)
        yield _answer(
            tally,
            share.id,
            share.title,
            tally.figures.shares[number],
            (tally.sums.shares[number], tally.later.shares[number]),
            within,
            counted,
        )


def floors(tally: Tally) -> Iterator[Answer]:
    """Each floor with the minutes counted that serve it."""
    for number, floor in enumerate(tally.asked.floors):

        def within(fit: Fit, here: int = number) -> bool:
            return here in fit.floors

        yield _answer(
            tally,
            floor.id,
            floor.title,
            tally.figures.floors[number],
            (tally.sums.floors[number], tally.later.floors[number]),
            within,
            _counting(tally, within),
        )


def _counting(tally: Tally, within: Callable[[Fit], bool]) -> tuple[Counted, ...]:
    over = over_limit(tally)
    return part(
        tally.ledger,
        tally.placed,
        within,
        lambda fit, at: over(fit) if at == OVER else None,
    )


def _answer(
    tally: Tally,
    name: str,
    title: str,
    amount: Amount,
    sums: tuple[int, int],
    within: Callable[[Fit], bool],
    counted: tuple[Counted, ...],
) -> Answer:
    state = state_of(amount, *sums)
    more = [*waiting(tally, state, within)]
    if state is State.NOT_YET:
        more = [*left_out(counted, tally.ledger), *more]
    sentence = s.then(said(title, amount, sums[0], in_hours), more)
    return Answer(name, title, state, sentence, sums[0], enough(amount), tally.days.ends, counted)


def limits(tally: Tally) -> Iterator[Answer]:
    """Each limit with the minutes it let through. A limit is nothing to meet: it is met unless it
    is unknown."""
    for number, limit in enumerate(tally.asked.limits):

        def within(fit: Fit, here: int = number) -> bool:
            return here in fit.limits

        counted, have = _counting(tally, within), tally.sums.limits[number]
        cap = most(tally.figures.limits[number])
        if cap is None:
            sentence = s.say(s.LIMIT_UNKNOWN, title=limit.title, have=in_hours(have))
        else:
            sentence = s.say(s.LIMIT, title=limit.title, have=in_hours(have), most=in_hours(cap))
        state = State.UNKNOWN if cap is None and have else State.MET
        yield Answer(limit.id, limit.title, state, sentence, have, cap, None, counted)
