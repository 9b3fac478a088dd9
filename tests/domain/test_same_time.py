"""The same time counts once, and a day has twenty-four hours."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.hours import Entry, Modality
from lms.domain.logging_hours import Kind, Logged, Refused
from lms.domain.same_time import check_against, counted_time, is_timed, overlapping, work_around

NEW_YORK = ZoneInfo("America/New_York")
NINE = datetime(2026, 11, 4, 14, tzinfo=UTC)
"""Nine in the morning in New York."""
HOUR = timedelta(hours=1)
WORK, ONE, GROUP = Modality.WORK, Modality.SUPERVISION_INDIVIDUAL, Modality.SUPERVISION_GROUP


def entry(start: float, end: float, modality=WORK, number=1, **more) -> Entry:
    at = (NINE + start * HOUR, NINE + end * HOUR)
    minutes = more.pop("minutes", int((end - start) * 60))
    return Entry(number, minutes, {}, modality, *at, "", "", title=f"Line {number}", **more)


def logged(start: float, end: float) -> Logged:
    return Logged(NINE + start * HOUR, NINE + end * HOUR, int((end - start) * 60), {})


@pytest.mark.parametrize(
    ("mine", "modality", "other", "meets", "why"),
    [
        ((0, 2), WORK, entry(1, 3), True, "work and work"),
        ((1, 3), WORK, entry(0, 2), True, "from the other side"),
        ((0, 4), WORK, entry(1, 2), True, "around it"),
        ((1, 2), WORK, entry(0, 4), True, "inside it"),
        ((0, 2), WORK, entry(0, 2), True, "the very same"),
        ((0, 2), WORK, entry(2, 4), False, "one after the other"),
        ((2, 4), WORK, entry(0, 2), False, "one before the other"),
        ((0, 2), ONE, entry(0, 2), False, "supervision inside work stands"),
        ((0, 2), WORK, entry(0, 2, GROUP), False, "work around supervision stands"),
        ((0, 2), ONE, entry(1, 3, GROUP), True, "one supervision and another"),
        ((0, 2), Modality.IN_SERVICE, entry(1, 3, Modality.LIVE_ONLINE), True, "two trainings"),
        ((0, 2), Modality.IN_SERVICE, entry(1, 3), False, "training in paid time"),
        ((0, 2), Modality.IN_SERVICE, entry(0, 9, Modality.SELF_PACED), False, "reading has days"),
        (
            (0, 2),
            Modality.IN_SERVICE,
            entry(0, 9, Modality.LIVE_ONLINE, origin="transferred"),
            False,
            "elsewhere has days",
        ),
    ],
)
def test_the_same_kind_of_time_counts_once(mine, modality, other, meets, why):
    new = logged(*mine)
    assert bool(overlapping(new, modality, [other])) is meets, why
    kind = {WORK: Kind.WORK, ONE: Kind.SUPERVISION}.get(modality, Kind.IN_SERVICE)
    if meets:
        with pytest.raises(Refused, match="The same time counts once") as stop:
            check_against(new, kind, modality, [other], NEW_YORK)
        assert "“Line 1”, 2026-11-04 from" in str(stop.value)
        assert stop.value.refusals[0].field == "starts"
    else:
        check_against(new, kind, modality, [other], NEW_YORK)


def test_the_refusal_names_the_other_line_in_the_clock_of_the_provider():
    with pytest.raises(Refused, match="from 10:00 to 12:00"):
        check_against(logged(0, 2), Kind.WORK, WORK, [entry(1, 3)], NEW_YORK)


def test_supervision_inside_work_is_worth_saying():
    assert work_around(logged(0, 1), ONE, [entry(0, 8)])
    assert work_around(logged(0, 8), WORK, [entry(0, 1, ONE)])
    assert not work_around(logged(0, 1), ONE, [entry(1, 8)])
    assert not work_around(logged(0, 1), ONE, [entry(0, 8, Modality.IN_SERVICE)])


def test_a_day_of_more_than_24_hours_is_refused():
    away = Logged(NINE, NINE, 1000, {})
    others = [entry(-8, 0), entry(0, 8, Modality.IN_SERVICE, 2)]
    with pytest.raises(Refused, match="2026-11-04 would have 1960 minutes") as stop:
        check_against(away, Kind.ELSEWHERE, Modality.LIVE_ONLINE, others, NEW_YORK)
    assert stop.value.refusals[0].field == "minutes"
    check_against(away, Kind.ELSEWHERE, Modality.LIVE_ONLINE, others[:0], NEW_YORK)


def test_training_elsewhere_leaves_less_room_for_work_that_day():
    away = entry(0, 0, Modality.LIVE_ONLINE, minutes=1380, origin="transferred")
    with pytest.raises(Refused, match="would have 1500 minutes"):
        check_against(logged(0, 2), Kind.WORK, WORK, [away], NEW_YORK)
    check_against(logged(0, 1), Kind.WORK, WORK, [away], NEW_YORK)


def test_time_that_lies_at_the_same_time_is_in_the_day_once():
    others = [entry(-9, 15), entry(-8, 10, ONE, 2)]
    check_against(logged(10, 14), Kind.SUPERVISION, ONE, others, NEW_YORK)


def test_a_night_is_looked_at_on_both_of_its_days():
    away = Entry(
        1, 1200, {}, Modality.LIVE_ONLINE, NINE + 24 * HOUR, NINE + 24 * HOUR, "", "",
        origin="transferred",
    )  # fmt: skip
    with pytest.raises(Refused, match="2026-11-05 would have 1500 minutes"):
        check_against(logged(10, 20), Kind.WORK, WORK, [away], NEW_YORK)


def test_training_over_many_days_is_not_squeezed_into_one():
    course = Logged(NINE, NINE + 240 * HOUR, 4000, {})
    check_against(course, Kind.ELSEWHERE, Modality.LIVE_IN_PERSON, [entry(0, 8)], NEW_YORK)


@pytest.mark.parametrize(
    ("modality", "kind"),
    [(WORK, "work"), (GROUP, "supervision"), (Modality.LIVE_ONLINE, "training")],
)
def test_what_counts_as_the_same(modality, kind):
    assert counted_time(modality) == kind


hours = st.integers(0, 47)


@given(st.lists(st.tuples(hours, st.integers(1, 10)), max_size=8), hours, st.integers(1, 10))
def test_a_line_that_is_let_in_meets_no_line_of_its_kind_hour_by_hour(told, start, long):
    others = [entry(s, s + n, WORK, k) for k, (s, n) in enumerate(told)]
    taken = {h for s, n in told for h in range(s, s + n)}
    new = logged(start, start + long)
    is_free = not taken & set(range(start, start + long))
    assert (overlapping(new, WORK, others) == []) is is_free


def test_only_lines_with_a_clock_have_times():
    assert is_timed(entry(0, 1))
    assert not is_timed(entry(0, 1, Modality.SELF_PACED))
    assert not is_timed(entry(0, 1, Modality.LIVE_ONLINE, origin="transferred"))
    assert date(2026, 11, 4) == NINE.astimezone(NEW_YORK).date()
