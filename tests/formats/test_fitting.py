"""The size of type that is found is the one that trying all of them would find."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.domain.certificate import HourLine
from lms.formats import papers, sheets
from lms.formats.fitting import Fitting, smallest
from tests.formats.conftest import PLACE

NAMES = ["Ann", "Wilhelmina Oldenburg-Asante", "W" * 42, "W" * 60, "فاطمة " * 12, "M" * 90]


def tried(facts) -> list[str]:
    """Every size in turn, as it would be without any knowledge."""
    found = []
    for fit in sheets.FITS:
        found.append(fit)
        html = sheets.html("certificate", facts, PLACE, fit)
        if papers._printed("certificate", html, facts, PLACE, (), False, most_pages=1):
            return found
    return found


def crowded(facts, topics: int, name: str, minutes: int = 605):
    lines = tuple(HourLine(f"Topic number {n}", "Self-paced", minutes) for n in range(topics))
    return replace(facts, holder=name, hours=lines, approvals=("A board of ours",) * 4)


@pytest.mark.parametrize("topics", [3, 10, 13, 15])
def test_certificates_of_one_kind_come_out_as_if_each_were_tried_in_every_size(facts, topics):
    for name in NAMES:
        mine = crowded(facts, topics, name)
        wanted = tried(mine)[-1]
        html = sheets.html("certificate", mine, PLACE, wanted)
        alone = papers._printed("certificate", html, mine, PLACE, (), False, most_pages=1)
        for _ in range(2):
            assert papers.certificate_pdf(mine, PLACE) == alone, (topics, name)


def test_a_second_one_of_a_kind_skips_what_no_certificate_of_it_fits(facts):
    asked = []
    fitting = Fitting(lambda kind, fit: asked.append(fit) is not None)
    first, second = (crowded(facts, 15, name) for name in ("Ann", "Ben"))
    assert list(fitting.sizes(first)) == list(sheets.FITS)
    assert asked == []
    assert list(fitting.sizes(second)) == []
    assert asked == list(sheets.FITS)
    assert list(fitting.sizes(first)) == []
    assert asked == list(sheets.FITS)


@settings(max_examples=60)
@given(st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=90))
def test_the_smallest_of_a_kind_has_the_size_of_its_name(name):
    assert sheets._step(sheets.narrowest_name(name)) == sheets._step(name)
    assert len(sheets.narrowest_name(name)) <= len(name)


def test_the_smallest_of_a_kind_tells_nobody_apart(facts):
    one = replace(facts, holder="Ann", minutes=10, code="0" * 27, issued_on="2026-09-30")
    other = replace(
        facts,
        holder="Bob",
        minutes=9999,
        instructors=("X", "Y"),
        verify_at=f"{facts.verify_at}/{facts.code}",
    )
    assert smallest(one) == smallest(other)
