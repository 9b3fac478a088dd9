"""Who has stopped on the way, whose turn it is, and when a kind letter may go out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

QUIET = timedelta(days=14)
"""How long nothing may move before it is said. Ours: people in recovery have other weeks."""

BETWEEN = timedelta(days=14)
"""Least time between two letters to one person."""

MOST = 3
"""Letters to one person while nothing moves; then someone should call, and no letter goes out."""


class Turn(StrEnum):
    """Who can make the next move."""

    LEARNER = "learner"
    TRAINER = "trainer"
    COORDINATOR = "coordinator"
    MEETING = "meeting"
    CLAIM = "claim"
    NOBODY = "nobody"


class Letter(StrEnum):
    """Whether a letter may go out now, or why not."""

    MAY = "may"
    MOVES = "moves"
    NOT_THEIRS = "not-theirs"
    OFF = "off"
    SOON = "soon"
    ENOUGH = "enough"


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a learner stands: whose turn it is, since when nothing moved, and letters sent so far.

    ``wants_none`` says that they asked for no such letters.
    """

    turn: Turn
    moved_at: datetime
    letters: Sequence[datetime] = ()
    wants_none: bool = False

    def quiet(self, now: datetime) -> timedelta:
        """For how long nothing has moved."""
        return max(timedelta(0), now - self.moved_at)

    def is_stuck(self, now: datetime) -> bool:
        """True when there is a next move and nobody has made one for two weeks."""
        return self.turn is not Turn.NOBODY and self.quiet(now) >= QUIET

    @property
    def since(self) -> int:
        """Letters sent since they last went on; going on begins the count anew."""
        return sum(at >= self.moved_at for at in self.letters)


def letter(stand: Stand, now: datetime) -> Letter:
    """Whether a letter may go out: only when it is their turn, seldom, and never a fourth."""
    if not stand.is_stuck(now):
        return Letter.MOVES
    if stand.turn not in (Turn.LEARNER, Turn.CLAIM):
        return Letter.NOT_THEIRS
    if stand.wants_none:
        return Letter.OFF
    if stand.since >= MOST:
        return Letter.ENOUGH
    if stand.letters and now - max(stand.letters) < BETWEEN:
        return Letter.SOON
    return Letter.MAY


def turn(
    *, is_certified: bool, is_complete: bool, can_go_on: bool, with_trainer: bool, is_locked: bool
) -> Turn:
    """Whose turn it is. Whoever can go on by themselves is never said to wait for others.

    ``is_locked``: no go is left at a quiz, so that only a coordinator can open it again.
    """
    if is_certified:
        return Turn.NOBODY
    if is_complete:
        return Turn.CLAIM
    if can_go_on:
        return Turn.LEARNER
    if with_trainer:
        return Turn.TRAINER
    return Turn.COORDINATOR if is_locked else Turn.MEETING
