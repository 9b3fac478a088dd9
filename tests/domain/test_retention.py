"""How long what was earned is kept."""

from datetime import date

import pytest

from lms.domain.retention import RULES, Kind, asked_years, kept_until, kept_years

# Written down from domain.md 4.3 ("Retention seen") by hand.
SEEN = {"US-CA": 2, "NBHAP": 4, "US-MT": 4, "US-NH": 6}


@pytest.mark.parametrize(("place", "years"), SEEN.items())
@pytest.mark.parametrize("kind", [Kind.HOURS, Kind.CERTIFICATE])
def test_a_rule_is_as_it_was_seen(kind: Kind, place: str, years: int):
    assert asked_years(kind, [place]) == years


def test_nothing_else_was_seen_and_each_says_where():
    assert {rule.who for rule in RULES} == set(SEEN)
    assert all(rule.source.startswith("domain.md") for rule in RULES)


@pytest.mark.parametrize(
    ("places", "asked", "kept"),
    [
        ([], None, 7),
        (["US-TX"], None, 7),  # unknown to us is not free of a rule
        (["US-CA"], 2, 7),  # a shorter rule makes nothing shorter
        (["US-CA", "US-NH"], 6, 7),
    ],
)
def test_the_longest_rule_counts_and_never_less_than_the_margin(places, asked, kept):
    assert asked_years(Kind.HOURS, places) == asked
    assert kept_years(Kind.HOURS, places) == kept


@pytest.mark.parametrize(
    ("last", "until"),
    [(date(2026, 3, 2), date(2033, 3, 2)), (date(2024, 2, 29), date(2031, 3, 1))],
)
def test_the_last_day_it_is_kept(last: date, until: date):
    assert kept_until(Kind.CERTIFICATE, ["US-CA"], last) == until


def test_the_journal_is_kept_for_good():
    assert kept_years(Kind.JOURNAL, ["US-CA"]) is None
    assert kept_until(Kind.JOURNAL, [], date(2026, 3, 2)) is None
