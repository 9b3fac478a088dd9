"""What is covered is counted, and a minute stands under one domain of a scheme."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.coverage import Domain, Offer, Scheme, by_domain, coverage
from lms.domain.curriculum import Category, Competency, Guide, Module, Part, Section
from lms.domain.items import Bank, Item, ItemType
from lms.domain.rubric import Criterion, Rubric

FIRST, SECOND = Competency("I.1", "Starts.", "verified"), Competency("I.2", "Hears.", "recalled")
CATEGORY = Category("I", "Relationships", (FIRST, SECOND))


def module(*sections: tuple[str, ...]) -> Module:
    parts = tuple(Section(f"s{n}", "S", "", 10, cs) for n, cs in enumerate(sections))
    return Module("m", "M", "", 2, "us", (), (), {}, parts)


def bank(*items: tuple[str, ...]) -> Bank:
    kind = ItemType.SINGLE
    return Bank("b", "m", tuple(Item(f"i{n}", kind, c, "s", "?", ()) for n, c in enumerate(items)))


def rubric(*criteria: tuple[str, ...]) -> Rubric:
    rows = tuple(Criterion(f"c{n}", "C", cs, {}, "") for n, cs in enumerate(criteria))
    return Rubric("r", "R", 70, rows)


BOTH = ("I.1", "I.2")


@pytest.mark.parametrize(
    ("sections", "items", "criteria", "gaps", "why"),
    [
        ([BOTH], [BOTH] * 4, [("I.1",)], ["", ""], "one section, four items, one criterion"),
        ([("I.1",)], [BOTH] * 4, [BOTH], ["", "gap"], "the second is never taught"),
        ([BOTH], [("I.1",)] * 4 + [("I.2",)] * 3, [BOTH], ["", "gap"], "three items are too few"),
        ([BOTH, BOTH], [BOTH] * 9, [("I.2",)], ["", ""], "a category needs one criterion in all"),
    ],
)
def test_a_competency_is_a_gap_when_it_is_taught_or_asked_too_little(
    sections, items, criteria, gaps, why
):
    (row,) = coverage([CATEGORY], [module(*sections)], [bank(*items)], [rubric(*criteria)])
    assert ["gap" if c.is_gap else "" for c in row.rows] == gaps, why
    assert row.is_gap == ("gap" in gaps), why


def test_a_category_that_no_rubric_judges_is_a_gap():
    (row,) = coverage([CATEGORY], [module(BOTH)], [bank(*[BOTH] * 4)], [rubric(("II.1",))])
    assert not any(c.is_gap for c in row.rows)
    assert row.criteria == 0
    assert row.is_gap


SCHEME = Scheme(
    "s", "S", "", "S1", "2026-11-22",
    (Domain("a", "A", ("ethics", "crisis")), Domain("b", "B", ("culture",))),
)  # fmt: skip
TOPICS = st.dictionaries(
    st.sampled_from(["ethics", "crisis", "culture", "trauma"]), st.integers(1, 600)
)


def test_minutes_without_a_domain_are_shown_as_outside():
    rows = by_domain(SCHEME, Offer({"ethics": 10, "trauma": 7}, {"culture": 30}))
    assert [(r.domain and r.domain.id, r.self_paced, r.live) for r in rows] == [
        ("a", 10, 0),
        ("b", 0, 30),
        (None, 7, 0),
    ]
    assert len(by_domain(SCHEME, Offer({"ethics": 10}, {}))) == 2


@given(TOPICS, TOPICS)
def test_every_minute_is_counted_once(self_paced, live):
    offer = Offer(self_paced, live)
    rows = by_domain(SCHEME, offer)
    assert sum(row.self_paced + row.live for row in rows) == offer.minutes


def test_the_pauses_of_a_session_do_not_count():
    plan = (Part(30, "Arrive"), Part(15, "Break", pause=True), Part(60, "Practise"))
    guide = Guide("g", "G", "", (), {"ethics": 100}, (), (), plan, "")
    assert (guide.minutes, guide.pauses) == (90, 15)
