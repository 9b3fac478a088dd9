"""The clock of a credential: periods of every kind, month ends, leap days, windows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.months import month_of, months_between, months_on, week_of
from lms.domain.packs import UNKNOWN, Amount, Renewal
from lms.domain.record import Record
from lms.domain.renewal import Phase, clock, last_day


def renewal(period: str, months: int | None = 24, fixed: str = "", **more: int) -> Renewal:
    amount = UNKNOWN if months is None else Amount(least=months)
    return Renewal(period, (), amount, date.fromisoformat(fixed) if fixed else None, **more)


def certified(day: str, period: str = "") -> Record:
    began = date.fromisoformat(period) if period else None
    return Record(certified_on=date.fromisoformat(day), period_from=began)


@pytest.mark.parametrize(
    ("rule", "starts", "ends"),
    [
        (renewal("months"), "2025-03-15", "2027-03-15"),
        # A leap day ends on the last of February; a 31st on the last of a shorter month.
        (renewal("months", 12), "2024-02-29", "2025-02-28"),
        (renewal("months", 48), "2024-02-29", "2028-02-29"),
        (renewal("months", 6), "2026-08-31", "2027-02-28"),
        (renewal("months", None), "2026-08-31", None),
        # Sources that disagree: the shorter period is the safe one.
        (Renewal("months", (), Amount(least=24, readings=(12, 24))), "2026-01-01", "2027-01-01"),
        # A calendar year, whole or begun (Georgia), and two of them.
        (renewal("calendar-year", 12), "2026-05-20", "2026-12-31"),
        (renewal("calendar-year", 24), "2026-01-01", "2027-12-31"),
        (renewal("calendar-year", None), "2026-12-31", "2026-12-31"),
        # From the first of the month of certification (Michigan).
        (renewal("month-start"), "2026-05-01", "2028-04-30"),
        (renewal("month-start"), "2026-03-01", "2028-02-29"),
        # One date for all, every four years (Mississippi): the first period is shortened.
        (renewal("fixed", 48, "2015-09-30"), "2022-01-20", "2023-09-30"),
        (renewal("fixed", 48, "2023-09-30"), "2022-01-20", "2023-09-30"),
        (renewal("fixed", 48, "2023-09-30"), "2023-09-29", "2023-09-30"),
        # Who is certified on the day itself has a whole period before them.
        (renewal("fixed", 48, "2023-09-30"), "2023-09-30", "2027-09-30"),
        (renewal("fixed", 48, "2023-09-30"), "2026-01-01", "2027-09-30"),
        # A common day at a month's end stays at it.
        (renewal("fixed", 6, "2024-08-31"), "2025-03-01", "2025-08-31"),
        (renewal("fixed", 48), "2026-01-01", None),
    ],
)
def test_a_period_ends_on_its_day(rule: Renewal, starts: str, ends: str | None):
    found = last_day(rule, date.fromisoformat(starts))
    assert (found and found.isoformat()) == ends


CALIFORNIA = renewal("months", 24, opens_days=90, late_days=30)
NEW_YORK = renewal("months", 36, due_days=45, late_days=0)


@pytest.mark.parametrize(
    ("rule", "today", "phase", "says"),
    [
        (CALIFORNIA, "2026-12-14", Phase.NOT_OPEN, "You can renew from 15 December 2026."),
        (CALIFORNIA, "2026-12-15", Phase.OPEN, "Your period ends on 15 March 2027."),
        (CALIFORNIA, "2027-01-14", Phase.DUE_SOON, "Ask to renew by 15 March 2027."),
        (CALIFORNIA, "2027-03-15", Phase.DUE_SOON, "ends on 15 March 2027"),
        (CALIFORNIA, "2027-03-16", Phase.OVER, "You can still renew until 14 April 2027."),
        (CALIFORNIA, "2027-04-14", Phase.OVER, "until 14 April 2027"),
        (CALIFORNIA, "2027-04-15", Phase.LAPSED, "how to begin again"),
        (NEW_YORK, "2027-11-01", Phase.OPEN, "ends on 15 March 2028"),
        (NEW_YORK, "2028-01-30", Phase.DUE_SOON, "Ask to renew by 30 January 2028."),
        (NEW_YORK, "2028-01-31", Phase.DUE_SOON, "Ask to renew by 15 March 2028."),
        (NEW_YORK, "2028-03-16", Phase.LAPSED, "ended on 15 March 2028"),
        (renewal("months"), "2027-03-16", Phase.UNKNOWN, "Ask the board if you can still renew"),
        (renewal("months", None), "2027-03-16", Phase.UNKNOWN, "do not know when your period ends"),
        (None, "2027-03-16", Phase.UNKNOWN, "do not know when your period ends"),
    ],
)
def test_the_clock_says_where_a_period_stands(rule, today, phase, says):
    found = clock(rule, certified("2025-03-15"), date.fromisoformat(today))
    assert found.phase is phase
    assert says in str(found.sentence)


def test_the_days_of_a_clock():
    found = clock(
        renewal("months", 24, opens_days=90, due_days=14, late_days=30),
        certified("2025-03-15"),
        date(2026, 1, 1),
    )
    assert (found.starts, found.ends) == (date(2025, 3, 15), date(2027, 3, 15))
    assert found.opens_on == date(2026, 12, 15)
    assert found.due_on == date(2027, 3, 1)
    assert found.late_until == date(2027, 4, 14)


def test_the_present_period_counts_from_its_own_first_day():
    found = clock(CALIFORNIA, certified("2021-03-15", "2025-03-15"), date(2026, 1, 1))
    assert (found.starts, found.ends) == (date(2025, 3, 15), date(2027, 3, 15))


def test_nobody_is_taken_to_have_renewed():
    found = clock(CALIFORNIA, certified("2021-03-15"), date(2026, 1, 1))
    assert (found.phase, found.ends) == (Phase.LAPSED, date(2023, 3, 15))


def test_who_holds_nothing_has_no_clock():
    found = clock(CALIFORNIA, Record(), date(2026, 1, 1))
    assert (found.phase, found.starts, found.ends) == (Phase.UNKNOWN, None, None)


DAYS = st.dates(date(1950, 1, 1), date(2150, 1, 1))


@given(DAYS, st.integers(0, 600))
def test_so_many_months_on_are_so_many_months_between(day, months):
    assert months_between(day, months_on(day, months)) == months


PERIODS = ("months", "month-start", "calendar-year", "fixed")


@given(DAYS, st.sampled_from(PERIODS), st.integers(1, 60))
def test_a_period_ends_after_it_begins(day, period, months):
    rule = renewal(period, months, "2015-09-30" if period == "fixed" else "")
    found = clock(rule, Record(certified_on=day), day)
    assert found.starts <= day <= found.ends


def test_months_at_the_edges():
    assert months_on(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert months_on(date(2024, 3, 31), -1) == date(2024, 2, 29)
    assert months_on(date(2026, 1, 1), 100000) == date.max
    assert months_on(date(2026, 1, 1), -100000) == date.min
    assert months_between(date(2026, 3, 1), date(2026, 2, 1)) == 0
    assert month_of(date(2024, 2, 10)) == (date(2024, 2, 1), date(2024, 2, 29))
    assert week_of(date(2026, 11, 22)) == (date(2026, 11, 16), date(2026, 11, 22))
