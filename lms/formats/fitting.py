"""In which size of type a certificate fits on its page, without printing all that are too large.

The certificates of a cohort differ in names, dates and minutes, and are as high as each other but
for those. Once one was too high, the smallest of its kind is tried: where even that is too high, no
other is tried again. What is printed is the same as without this, only sooner.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from lms.domain.certificate import Facts, code_from
from lms.formats import sheets

_MOST = 1000
_DAY = "2026-05-01"
_CODE = code_from(0)

Fits = Callable[[Facts, str], bool]
"""Whether facts fit on one page in a size of type."""


class Fitting:
    """What is known of the kinds of certificates that were printed in this process."""

    def __init__(self, fits: Fits) -> None:
        """``fits`` prints to find out."""
        self._fits = fits
        self._suspected: set[tuple[Facts, str]] = set()
        self._too_high: dict[tuple[Facts, str], bool] = {}

    def sizes(self, facts: Facts) -> Iterator[str]:
        """The sizes worth trying, largest first. Whoever asks for the next found one too high."""
        kind = smallest(facts)
        for fit in sheets.FITS:
            if not self._is_too_high(kind, fit):
                yield fit
                self._suspected.add((kind, fit))

    def _is_too_high(self, kind: Facts, fit: str) -> bool:
        if (kind, fit) not in self._suspected:
            return False
        if len(self._too_high) > _MOST:
            self._too_high.clear()
            self._suspected.clear()
            return False
        if (kind, fit) not in self._too_high:
            self._too_high[kind, fit] = not self._fits(kind, fit)
        return self._too_high[kind, fit]


def smallest(facts: Facts) -> Facts:
    """The lowest certificate of its kind: the narrowest names, days and minutes."""
    return replace(
        facts,
        holder=sheets.narrowest_name(facts.holder),
        code=_CODE,
        verify_at=sheets.public_address(replace(facts, code=_CODE, verify_at=_base(facts))),
        started_on=_DAY,
        completed_on=_DAY,
        issued_on=_DAY,
        expires_on=_DAY if facts.expires_on else None,
        minutes=60,
        hours=tuple(replace(line, minutes=60) for line in facts.hours),
        instructors=("i",) * len(facts.instructors),
        replaces=_CODE if facts.replaces else None,
        renews=_CODE if facts.renews else None,
    )


def _base(facts: Facts) -> str:
    return facts.verify_at.removesuffix(facts.code).rstrip("/")
