"""What learners say of a course: without names, and shown only when enough have spoken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LEAST = 5
"""Fewer answers than this are not shown: a small group knows each other's hand. Our own margin."""

ASKED = ("taught", "helps", "trainers", "respect", "fair", "access")
SCALE = range(1, 6)
"""From 1, does not hold at all, to 5, holds fully."""

AGREES = 4
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Given:
    """One evaluation: 1 to 5 for each question that was answered, and words or ""."""

    answers: Mapping[str, int]
    words: str = ""


def check(answers: Mapping[str, int | None], words: str) -> Given:
    """An evaluation as it is kept: nobody has to answer everything. Raises ValueError."""
    said = {name: mark for name, mark in answers.items() if name in ASKED and mark is not None}
    text = words.strip()
    if not said and not text:
        raise ValueError("Answer one question or more, or write what should change.")
    if any(mark not in SCALE for mark in said.values()):
        raise ValueError("Choose one of the five answers.")
    if len(text) > LONGEST:
        raise ValueError(f"This has {len(text):,} characters; {LONGEST:,} is the most.")
    return Given(said, text)


@dataclass(frozen=True, slots=True)
class Summary:
    """How many evaluated, and if they are enough: of each question how many agree of how many, and
    the words in no order of time.
    """

    number: int
    agree: Mapping[str, tuple[int, int]] | None = None
    words: tuple[str, ...] = ()


def summary(given: Sequence[Given]) -> Summary:
    """What may be shown of these."""
    if len(given) < LEAST:
        return Summary(len(given))
    marks = {name: [g.answers[name] for g in given if name in g.answers] for name in ASKED}
    agree = {name: (sum(m >= AGREES for m in said), len(said)) for name, said in marks.items()}
    return Summary(len(given), agree, tuple(sorted(g.words for g in given if g.words)))
