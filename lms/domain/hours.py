"""Minutes: where they come from, how they split by topic, and what they add up to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from math import floor

from lms.domain.curriculum import Rounding


class Modality(StrEnum):
    """How time was spent; boards cap and floor these differently (domain.md 3.4 no. 1)."""

    SELF_PACED = "self-paced"
    LIVE_IN_PERSON = "live-in-person"
    LIVE_ONLINE = "live-online"
    IN_SERVICE = "in-service"
    SUPERVISION_INDIVIDUAL = "supervision-individual"
    SUPERVISION_GROUP = "supervision-group"
    OBSERVATION = "supervision-observation"
    WORK = "work"


LIVE = frozenset({Modality.LIVE_IN_PERSON, Modality.LIVE_ONLINE})
"""Modalities with a trainer present in real time."""


class Standing(StrEnum):
    """Who stands behind a line: ours or checked, waiting for a signature, or not checked by us."""

    VOUCHED = "vouched"
    WAITING = "waiting"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. Minutes are signed: a correction is a line that takes them back.

    ``topics`` holds whole minutes by topic id and adds up to ``minutes``. ``evidence`` names what
    stands behind the line (a module, a live session); ``voucher`` is who vouches for it.
    ``origin`` is ``ours`` or ``transferred`` (from another provider). ``approvals`` are the bodies
    whose approval was valid that day. ``pay`` is how work was done: paid, volunteer, internship.
    """

    id: int
    minutes: int
    topics: Mapping[str, int]
    modality: Modality
    starts_at: datetime
    ends_at: datetime
    evidence: str
    voucher: str
    reverses: int | None = None
    reason: str = ""
    title: str = ""
    origin: str = "ours"
    standing: Standing = Standing.VOUCHED
    approvals: tuple[str, ...] = ()
    pay: str = ""


def mergener(words: int, questions: int, difficulty: int | Fraction) -> Fraction:
    """Minutes to credit for reading ``words`` and answering ``questions``, never below zero.

    0.9 × (−22.3 + 0.00209·W + 2.78·Q + 15.5·D), with D from 1 (very easy) to 5 (very difficult).

    Source: Mergener 1991, Am J Pharm Educ 55:263-266, in domain.md 4.3 (S118, S119, S120). The
    copy that prints "+22.3" contradicts its own worked sample, so the sign is minus.
    """
    minutes = Fraction("0.9") * (
        Fraction("-22.3")
        + Fraction("0.00209") * words
        + Fraction("2.78") * questions
        + Fraction("15.5") * difficulty
    )
    return max(Fraction(0), minutes)


def rounded(minutes: Fraction, rounding: Rounding) -> int:
    """Whole minutes by the program's rule; rounding is a policy, not a constant (domain.md 4.3)."""
    steps = minutes / rounding.to_minutes
    whole = int(steps) if rounding.mode == "down" else int(steps + Fraction(1, 2))
    return whole * rounding.to_minutes


def split(minutes: int, shares: Mapping[str, int]) -> dict[str, int]:
    """Divide minutes by percent shares so that the parts add up exactly (largest remainder).

    Topics that get nothing are left out. Raises ValueError when the shares add up to nothing.
    """
    total = sum(shares.values())
    if total <= 0:
        raise ValueError("the topics share nothing between them; their percents must add up to 100")
    exact = {topic: Fraction(minutes * share, total) for topic, share in shares.items()}
    parts = {topic: floor(value) for topic, value in exact.items()}
    by_remainder = sorted(exact, key=lambda topic: (parts[topic] - exact[topic], topic))
    for topic in by_remainder[: minutes - sum(parts.values())]:
        parts[topic] += 1
    return {topic: part for topic, part in parts.items() if part}


def present_minutes(
    held: tuple[datetime, datetime], there: tuple[datetime, datetime], break_minutes: int = 0
) -> int:
    """Whole minutes a person was present, inside the session only.

    Breaks do not count (domain.md 4.3, S39, S120): they are taken off in proportion to the time
    present, so that a person who stayed throughout loses the whole break and nobody loses more
    than that. Never below zero.
    """
    overlap = min(held[1], there[1]) - max(held[0], there[0])
    present = max(0, int(overlap.total_seconds()) // 60)
    length = int((held[1] - held[0]).total_seconds()) // 60
    off = min(break_minutes, length)
    return present - off * present // length if length else 0


def reversal(entry: Entry, reason: str) -> Entry:
    """The line that takes an entry back. Raises ValueError without a reason or for a reversal
    itself.
    """
    if not reason.strip():
        raise ValueError("a correction needs a reason")
    if entry.reverses is not None:
        raise ValueError("a correction cannot itself be taken back; add the right entry instead")
    return replace(
        entry,
        id=0,
        minutes=-entry.minutes,
        topics={topic: -part for topic, part in entry.topics.items()},
        reverses=entry.id,
        reason=reason.strip(),
    )


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of the lines shown: in all, by topic, by modality, and by both."""

    minutes: int
    topics: Mapping[str, int]
    modalities: Mapping[Modality, int]
    cells: Mapping[tuple[str, Modality], int]

    @property
    def live(self) -> int:
        """Minutes with a trainer present in real time."""
        return sum(part for modality, part in self.modalities.items() if modality in LIVE)


def totals(entries: Iterable[Entry]) -> Totals:
    """Add up lines; every figure is the sum of its lines, whatever their order."""
    topics: dict[str, int] = {}
    modalities: dict[Modality, int] = {}
    cells: dict[tuple[str, Modality], int] = {}
    for entry in entries:
        modalities[entry.modality] = modalities.get(entry.modality, 0) + entry.minutes
        for topic, part in entry.topics.items():
            topics[topic] = topics.get(topic, 0) + part
            cell = (topic, entry.modality)
            cells[cell] = cells.get(cell, 0) + part
    return Totals(sum(modalities.values()), topics, modalities, cells)
