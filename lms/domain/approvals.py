"""Approvals of a provider by other bodies, and on which days they are valid."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_DATED = re.compile(r"(?P<number>.+?)\s*\[(?P<starts>[0-9-]*)/(?P<ends>[0-9-]*)\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Approval:
    """An approval as papers print it, such as ``NAADAC 86948``, from its first to its last day.

    Without a day it is not known to begin or to end. A certificate shows those valid on the day of
    the training (domain.md 7 no. 11: New York's badge, NAADAC's number, ASWB's per format).
    """

    number: str
    starts: date | None = None
    ends: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it was valid on that day; its first and its last day count."""
        return (self.starts is None or self.starts <= day) and (
            self.ends is None or day <= self.ends
        )


def read(text: str) -> Approval:
    """An approval as the settings write it: ``NAADAC 86948 [2025-01-01/2026-12-31]``.

    Either day may be left out, or both with their brackets. Raises ValueError with a sentence.
    """
    found = _DATED.fullmatch(text.strip())
    if found is None:
        if "[" in text or "]" in text:
            raise ValueError(
                f"“{text.strip()}” is not an approval with its days. Write it like this: "
                "NAADAC 86948 [2025-01-01/2026-12-31]"
            )
        return Approval(text.strip())
    starts, ends = _day(found["starts"]), _day(found["ends"])
    if starts and ends and ends < starts:
        raise ValueError(f"The approval {found['number']} ends before it begins. Check both days.")
    return Approval(found["number"], starts, ends)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as fault:
        raise ValueError(f"{written} is not a day. Write days like 2026-12-31.") from fault


def valid_on(approvals: Iterable[Approval], day: date) -> tuple[str, ...]:
    """The numbers that were valid on a day, in their order."""
    return tuple(approval.number for approval in approvals if approval.holds(day))
