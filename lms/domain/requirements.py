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

    ``str()`` gives it in English.
    """

    text: str
    values: dict[str, str | int]

    def __str__(self) -> str:
        """The sentence in English."""
        return self.text % self.values


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
