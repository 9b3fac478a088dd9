"""How long a link shows something."""

from datetime import UTC, datetime, timedelta

import pytest

from lms.domain.sharing import DAYS, LONGEST, is_open, last_moment

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
A_MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize("days", DAYS)
def test_a_link_is_open_to_its_last_moment_and_not_a_moment_longer(days):
    ends = last_moment(NOW, days)
    assert is_open(ends - A_MOMENT, ends, None)
    assert not is_open(ends, ends, None)
    assert ends - NOW <= LONGEST


def test_a_link_that_was_ended_is_over_at_once():
    assert not is_open(NOW, NOW + LONGEST, NOW)


@pytest.mark.parametrize("days", [0, -1, 8, 366])
def test_no_other_time_is_given(days):
    with pytest.raises(ValueError, match="as many days"):
        last_moment(NOW, days)
