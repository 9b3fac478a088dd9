"""Does a record meet a pack, and why: a tree of answers, each with its sentence and its lines."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lms.domain.packs import Requirement


class State(StrEnum):
    """The four answers, and the one that says nothing is asked."""

    MET = "met"
    NOT_YET = "not-yet"
    UNKNOWN = "unknown"
    SIGNATURE = "signature"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words for a person: a template that can be translated, and what goes into it.

    ``more`` are the sentences that follow it. ``str()`` gives them all in English.
    """

    text: str
    values: dict[str, str | int]
    more: tuple["Sentence", ...] = ()

    def __str__(self) -> str:
        """The sentences in English."""
        return " ".join([self.text % self.values, *(str(each) for each in self.more)])


@dataclass(frozen=True, slots=True)
class Counted:
    """What one line of the ledger gave: ``minutes`` that count here of ``of`` it has.

    ``why_not`` says why the rest does not count, None when all of it does.
    """

    entry: int
    minutes: int
    of: int
    why_not: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one requirement, share, limit or floor.

    ``have`` and ``need`` are in its unit (minutes, months, a count), None where it has no figure.
    ``by`` is the day it must be met by, where a window or a period says so.
    """

    id: str
    title: str
    state: State
    sentence: Sentence
    have: int | None = None
    need: int | None = None
    by: date | None = None
    counted: tuple[Counted, ...] = ()
    parts: tuple["Answer", ...] = ()
    asked: Requirement | None = None
