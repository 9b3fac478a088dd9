"""Figures are said as certain as they are: ranges, guesses, sources that disagree, the unknown."""

import pytest

from lms.domain.figures import NONE_REQUIRED, UNKNOWN, Amount
from lms.domain.packs import Requirement
from lms.domain.requirements import Sentence
from lms.web.answers import as_in_a_sentence, said
from lms.web.figures import amount, figure, unit_of


@pytest.mark.parametrize(
    ("asked", "unit", "words"),
    [
        (Amount(least=2760), "minutes", "46 h"),
        (Amount(least=2400, most=3600), "minutes", "40 h to 60 h"),
        (Amount(least=600, most=600), "minutes", "10 h"),
        (Amount(most=7200), "minutes", "up to 120 h"),
        (Amount(least=4800, about=True), "minutes", "about 80 h"),
        (Amount(least=6600, readings=(6000, 6600)), "minutes", "100 h or 110 h (sources differ)"),
        (UNKNOWN, "minutes", "Not known"),
        (NONE_REQUIRED, "minutes", "None asked for"),
        (Amount(least=1), "months", "1 month"),
        (Amount(least=24), "months", "24 months"),
        (Amount(least=51), "percent", "51 percent"),
        (Amount(least=2), "letters", "2 letters"),
        (Amount(least=3), "things", "3"),
    ],
)
def test_a_figure_is_as_certain_as_it_is(school, asked, unit, words):
    with school.app.test_request_context():
        assert amount(asked, unit) == words


@pytest.mark.parametrize(
    ("asked", "unit"),
    [
        (None, "minutes"),
        (Requirement("t", "hours", "T", of="training"), "minutes"),
        (Requirement("r", "fact", "R", fact="recovery"), "months"),
        (Requirement("e", "fact", "E", fact="exam"), ""),
        (Requirement("e", "fact", "E", fact="employment", unit="years"), "years"),
    ],
)
def test_a_requirement_says_what_its_figure_counts(asked, unit):
    assert unit_of(asked) == unit


def test_a_figure_without_a_unit_is_a_number(school):
    with school.app.test_request_context():
        assert figure(5, "") == "5"


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("Harm Reduction", "harm reduction"),
        ("HIV and Ethics", "HIV and ethics"),
        ("IC&RC", "IC&RC"),
    ],
)
def test_a_title_inside_a_sentence_is_small_unless_it_is_an_abbreviation(title, inside):
    assert as_in_a_sentence(title) == inside


def test_a_sentence_of_the_rules_keeps_those_that_follow(school):
    more = Sentence("%(n)s %% more.", {"n": 2})
    with school.app.test_request_context():
        assert said(Sentence("%(title)s: open.", {"title": "Training"}, (more,))) == (
            "Training: open. 2 % more."
        )
