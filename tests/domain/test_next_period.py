"""When a certificate of ours can be renewed, with what, and until when it then holds."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.hours import Entry, Modality, Standing
from lms.domain.next_period import Window, counts, is_enough, next_expiry, term
from lms.domain.promises import Renews

RULE = Renews(opens_days=90, late_days=60, minutes=600, live_minutes=120)
ENDS = date(2028, 3, 2)
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
ENTRY = Entry(1, 60, {"ethics": 60}, Modality.LIVE_ONLINE, NOW, NOW, "e", "Trainer")


@pytest.mark.parametrize(
    ("days", "window"),
    [
        (-91, Window.NOT_YET),
        (-90, Window.OPEN),
        (0, Window.OPEN),
        (1, Window.LATE),
        (60, Window.LATE),
        (61, Window.OVER),
    ],
)
def test_each_edge_of_the_windows_belongs_to_the_holder(days, window):
    assert term(ENDS, RULE, ENDS + timedelta(days=days)).window is window


def test_without_late_days_the_day_after_the_last_is_over():
    assert term(ENDS, replace(RULE, late_days=0), ENDS + timedelta(days=1)).window is Window.OVER


@given(st.integers(-90, 60), st.integers(1, 120))
def test_renewing_early_loses_no_day_and_late_begins_on_the_day(days, months):
    today = ENDS + timedelta(days=days)
    early = next_expiry(ENDS, ENDS, months)
    found = next_expiry(ENDS, today, months)
    assert found == early if days <= 0 else found > early or found >= early
    assert found > today


def test_a_period_without_length_is_refused():
    with pytest.raises((ValueError, TypeError)):
        next_expiry(ENDS, ENDS, None)


@pytest.mark.parametrize(
    ("change", "is_counted"),
    [
        ({}, True),
        ({"modality": Modality.SELF_PACED}, True),
        ({"modality": Modality.IN_SERVICE}, True),
        ({"modality": Modality.WORK}, False),
        ({"modality": Modality.SUPERVISION_GROUP}, False),
        ({"origin": "transferred"}, False),
        ({"standing": Standing.WAITING}, False),
        ({"standing": Standing.UNCHECKED}, False),
    ],
)
def test_only_learning_that_we_gave_and_vouch_for_renews(change, is_counted):
    assert counts(replace(ENTRY, **change)) is is_counted


@pytest.mark.parametrize(
    ("minutes", "live", "enough"),
    [(600, 120, True), (599, 120, False), (600, 119, False), (0, 0, False), (9000, 0, False)],
)
def test_both_sums_have_to_be_there(minutes, live, enough):
    assert is_enough(RULE, minutes, live) is enough
