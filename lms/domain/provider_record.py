"""What a provider says of itself and of who teaches, from which day; and what held on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from lms.domain.certificate import Provider

LONGEST = 2000
ON_PAPER = 160
"""Characters of the words on complaints that a certificate has room for."""
NAME_ON_PAPER = 90
"""Characters of each line below that it has room for."""


class Topic(StrEnum):
    """What a statement is about. Those that papers print are ours; the others are heads of the
    Illinois accreditation standard (domain.md 4.3, S128: its list of contents was read, not its
    text).
    """

    GRIEVANCE = "grievance"
    GRIEVANCE_ON_PAPER = "grievance-on-paper"
    PRACTICE = "practice"
    FACULTY = "faculty"
    COORDINATOR = "coordinator"
    ADMISSION = "admission"
    COMPLETION = "completion"
    RECORDS = "records"
    RIGHTS = "rights"
    NAME = "name"
    NEUTRAL_NAME = "neutral-name"
    ADDRESS = "address"
    SIGNATORY = "signatory"
    SIGNATORY_TITLE = "signatory-title"


PRINTED = (
    Topic.NAME,
    Topic.NEUTRAL_NAME,
    Topic.ADDRESS,
    Topic.SIGNATORY,
    Topic.SIGNATORY_TITLE,
)
"""Lines of a certificate that a provider may change, each from a day on."""
_ROOM = {Topic.GRIEVANCE_ON_PAPER: ON_PAPER} | dict.fromkeys(PRINTED, NAME_ON_PAPER)


@dataclass(frozen=True, slots=True)
class Statement:
    """Words on a topic that hold from a day on, until the next of that topic begins."""

    topic: Topic
    words: str
    starts: date


def check(topic: Topic, words: str, starts: date, today: date) -> Statement:
    """A statement as it is kept. Raises ValueError with a sentence.

    What was said for a day that is over stays: papers of that day were printed by it.
    """
    said = words.strip()
    most = _ROOM.get(topic, LONGEST)
    if not said:
        raise ValueError("Write what holds, in a sentence or more.")
    if len(said) > most:
        raise ValueError(f"This has {len(said):,} characters; {most:,} is the most here.")
    if topic in _ROOM and len(said.splitlines()) > 1:
        raise ValueError("A certificate has one line for this. Take the line breaks out.")
    if starts < today:
        raise ValueError("It can hold from today on, or from a later day.")
    return Statement(topic, said, starts)


def holding(statements: Iterable[Statement], day: date) -> Mapping[Topic, Statement]:
    """What held on a day: of each topic the one that began last. Of two that begin on one day the
    later said holds, so statements come in the order they were said.
    """
    held: dict[Topic, Statement] = {}
    for each in statements:
        before = held.get(each.topic)
        if each.starts <= day and (before is None or before.starts <= each.starts):
            held[each.topic] = each
    return held


def printing(settings: Provider, said: Mapping[Topic, Statement]) -> Provider:
    """The provider as papers print it: what was said, and the settings where nothing was."""

    def line(topic: Topic, otherwise: str) -> str:
        return said[topic].words if topic in said else otherwise

    return replace(
        settings,
        name=line(Topic.NAME, settings.name),
        neutral_name=line(Topic.NEUTRAL_NAME, settings.neutral_name),
        address=line(Topic.ADDRESS, settings.address),
        signatory=line(Topic.SIGNATORY, settings.signatory),
        signatory_title=line(Topic.SIGNATORY_TITLE, settings.signatory_title),
    )


@dataclass(frozen=True, slots=True)
class Qualification:
    """What someone who teaches holds, as a paper prints it, from its first to its last day.

    Without a last day it is not known to end.
    """

    words: str
    starts: date
    ends: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it was held on that day; its first and its last day count."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


def with_qualifications(name: str, held: Iterable[Qualification], day: date) -> str:
    """A name as a paper prints it, with what was held on a day: "Dev Surya, CPRS 1234"."""
    return ", ".join([name, *(each.words for each in held if each.holds(day))])
