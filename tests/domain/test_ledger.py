"""Lines of the ledger: taken back whole, and added up in any order."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.hours import LIVE, Entry, Modality, reversal, split, totals
from tests.domain.making import NOON

TOPICS = ("crisis", "ethics", "recovery")


def line(minutes: int, topics: dict[str, int], modality: Modality, number: int = 7) -> Entry:
    return Entry(number, minutes, topics, modality, NOON, NOON, "ethics", "Peerpath")


@st.composite
def lines(draw: st.DrawFn) -> Entry:
    minutes = draw(st.integers(-600, 600))
    shares = draw(st.dictionaries(st.sampled_from(TOPICS), st.integers(1, 100), min_size=1))
    number, modality = draw(st.integers(1, 999)), draw(st.sampled_from(Modality))
    return line(minutes, split(minutes, shares), modality, number)


READ = line(62, {"ethics": 50, "crisis": 12}, Modality.SELF_PACED)
MET = line(120, {"ethics": 60, "recovery": 60}, Modality.LIVE_IN_PERSON)
CALLED = line(30, {"crisis": 30}, Modality.LIVE_ONLINE)


def test_figures_are_sums_by_topic_by_modality_and_by_both():
    found = totals([READ, MET, CALLED])
    assert found.minutes == 212
    assert found.topics == {"ethics": 110, "crisis": 42, "recovery": 60}
    assert found.modalities == {
        Modality.SELF_PACED: 62,
        Modality.LIVE_IN_PERSON: 120,
        Modality.LIVE_ONLINE: 30,
    }
    assert found.cells[("ethics", Modality.LIVE_IN_PERSON)] == 60
    assert found.live == 150


def test_an_empty_ledger_is_zero():
    found = totals([])
    assert (found.minutes, found.live, found.topics, found.cells) == (0, 0, {}, {})


@given(st.lists(lines(), max_size=8), st.data())
def test_totals_do_not_depend_on_the_order_of_lines(entries, data):
    assert totals(data.draw(st.permutations(entries))) == totals(entries)


@given(st.lists(lines(), max_size=8))
def test_every_figure_is_the_sum_of_its_lines(entries):
    found = totals(iter(entries))
    assert found.minutes == sum(e.minutes for e in entries)
    assert found.minutes == sum(found.topics.values()) == sum(found.cells.values())
    assert found.live == sum(e.minutes for e in entries if e.modality in LIVE)
    for topic, minutes in found.topics.items():
        assert minutes == sum(e.topics.get(topic, 0) for e in entries)
        assert minutes == sum(m for (name, _), m in found.cells.items() if name == topic)
    for modality, minutes in found.modalities.items():
        assert minutes == sum(e.minutes for e in entries if e.modality is modality)


@given(lines(), st.lists(lines(), max_size=4))
def test_a_line_taken_back_leaves_the_totals_as_if_it_had_never_been(entry, others):
    back = reversal(entry, "Entered twice")
    alone = totals([entry, back])
    assert alone.minutes == alone.live == 0
    assert not any(alone.topics.values())
    assert not any(alone.cells.values())
    with_both, without = totals([entry, *others, back]), totals(others)
    assert with_both.minutes == without.minutes
    assert with_both.live == without.live
    for topic in TOPICS:
        assert with_both.topics.get(topic, 0) == without.topics.get(topic, 0)


def test_a_correction_names_what_it_takes_back_and_why():
    back = reversal(READ, "  Entered twice \n")
    assert back == replace(
        READ,
        id=0,
        minutes=-62,
        topics={"ethics": -50, "crisis": -12},
        reverses=7,
        reason="Entered twice",
    )
    assert READ.minutes == 62, "the first line stays as it was written"


@pytest.mark.parametrize("reason", ["", " \n\t"])
def test_a_correction_without_a_reason_is_refused(reason):
    with pytest.raises(ValueError, match="needs a reason"):
        reversal(READ, reason)


def test_a_correction_cannot_itself_be_taken_back():
    with pytest.raises(ValueError, match="add the right entry instead"):
        reversal(reversal(READ, "Entered twice"), "It was right after all")
