"""Who stands still, whose turn it is, and that letters stay few and kind."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.stuck import BETWEEN, MOST, Letter, Stand, Turn, letter, turn

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


@pytest.mark.parametrize(
    ("facts", "whose"),
    [
        ({"is_certified": True, "can_go_on": True}, Turn.NOBODY),
        ({"is_complete": True}, Turn.CLAIM),
        ({"can_go_on": True, "with_trainer": True, "is_locked": True}, Turn.LEARNER),
        ({"with_trainer": True, "is_locked": True}, Turn.TRAINER),
        ({"is_locked": True}, Turn.COORDINATOR),
        ({}, Turn.MEETING),
    ],
)
def test_whoever_can_go_on_is_never_said_to_wait_for_others(facts, whose):
    none = dict.fromkeys(
        ("is_certified", "is_complete", "can_go_on", "with_trainer", "is_locked"), False
    )
    assert turn(**none | facts) is whose


@pytest.mark.parametrize(
    ("stand", "what"),
    [
        (Stand(Turn.LEARNER, ago(13)), Letter.MOVES),
        (Stand(Turn.NOBODY, ago(90)), Letter.MOVES),
        (Stand(Turn.LEARNER, ago(14)), Letter.MAY),
        (Stand(Turn.CLAIM, ago(20)), Letter.MAY),
        (Stand(Turn.TRAINER, ago(30)), Letter.NOT_THEIRS),
        (Stand(Turn.MEETING, ago(30)), Letter.NOT_THEIRS),
        (Stand(Turn.COORDINATOR, ago(30)), Letter.NOT_THEIRS),
        (Stand(Turn.LEARNER, ago(30), wants_none=True), Letter.OFF),
        (Stand(Turn.LEARNER, ago(30), [ago(13)]), Letter.SOON),
        (Stand(Turn.LEARNER, ago(20), [ago(13), ago(25)]), Letter.SOON),
        (Stand(Turn.LEARNER, ago(30), [ago(14)]), Letter.MAY),
        (Stand(Turn.LEARNER, ago(90), [ago(80), ago(60), ago(40)]), Letter.ENOUGH),
        (Stand(Turn.LEARNER, ago(30), [ago(90), ago(70), ago(50)]), Letter.MAY),
    ],
)
def test_a_letter_goes_out_only_when_it_is_their_turn_and_seldom(stand, what):
    assert letter(stand, NOW) is what


@given(st.lists(st.integers(1, 400), max_size=60))
def test_while_nothing_moves_nobody_ever_gets_a_fourth_letter(days):
    sent: list[datetime] = []
    for day in sorted(days, reverse=True):
        now = ago(day)
        if letter(Stand(Turn.LEARNER, ago(500), tuple(sent)), now) is Letter.MAY:
            sent.append(now)
    assert len(sent) <= MOST
    assert all(b - a >= BETWEEN for a, b in pairwise(sent))


def test_a_move_after_now_is_no_time_at_all():
    assert Stand(Turn.LEARNER, NOW + timedelta(days=1)).quiet(NOW) == timedelta(0)
