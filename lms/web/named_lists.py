"""A coordinator's list, pasted or as a file: looked through first, then acted on or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from lms.domain.requirements import Sentence
from lms.formats import lists, named_lists
from lms.formats.named_lists import Columns, Named
from lms.web.here import end_session, school
from lms.web.text import _, lazy

MOST_BYTES = 1_000_000
TOO_MUCH = lazy("A list may have 1 MB. Cut it into parts and bring in one after the other.")


class Line(Protocol):
    """A row that was looked through."""

    @property
    def fault(self) -> Sentence | None:
        """Why it cannot be taken, or None."""


One = TypeVar("One", bound=Line)


@dataclass(frozen=True, slots=True)
class Shown(Generic[One]):
    """What the page of a list shows: its text, what is wrong with the whole, and its rows."""

    typed: str = ""
    fault: str = ""
    lines: Sequence[One] = ()
    passed_over: tuple[str, ...] = ()

    @property
    def faults(self) -> int:
        """How many rows cannot be taken."""
        return sum(line.fault is not None for line in self.lines)

    @property
    def status(self) -> int:
        """The status to answer with."""
        return 422 if self.fault or self.faults else 200


@dataclass(frozen=True, slots=True)
class Steps(Generic[One]):
    """What a list is read by, how it is looked through, and what is done with it."""

    columns: Columns
    needed: tuple[str, ...]
    look: Callable[[Session, Named], list[One]]
    act: Callable[[Named], ResponseReturnValue]

    def take(self) -> Shown[One] | ResponseReturnValue:
        """The list of this request, looked through; or the answer once it was acted on."""
        typed = request.form.get("list", "")
        if request.method != "POST":
            return Shown()
        try:
            named = _given(typed, self.columns, self.needed)
            typed = named.text
            if "bring" in request.form:
                return self.act(named)
        except lists.Unreadable as stop:
            return Shown(typed, str(stop))
        except ValueError as stop:
            return Shown(typed, str(stop), self._through(named), named.passed_over)
        return Shown(typed, "", self._through(named), named.passed_over)

    def _through(self, named: Named) -> list[One]:
        """Look in a session that only reads, so that nobody waits meanwhile to write."""
        end_session()
        with school().database.reading() as reading:
            return self.look(reading, named)


def _given(typed: str, columns: Columns, needed: tuple[str, ...]) -> Named:
    file = request.files.get("file")
    if file is not None and file.filename:
        return named_lists.read(file.stream.read(), columns, needed)
    if not typed.strip():
        raise lists.Unreadable(_("Paste a list, or choose a CSV file."))
    return named_lists.read(typed, columns, needed)
