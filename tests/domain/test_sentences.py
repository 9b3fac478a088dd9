"""What an evaluation says can be read by a tired person."""

import re
from datetime import date

import pytest

from lms.content.readability import grade
from lms.domain import sentences
from lms.domain.sentences import day_words, say, then

SAID = {
    name: text for name, text in vars(sentences).items() if name.isupper() and isinstance(text, str)
}


SHAMING = re.compile(r"\b(fail\w*|late|overdue|invalid|reject\w*|wrong|error)\b")


def spoken(text: str) -> str:
    """A template without what goes into it."""
    return re.sub(r"%\(\w+\)s:?", "", text)


@pytest.mark.parametrize("name", SAID)
def test_a_sentence_is_short(name: str):
    longest = max(len(each.split()) for each in re.split(r"(?<=[.?])\s", SAID[name]))
    assert longest <= 16


@pytest.mark.parametrize("name", SAID)
def test_a_sentence_shames_nobody(name: str):
    words = spoken(SAID[name]).casefold()
    assert not re.search(
        r"\b(fail\w*|late|overdue|invalid|reject\w*|wrong|error|must not)\b", words
    )


def test_together_they_read_at_grade_six():
    assert grade(spoken(text) for text in SAID.values()) <= 6


def test_sentences_follow_each_other():
    told = then(say("%(n)s to go.", n=3), [say("Take your time.")])
    assert str(told) == "3 to go. Take your time."


def test_days_are_as_on_certificates():
    assert day_words(date(2026, 3, 3)) == "3 March 2026"
