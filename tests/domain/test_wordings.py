"""A certificate in other words: what can be chosen, and what is said then."""

import pytest

from lms.domain import wordings
from lms.domain.curriculum import Program, Requires, Topic
from lms.domain.paper_words import Words
from lms.domain.promises import Wording

PLAIN = Program("core", "Core", "All of it.", "Specific to peers.", ("ethics",), Requires())
BOTH = Program(
    "core", "Core", "All of it.", "Specific to peers.", ("ethics",), Requires(),
    wordings={
        "neutral": Wording("Skills", "In supporting people.", ("Listen.",)),
        "es": Wording("Curso", "Entre pares.", ("Escuchar.",)),
    },
)  # fmt: skip
TELLS = Topic("recovery", "Recovery", "", {"es": "Recuperación", "neutral": "The role"})
PLAINLY = Topic("ethics", "Ethics", "", {"es": "Ética"})


def test_only_what_the_program_has_is_offered_the_usual_words_first():
    assert wordings.offered(PLAIN) == (Words.USUAL,)
    assert wordings.offered(BOTH) == (Words.USUAL, Words.NEUTRAL, Words.SPANISH)


@pytest.mark.parametrize("typed", ["fr", "es-neutral", " ", "USUAL"])
def test_words_that_are_not_offered_are_refused_in_words(typed):
    with pytest.raises(ValueError, match="no such wording"):
        wordings.chosen(BOTH, typed)


@pytest.mark.parametrize("words", [Words.USUAL, Words.NEUTRAL, Words.SPANISH])
def test_what_was_chosen_is_what_is_said(words):
    assert wordings.chosen(BOTH, str(words)) is words


@pytest.mark.parametrize(
    ("words", "title", "statement", "objectives"),
    [
        (Words.USUAL, "Core", "Specific to peers.", ("Usual.",)),
        (Words.NEUTRAL, "Skills", "In supporting people.", ("Listen.",)),
        (Words.SPANISH, "Curso", "Entre pares.", ("Escuchar.",)),
    ],
)
def test_title_statement_and_objectives_go_together(words, title, statement, objectives):
    assert wordings.title(BOTH, words) == title
    assert wordings.statement(BOTH, words) == statement
    assert wordings.objectives(BOTH, words, ["Usual."]) == objectives


@pytest.mark.parametrize(
    ("topic", "words", "title"),
    [
        (TELLS, Words.USUAL, "Recovery"),
        (TELLS, Words.NEUTRAL, "The role"),
        (TELLS, Words.SPANISH, "Recuperación"),
        (PLAINLY, Words.NEUTRAL, "Ethics"),
        (PLAINLY, Words.SPANISH, "Ética"),
        (PLAINLY, Words.SPANISH_NEUTRAL, "Ética"),
    ],
)
def test_a_topic_that_tells_nothing_needs_no_neutral_title(topic, words, title):
    assert wordings.topic_title(topic, words) == title
