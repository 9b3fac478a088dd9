"""Keys of programs: how long they open, and how often in a minute."""

from datetime import UTC, datetime, timedelta

import pytest

from lms.domain.api_keys import A_MINUTE, MOST_DAYS, Turn, ends_at, minute, stands

NOW = datetime(2026, 3, 2, 15, 0, 20, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("end", "ended", "open_"),
    [
        (NOW + MOMENT, None, True),
        (NOW, None, False),  # its end is the first moment it no longer opens
        (NOW + MOMENT, NOW + MOMENT, True),
        (NOW + MOMENT, NOW, False),
        (NOW - MOMENT, None, False),
    ],
)
def test_a_key_opens_until_its_end_or_until_it_is_ended(end, ended, open_):
    assert stands(end, ended, NOW) is open_


@pytest.mark.parametrize("days", [1, 180, MOST_DAYS])
def test_a_key_lasts_as_many_days_as_were_chosen(days):
    assert ends_at(NOW, days) - NOW == timedelta(days=days)


@pytest.mark.parametrize("days", [-1, 0, MOST_DAYS + 1])
def test_a_key_that_would_never_die_is_refused(days):
    with pytest.raises(ValueError, match="Choose 1 to 366 days"):
        ends_at(NOW, days)


@pytest.mark.parametrize(("used", "much"), [(1, False), (A_MINUTE, False), (A_MINUTE + 1, True)])
def test_the_last_request_of_a_minute_is_answered_and_the_next_is_not(used, much):
    assert Turn(used, NOW).is_too_much is much


@pytest.mark.parametrize(("second", "wait"), [(0, 60), (20, 40), (59, 1)])
def test_to_wait_is_to_the_next_minute(second, wait):
    moment = NOW.replace(second=second, microsecond=999)
    assert Turn(1, moment).wait == wait
    assert minute(moment + timedelta(seconds=wait)) == minute(moment) + 1
