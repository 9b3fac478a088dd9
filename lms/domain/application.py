"""An application to a board: what a learner hands in, frozen on the day it was put together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lms.domain.hours import Entry, split
from lms.domain.packs import OF, Share, Version
from lms.domain.requirements import Answer, Counted

PRIVATE = frozenset({"recovery", "lived-experience"})
"""Facts that nobody but their holder sees, unless the holder hands them on."""
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line of hours as a board lists it. Days are ISO days, times are minutes.

    ``domains`` are the board's own domains with the minutes applied to each, none of them twice.
    ``certificate`` is the address where its certificate is checked, "" if there is none.
    ``standing`` is vouched, waiting (for a signature) or unchecked: nobody here has checked it.
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
    standing: str = "vouched"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing the board asks for and how the record stands to it. ``depth`` is above 0 for a part
    of the one before; ``is_limit`` says that ``need`` is the most that counts, and no aim.
    """

    title: str
    state: str
    sentence: str
    unit: str
    have: int | None = None
    need: int | None = None
    depth: int = 0
    is_limit: bool = False


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


def applied(
    answers: Iterable[Answer], version: Version, entries: Iterable[Entry]
) -> Mapping[int, dict[str, int]]:
    """Minutes of each line by the board's domain, by the domain's title.

    They are those that the evaluation placed in a share. In a share of several domains they are
    divided by the line's topics, each under the first domain that takes it. A minute stands under
    one domain of a requirement; where several requirements count the same line, the first that does
    says where.
    """
    topics = {entry.id: entry.topics for entry in entries}
    asked = tuple(_with_parts(answers))
    found: dict[int, dict[str, int]] = {}
    for answer in asked:
        if answer.asked is None:
            continue
        parts = {part.id: part for part in answer.parts}
        here: dict[int, dict[str, int]] = {}
        for share in (share for share in answer.asked.shares if share.id in parts):
            for line in (line for line in parts[share.id].counted if line.minutes > 0):
                mine = here.setdefault(line.entry, {})
                for title, part in _by_domain(share, version, line, topics).items():
                    mine[title] = mine.get(title, 0) + part
        for entry, domains in here.items():
            found.setdefault(entry, domains)
    order = titles(asked, version)
    return {entry: _ordered(domains, order) for entry, domains in found.items()}


def _ordered(domains: Mapping[str, int], order: tuple[str, ...]) -> dict[str, int]:
    """In the board's own order: a database keeps the topics of a line in its own."""
    last = len(order)
    places = {title: place for place, title in enumerate(order)}
    return dict(sorted(domains.items(), key=lambda pair: (places.get(pair[0], last), pair[0])))


def titles(answers: Iterable[Answer], version: Version) -> tuple[str, ...]:
    """The domains that the shares of these answers ask for, in the board's order."""
    found = [
        title
        for answer in _with_parts(answers)
        if answer.asked is not None
        for share in answer.asked.shares
        for title in _titles(share, version)
    ]
    return tuple(dict.fromkeys(found))


def _titles(share: Share, version: Version) -> tuple[str, ...]:
    if len(share.domains) < _SEVERAL:
        return (share.title,)
    return tuple(version.domain(name).title for name in share.domains)


def _by_domain(
    share: Share, version: Version, line: Counted, topics: Mapping[int, Mapping[str, int]]
) -> Mapping[str, int]:
    if len(share.domains) < _SEVERAL:
        return {share.title: line.minutes}
    weights: dict[str, int] = {}
    for topic, minutes in topics.get(line.entry, {}).items():
        takes = [d for d in map(version.domain, share.domains) if topic in d.topics]
        if takes and minutes > 0:
            weights[takes[0].title] = weights.get(takes[0].title, 0) + minutes
    return split(line.minutes, weights) if weights else {share.title: line.minutes}


def _with_parts(answers: Iterable[Answer]) -> Iterable[Answer]:
    for answer in answers:
        yield answer
        yield from _with_parts(answer.parts)
