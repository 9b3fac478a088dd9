"""The reading grade, by hand and by its worst sentence."""

import pytest

from lms.content.prose import Passage
from lms.content.readability import grade, measure, sentences, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1),
        ("waited", 1),  # the rule drops every final "ed"; English speaks two
        ("people", 2),
        ("open", 2),
        ("recovery", 4),
        ("safe", 1),
        ("don't", 1),
        ("988", 1),
        ("yes", 1),
    ],
)
def test_syllables(word, count):
    assert syllables(word) == count


def test_the_formula_worked_by_hand():
    # 6 words, 1 sentence, 6 syllables: 0.39 x 6 + 11.8 - 15.59
    assert grade(["The cat sat on the mat."]) == pytest.approx(-1.45)
    assert grade([]) == 0


def test_sentences_end_inside_quotes_and_tables_are_left_out():
    text = [Passage('She said, "Stay." He stayed. Why: it helps.', False), Passage("A b.", True)]
    assert list(sentences(text)) == ['She said, "Stay.', "He stayed.", "Why:", "it helps."]


def test_the_worst_sentence_is_the_hardest_long_one():
    hard = "Institutional considerations complicate organizational accountability in many ways."
    easy = "She sat down with him and let him talk for a while."
    reading = measure([Passage(f"{easy} Extraordinarily. {hard}", False)])
    assert reading.worst == hard
