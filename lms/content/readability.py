"""How hard a text is to read, as a school grade."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from lms.content.prose import WORD, Passage

_SENTENCE_END = re.compile(r"(?<=[.!?:])[\"”'’)]*\s+")  # noqa: RUF001 - the typeset apostrophe
_SILENT = re.compile(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$|^y")
_VOWELS = re.compile(r"[aeiouy]{1,2}")
_NOT_LETTERS = re.compile(r"[^a-z]")
_SHORT = 8
"""Words below which a sentence's own grade says nothing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A Flesch-Kincaid grade, and the sentence that raises it most."""

    grade: float
    worst: str


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """Spoken syllables of an English word, about: groups of up to two vowels, without silent ends.

    A rule and not hyphenation points: those never part a single letter, so that "open", "very" and
    "again" would have one syllable and every text would seem a grade easier than it is.
    """
    letters = _SILENT.sub("", _NOT_LETTERS.sub("", word.lower()))
    return max(1, len(_VOWELS.findall(letters)))


def sentences(passages: Iterable[Passage]) -> Iterator[str]:
    """The sentences of a text, tables left out. A colon ends one, because it asks for a breath."""
    for passage in passages:
        if not passage.in_table:
            yield from (s for s in _SENTENCE_END.split(passage.text) if WORD.search(s))


def grade(texts: Iterable[str]) -> float:
    """The grade of these sentences together: 0.39·words/sentence + 11.8·syllables/word less 15.59.

    Source: Kincaid et al. 1975, the Flesch-Kincaid grade level. Zero for no sentences.
    """
    counted = [[syllables(word) for word in WORD.findall(text)] for text in texts]
    words = sum(map(len, counted))
    if not words:
        return 0.0
    return 0.39 * words / len(counted) + 11.8 * sum(map(sum, counted)) / words - 15.59


def measure(passages: Iterable[Passage]) -> Reading:
    """The grade of a section, and its worst sentence of eight words or more ("" if it has none)."""
    found = list(sentences(passages))
    long_ones = [text for text in found if len(WORD.findall(text)) >= _SHORT]
    return Reading(grade(found), max(long_ones, key=lambda text: grade([text]), default=""))
