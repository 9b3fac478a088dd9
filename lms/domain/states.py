"""How the states of parts make the state of the whole."""

from collections.abc import Iterable

from lms.domain.requirements import State

_WORST = (State.NOT_YET, State.UNKNOWN, State.SIGNATURE, State.MET)
_BEST = (State.MET, State.NOT_ASKED, State.SIGNATURE, State.UNKNOWN, State.NOT_YET)


def all_of(states: Iterable[State]) -> State:
    """Everything is asked: the state furthest from met. Nothing asked of nobody is not asked."""
    found = set(states)
    return next((state for state in _WORST if state in found), State.NOT_ASKED)


def any_of(states: Iterable[State]) -> State:
    """One is enough: the state nearest to met."""
    found = set(states)
    return next(state for state in _BEST if state in found)
