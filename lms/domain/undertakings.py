"""What is done to many certificates at once: when one person is enough, and how each line ends."""

from datetime import timedelta
from enum import StrEnum

from lms.domain.requirements import Sentence
from lms.domain.sentences import sentence

ALONE = 10
"""Revocations that one person may decide alone within :data:`WINDOW`. Ours: more is seldom right,
and a stolen session or a slip would end the papers of a whole school."""

WINDOW = timedelta(hours=24)


class Deed(StrEnum):
    """What is done."""

    ISSUE = "issue"
    REVOKE = "revoke"


class End(StrEnum):
    """How a line ended. WAITING is one that may still be carried out."""

    WAITING = "waiting"
    DONE = "done"
    HELD = "held"
    MISSING = "missing"
    WITHHELD = "withheld"
    LETTERS = "letters"
    ENDED = "ended"


NOT_A_CODE = Sentence(
    sentence("This is not one of our codes. A code has 27 letters and digits; compare each group."),
    {},
)
NOT_YOURS = Sentence(
    sentence("No certificate of a learner of your cohorts has this code. Delete the row."),
    {},
)
OWN = Sentence(sentence("This is your own certificate. Another coordinator decides on it."), {})
OVER = Sentence(sentence("This one was revoked or replaced already. Delete the row."), {})
TWICE = Sentence(sentence("This code stands in an earlier row already. Delete one of them."), {})


def needs_second(more: int, lately: int) -> bool:
    """Whether a second person has to agree before so many ``more`` are revoked.

    ``lately`` is how many the same person revoked within :data:`WINDOW`, so that eleven one after
    the other are no way round.
    """
    return more + lately > ALONE


def ready(*, is_certified: bool, is_complete: bool, was_revoked: bool, letters: str) -> End:
    """Whether a learner can be given a certificate in bulk, or what stands in the way.

    ``letters`` are those of the name that cannot be printed. Whoever had one revoked is decided on
    alone, never in a crowd.
    """
    if is_certified:
        return End.HELD
    if not is_complete:
        return End.MISSING
    if was_revoked:
        return End.WITHHELD
    return End.LETTERS if letters else End.WAITING
