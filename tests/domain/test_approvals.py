"""Approvals are those valid on the day of the training."""

from datetime import date

import pytest

from lms.domain.approvals import Approval, read, valid_on

FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)

WRITTEN = [
    ("NAADAC 86948", Approval("NAADAC 86948")),
    (" NAADAC 86948 [2025-01-01/2026-12-31] ", Approval("NAADAC 86948", FIRST, LAST)),
    ("NYCB badge[2025-01-01/]", Approval("NYCB badge", FIRST)),
    ("NYCB badge [/2026-12-31]", Approval("NYCB badge", None, LAST)),
]


@pytest.mark.parametrize(("text", "approval"), WRITTEN)
def test_it_is_read_as_settings_write_it(text: str, approval: Approval):
    assert read(text) == approval


WRONG = [
    ("NAADAC [2025-01-01]", "not an approval with its days"),
    ("NAADAC 2025]", "not an approval with its days"),
    ("NAADAC [2025-02-30/]", "2025-02-30 is not a day"),
    ("NAADAC [2026-01-01/2025-01-01]", "ends before it begins"),
]


@pytest.mark.parametrize(("text", "words"), WRONG)
def test_what_cannot_be_read_says_how_to_write_it(text: str, words: str):
    with pytest.raises(ValueError, match=words.replace("[", r"\[")):
        read(text)


DAYS = [
    (date(2024, 12, 31), ("Always",)),  # the day before it begins
    (FIRST, ("Always", "NAADAC 86948")),
    (LAST, ("Always", "NAADAC 86948")),
    (date(2027, 1, 1), ("Always",)),  # the day after its last
]


@pytest.mark.parametrize(("day", "numbers"), DAYS)
def test_only_those_valid_that_day_count(day: date, numbers: tuple[str, ...]):
    assert valid_on([Approval("Always"), Approval("NAADAC 86948", FIRST, LAST)], day) == numbers
