"""An application to a board: what a learner hands in, frozen on the day it was put together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lms.domain.packs import OF, Version
from lms.domain.requirements import Answer

PRIVATE = frozenset({"recovery", "lived-experience"})
"""Facts that nobody but their holder sees, unless the holder hands them on."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of hours as a board lists it. Days are ISO days, times are minutes.

    ``domains`` are the board's own domains with the minutes applied to each, none of them twice.
    ``certificate`` is the address where its certificate is checked, "" if there is none.
    ``checked`` is False for what nobody here has checked.
    """

    title: str
    provider: str
    starts: str
    ends: str
    minutes: int
    kind: str
    modality: str
    domains: tuple[tuple[str, int], ...] = ()
    approvals: tuple[str, ...] = ()
    certificate: str = ""
    voucher: str = ""
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing the board asks for and how the record stands to it. ``unit`` is minutes, months,
    years or count; the rows below it are its shares and limits.
    """

    title: str
    state: str
    sentence: str
    unit: str
    have: int | None = None
    need: int | None = None
    parts: tuple["Asked", ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate that goes with the application, and where anyone can check it."""

    program: str
    code: str
    issued_on: str
    state: str
    address: str


@dataclass(frozen=True, slots=True)
class Application:
    """Everything the application pack prints."""

    holder: str
    pack_id: str
    title: str
    body: str
    version: str
    as_of: str
    confidence: str
    made_on: str
    provider: str
    provider_address: str
    domains: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    asked: tuple[Asked, ...]
    lines: tuple[Line, ...]
    papers: tuple[Paper, ...]
    sources: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    demo: bool = False

    @property
    def trainings(self) -> tuple[Line, ...]:
        """The lines of training, in the order of time."""
        return tuple(line for line in self.lines if line.kind in OF["training"])

    @property
    def practice(self) -> tuple[Line, ...]:
        """The lines of work and supervision, in the order of time."""
        return tuple(line for line in self.lines if line.kind not in OF["training"])


def applied(answers: Iterable[Answer], version: Version) -> Mapping[int, dict[str, int]]:
    """Minutes of each line by the share they were counted in, by the share's title.

    A minute stands under one share of a requirement; where several requirements of a board count
    the same line, the first that does says where.
    """
    found: dict[int, dict[str, int]] = {}
    for answer in _with_parts(answers):
        if answer.asked is None:
            continue
        shares = {share.id for share in answer.asked.shares}
        here: dict[int, dict[str, int]] = {}
        for part in (part for part in answer.parts if part.id in shares):
            for line in part.counted:
                if line.minutes > 0:
                    here.setdefault(line.entry, {})[part.title] = line.minutes
        for entry, domains in here.items():
            found.setdefault(entry, domains)
    return found


def _with_parts(answers: Iterable[Answer]) -> Iterable[Answer]:
    for answer in answers:
        yield answer
        yield from _with_parts(answer.parts)
