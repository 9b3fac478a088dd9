"""A daily limit takes nothing away in silence, and never counts more than it says."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.caps import NO_CAPS, Caps, capped, counted_totals, left_out
from lms.domain.hours import Entry, Modality, reversal, split, totals
from tests.domain.making import HOUR, MINUTE, NOON

EIGHT = Caps(480)


def line(number: int, minutes: int, hours_later: float, modality=Modality.SELF_PACED) -> Entry:
    ends = NOON + hours_later * HOUR
    topics = split(minutes, {"ethics": 70, "crisis": 30})
    return Entry(number, minutes, topics, modality, ends - HOUR, ends, "", "")


@pytest.mark.parametrize(
    ("lines", "counts", "why"),
    [
        ([(300, 0), (300, 5)], [300, 180], "the second has what the first leaves"),
        ([(300, 0), (300, 24)], [300, 300], "exactly a day later is another day"),
        ([(300, 0), (300, 23.99)], [300, 180], "just inside a day"),
        ([(600, 0)], [480], "one line alone can be over"),
        ([(480, 0), (60, 1), (60, 2)], [480, 0, 0], "nothing is left, and both say so"),
        ([(480, 0), (60, 1), (60, 24)], [480, 0, 60], "a day after the first there is room again"),
        ([(300, 0), (300, 12), (300, 24)], [300, 180, 300], "the window moves along"),
        ([], [], "no line"),
    ],
)
def test_at_most_eight_online_hours_count_in_any_day(lines, counts, why):
    entries = [line(n, *told) for n, told in enumerate(lines, 1)]
    found = capped(entries, EIGHT)
    assert [found[e.id].minutes for e in entries] == counts, why
    for entry in entries:
        assert found[entry.id].of == entry.minutes
        assert (found[entry.id].why_not is None) == (found[entry.id].minutes == entry.minutes)


def test_the_line_says_what_does_not_count_and_why():
    found = capped([line(1, 300, 0), line(2, 300, 5)], EIGHT)
    assert str(found[2].why_not) == (
        "120 of these minutes do not count: at most 480 minutes of online time count in any "
        "24 hours, and 300 came shortly before."
    )


@pytest.mark.parametrize(
    "change",
    [
        {"modality": Modality.LIVE_IN_PERSON},
        {"modality": Modality.WORK},
        {"modality": Modality.IN_SERVICE},
        {"origin": "transferred"},
    ],
)
def test_only_our_own_online_credit_is_limited(change):
    other = replace(line(1, 600, 0), **change)
    found = capped([other, line(2, 300, 1)], EIGHT)
    assert found[1].minutes == 600
    assert found[2].minutes == 300


def test_a_line_taken_back_makes_room():
    wrong, right = line(1, 480, 0), line(2, 300, 1)
    back = replace(reversal(wrong, "Entered twice"), id=3)
    found = capped([wrong, right, back], EIGHT)
    assert [found[n].minutes for n in (1, 2, 3)] == [480, 300, -480]
    assert counted_totals([wrong, right, back], EIGHT).minutes == 300


def test_without_a_limit_everything_counts():
    entries = [line(1, 900, 0), line(2, 900, 1)]
    assert counted_totals(entries, NO_CAPS) == totals(entries)


def test_what_is_left_out_is_told_by_topic():
    entry = line(1, 600, 0)
    counted = capped([entry], EIGHT)[1]
    assert left_out(entry, counted) == {"ethics": 420 - 336, "crisis": 180 - 144}
    nothing = line(2, 60, 1)
    assert left_out(nothing, capped([entry, nothing], EIGHT)[2]) == {"ethics": 42, "crisis": 18}


many = st.lists(
    st.builds(
        line,
        st.just(0),
        st.integers(1, 900),
        st.integers(0, 200),
        st.sampled_from([Modality.SELF_PACED, Modality.LIVE_ONLINE, Modality.LIVE_IN_PERSON]),
    ),
    max_size=12,
).map(lambda found: [replace(entry, id=n) for n, entry in enumerate(found, 1)])
limits = st.integers(1, 1440).map(Caps)


@given(many, limits)
def test_no_day_counts_more_than_the_limit(entries, caps):
    found = capped(entries, caps)
    online = [e for e in entries if e.modality is not Modality.LIVE_IN_PERSON]
    for last in online:
        began = last.ends_at - timedelta(hours=24)
        inside = [e for e in online if began < e.ends_at <= last.ends_at]
        assert sum(found[e.id].minutes for e in inside) <= caps.online_in_24_hours
    assert all(0 <= found[e.id].minutes <= e.minutes for e in entries)


@given(many, limits, st.data())
def test_the_order_of_lines_changes_nothing(entries, caps, data):
    assert capped(data.draw(st.permutations(entries)), caps) == capped(entries, caps)


@given(many, limits)
def test_totals_are_the_sums_of_what_each_line_counts(entries, caps):
    found, sums = capped(entries, caps), counted_totals(entries, caps)
    assert sums.minutes == sum(one.minutes for one in found.values())
    assert sums.minutes == sum(sums.topics.values()) == sum(sums.cells.values())


@given(many, limits)
def test_a_line_never_counts_less_for_a_higher_limit_when_it_stands_alone(entries, caps):
    higher = Caps(caps.online_in_24_hours + 60)
    for entry in entries:
        low, high = (capped([entry], c)[entry.id].minutes for c in (caps, higher))
        assert low <= high


def test_a_minute_more_than_a_day_apart_is_apart():
    entries = [line(1, 480, 0), replace(line(2, 480, 24), ends_at=NOON + 24 * HOUR + MINUTE)]
    assert counted_totals(entries, EIGHT).minutes == 960
