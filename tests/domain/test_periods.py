"""Which period of a credential is running, and what a board asks besides hours."""

from dataclasses import replace
from datetime import date

import pytest

from lms.domain.figures import UNKNOWN, Amount, Known
from lms.domain.packs import Renewal, Requirement
from lms.domain.periods import period_from
from lms.domain.questions import questions
from tests.domain.asking import version_of

SINCE = date(2021, 3, 2)
TWO_YEARS = Amount(least=24)


@pytest.mark.parametrize(
    ("period", "months", "until", "began"),
    [
        ("months", TWO_YEARS, date(2027, 3, 2), date(2025, 3, 2)),
        ("fixed", TWO_YEARS, date(2027, 6, 30), date(2025, 6, 30)),
        ("month-start", TWO_YEARS, date(2027, 2, 28), date(2025, 3, 1)),
        ("calendar-year", Amount(least=12), date(2026, 12, 31), date(2026, 1, 1)),
        ("calendar-year", TWO_YEARS, date(2026, 12, 31), date(2025, 1, 1)),
        ("months", TWO_YEARS, date(2022, 3, 2), SINCE),  # never before certification
        ("months", UNKNOWN, date(2027, 3, 2), SINCE),
        ("months", TWO_YEARS, None, SINCE),
    ],
)
def test_the_period_that_runs_is_the_one_that_ends_on_the_day_of_the_paper(
    period, months, until, began
):
    assert period_from(Renewal(period, (), months=months), SINCE, until) == began


def test_without_a_rule_of_renewal_it_is_the_first_period():
    assert period_from(None, SINCE, date(2027, 3, 2)) == SINCE


def test_every_fact_that_is_asked_is_asked_once_wherever_it_stands():
    def fact(name: str, asked: Known = Known.KNOWN) -> Requirement:
        return Requirement(name, "fact", name, fact="other", asked=asked)

    hours = Requirement("work", "hours", "Work", of="work")
    either = Requirement("either", "any", "Either", needs=(hours, fact("exam")))
    version = version_of(fact("age"), either, fact("age"), fact("gone", Known.NONE))
    assert [need.id for need in questions(version)] == ["age", "exam"]
    held = replace(version, ongoing=(fact("code"),), renewal=Renewal("months", (fact("letter"),)))
    assert [need.id for need in questions(held)] == ["age", "exam", "code", "letter"]
