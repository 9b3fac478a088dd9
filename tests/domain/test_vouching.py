"""Who stands behind a line, and what a supervisor's link is good for."""

from datetime import timedelta

import pytest

from lms.domain.hours import Standing
from lms.domain.vouching import (
    LINK_LIVES,
    LinkState,
    Needs,
    Verdict,
    is_same_mailbox,
    link_state,
    standing,
)
from tests.domain.making import NOON

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("needs", "verdict", "stands"),
    [
        (Needs.NOTHING, "", Standing.VOUCHED),
        (Needs.SIGNATURE, "", Standing.WAITING),
        (Needs.SIGNATURE, None, Standing.WAITING),
        (Needs.SIGNATURE, Verdict.AGREED, Standing.VOUCHED),
        (Needs.SIGNATURE, Verdict.DECLINED, Standing.WAITING),
        (Needs.SIGNATURE, Verdict.ENDED, Standing.WAITING),
        (Needs.CHECK, "", Standing.UNCHECKED),
        (Needs.CHECK, Verdict.AGREED, Standing.VOUCHED),
        (Needs.CHECK, Verdict.DECLINED, Standing.UNCHECKED),
    ],
)
def test_a_line_stands_on_the_last_word_about_it(needs, verdict, stands):
    assert standing(needs, verdict) is stands


@pytest.mark.parametrize(
    ("age", "is_answered", "is_revoked", "state"),
    [
        (timedelta(), False, False, LinkState.OPEN),
        (LINK_LIVES - SECOND, False, False, LinkState.OPEN),
        (LINK_LIVES, False, False, LinkState.EXPIRED),
        (timedelta(), True, False, LinkState.ANSWERED),
        (LINK_LIVES, True, False, LinkState.ANSWERED),
        (timedelta(), False, True, LinkState.REVOKED),
        (timedelta(), True, True, LinkState.REVOKED),
    ],
)
def test_a_link_works_once_for_thirty_days_until_it_is_taken_back(
    age, is_answered, is_revoked, state
):
    assert link_state(NOON + age, NOON + LINK_LIVES, is_answered, is_revoked) is state


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ana@a.example", "ana@a.example", True),
        ("ana@a.example", " Ana@A.example ", True),
        ("ana@a.example", "ana+boss@a.example", True),
        ("ana+x@a.example", "ana+y@a.example", True),
        ("ana@a.example", "ana@b.example", False),
        ("ana@a.example", "rosa@a.example", False),
        ("nonsense", "nonsense", True),
    ],
)
def test_ones_own_mailbox_is_known_in_any_dress(one, other, same):
    assert is_same_mailbox(one, other) is same
