"""What a dropped file is worth: one verdict, and the reasons for it.

Only a file that is byte for byte ours is as good as its record. A file that merely says the same
may have been changed where no program looks, so it is never called valid.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lms.domain.paper_check import Compared


class Verdict(StrEnum):
    """What a file is."""

    SAME = "same"
    AGREES = "agrees"
    DIFFERS = "differs"
    NO_TEXT = "no-text"
    NOT_OURS = "not-ours"
    UNREADABLE = "unreadable"


class Reason(StrEnum):
    """What was seen in a file."""

    LINES_DIFFER = "lines-differ"
    LINES_ADDED = "lines-added"
    LINES_UNFOUND = "lines-unfound"
    CODES_DISAGREE = "codes-disagree"
    INSIDE_OF_ANOTHER = "inside-of-another"
    INSIDE_OF_AN_OLDER = "inside-of-an-older"
    INSIDE_CHANGED = "inside-changed"
    INSIDE_TWICE = "inside-twice"
    INSIDE_GONE = "inside-gone"
    CAN_ACT = "can-act"
    SAVED_AGAIN = "saved-again"


FALSE = frozenset(
    {
        Reason.LINES_DIFFER,
        Reason.LINES_ADDED,
        Reason.CODES_DISAGREE,
        Reason.INSIDE_OF_ANOTHER,
        Reason.INSIDE_OF_AN_OLDER,
        Reason.INSIDE_CHANGED,
        Reason.INSIDE_TWICE,
        Reason.CAN_ACT,
    }
)
"""What no paper of ours has, however it was saved again."""


class Inside(StrEnum):
    """What machines read in a file, against what we put there."""

    OURS = "ours"
    GONE = "gone"
    CHANGED = "changed"
    ANOTHER = "another"
    OLDER = "older"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found in a file that can be read. ``codes`` are those of the page and its links;
    ``compared`` is None when no record has any of them.
    """

    is_same: bool
    codes: frozenset[str]
    inside: Inside
    compared: Compared | None
    can_act: bool = False
    is_saved_again: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict, with its reasons in the order they are told."""

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()


_INSIDE = {
    Inside.ANOTHER: Reason.INSIDE_OF_ANOTHER,
    Inside.OLDER: Reason.INSIDE_OF_AN_OLDER,
    Inside.CHANGED: Reason.INSIDE_CHANGED,
    Inside.TWICE: Reason.INSIDE_TWICE,
    Inside.GONE: Reason.INSIDE_GONE,
}


def judge(found: Evidence) -> Judged:
    """The verdict on a file."""
    if found.is_same:
        return Judged(Verdict.SAME)
    if found.compared is None:
        return Judged(Verdict.NOT_OURS)
    reasons = tuple(_reasons(found, found.compared))
    if FALSE & set(reasons):
        return Judged(Verdict.DIFFERS, reasons)
    if not found.compared.has_text:
        return Judged(Verdict.NO_TEXT, reasons)
    return Judged(Verdict.AGREES, reasons)


def _reasons(found: Evidence, compared: Compared) -> Iterator[Reason]:
    if compared.differing:
        yield Reason.LINES_DIFFER
    if compared.extra:
        yield Reason.LINES_ADDED
    if len(found.codes) > 1:
        yield Reason.CODES_DISAGREE
    if found.inside in _INSIDE:
        yield _INSIDE[found.inside]
    if found.can_act:
        yield Reason.CAN_ACT
    if compared.unfound:
        yield Reason.LINES_UNFOUND
    if found.is_saved_again:
        yield Reason.SAVED_AGAIN
