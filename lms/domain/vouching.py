"""Who stands behind a line: what it needs, what was said of it, and the link to say it by."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lms.domain.hours import Standing

LINK_LIVES = timedelta(days=30)
"""How long a supervisor's link works."""


class Needs(StrEnum):
    """What a line needs before anyone vouches for it: nothing more, a signature, or our check."""

    NOTHING = ""
    SIGNATURE = "signature"
    CHECK = "check"


class Verdict(StrEnum):
    """What was said of a line last; ``ENDED`` takes an earlier word back."""

    AGREED = "agreed"
    DECLINED = "declined"
    ENDED = "ended"


class LinkState(StrEnum):
    """What has become of a supervisor's link."""

    OPEN = "open"
    ANSWERED = "answered"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Attestation:
    """How someone who confirms hours says who they are (domain.md 7 nos. 19, 20).

    ``years`` is how long they have supervised peers, None when they did not say.
    """

    name: str
    role: str
    is_peer: bool
    years: int | None


def standing(needs: str, verdict: str | None) -> Standing:
    """Who stands behind a line, by what it needs and the last word on it (None or "": none)."""
    if needs == Needs.NOTHING or verdict == Verdict.AGREED:
        return Standing.VOUCHED
    return Standing.WAITING if needs == Needs.SIGNATURE else Standing.UNCHECKED


def link_state(
    now: datetime, expires_at: datetime, is_answered: bool, is_revoked: bool
) -> LinkState:
    """What a link is good for now. A link that was taken back says so, even when it was used."""
    if is_revoked:
        return LinkState.REVOKED
    if is_answered:
        return LinkState.ANSWERED
    return LinkState.OPEN if now < expires_at else LinkState.EXPIRED


def is_same_mailbox(one: str, other: str) -> bool:
    """True when two addresses reach one mailbox: letter case and a +tag do not matter."""
    return _mailbox(one) == _mailbox(other)


def _mailbox(address: str) -> str:
    local, at, domain = address.strip().casefold().rpartition("@")
    return local.partition("+")[0] + at + domain
