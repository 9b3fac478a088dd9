"""The papers: a certificate to frame and a transcript to file, printed from frozen facts alone.

Both are PDF/A-3a and PDF/UA-1, carry what machines read, read no file and no address while they are
printed, and come out byte for byte the same from the same facts. The look stands in
``templates/papers``; a new look is a new TEMPLATE.
"""

import warnings
from collections.abc import Sequence
from contextlib import redirect_stdout
from datetime import date
from functools import cache
from importlib import import_module
from io import StringIO
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from lms.domain.certificate import Facts
from lms.domain.curriculum import Guide
from lms.formats import fonts, sheets
from lms.formats.attached import Attached
from lms.formats.fitting import Fitting
from lms.formats.results import Sheet

if TYPE_CHECKING:
    from lms.formats.press import Press

TEMPLATE = "certificate-2"
GUIDE_TEMPLATE = "guide-1"
RESULT_TEMPLATE = "result-1"
"""The versions of the looks, stored beside each paper."""

_APT = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_ONE_AT_A_TIME = RLock()


class DoesNotFit(ValueError):
    """The facts are too long for one page, even in the smallest type we would hand a person."""


def ready() -> str | None:
    """None if papers can be printed here, else what is missing and how to mend it, in a sentence.

    The first call in a process loads WeasyPrint, which takes about a second: a worker makes it
    before its first paper.
    """
    try:
        room = _press_room()
    except (ImportError, OSError) as missing:
        return f"Papers cannot be printed: WeasyPrint does not load ({missing}). Run: {_APT}"
    if not room.can_subset():
        return (
            "Papers cannot be printed the same way twice: libharfbuzz-subset is missing, "
            f"which cuts fonts down. Run: {_APT}"
        )
    if not fonts.bundled():
        return "Papers cannot be printed: the fonts are gone. Install the package again."
    return None


def certificate_pdf(
    facts: Facts, place: Path, attached: Sequence[Attached] = (), *, to_sign: bool = False
) -> bytes:
    """One landscape page of US letter; ``place`` is the folder of templates.

    A paper ``to_sign`` has an empty place for a digital signature. Raises DoesNotFit for facts
    that no single page can hold.
    """
    for fit in _fitting(place).sizes(facts):
        html = sheets.html("certificate", facts, place, fit)
        if pdf := _printed("certificate", html, facts, place, attached, to_sign, most_pages=1):
            return pdf
    raise DoesNotFit(
        "This certificate does not fit on one page. Shorten the longest of these: the statement, "
        "the assessment, the instructors, the approvals, the retention notice."
    )


def transcript_pdf(
    facts: Facts, place: Path, attached: Sequence[Attached] = (), *, to_sign: bool = False
) -> bytes:
    """Portrait US letter, as many pages as needed: every fact, and hours by topic and format."""
    html = sheets.html("transcript", facts, place, sheets.FITS[0])
    return _printed("transcript", html, facts, place, attached, to_sign)


def guide_pdf(guide: Guide, provider: str, place: Path) -> bytes:
    """A trainer's guide on portrait US letter: what to bring, the plan by minutes, exercises."""
    html = sheets.guide_html(guide, provider, place)
    with _ONE_AT_A_TIME:
        return _press("guide", place).print(html)


def printed(paper: str, html: str, place: Path) -> bytes:
    """Any other paper, from markup that was made for it: as many pages as needed."""
    with _ONE_AT_A_TIME:
        return _press(paper, place).print(html)


def result_pdf(sheet: Sheet, place: Path) -> bytes:
    """A result sheet on landscape US letter, as many pages as needed."""
    html = sheets.result_html(sheet, place)
    with _ONE_AT_A_TIME:
        return _press("result", place).print(html)


def plain_certificate(facts: Facts, place: Path) -> bytes:
    """The same page without our press, to measure it by. Nothing is ever issued so."""
    html = sheets.html("certificate", facts, place, sheets.FITS[0])
    pdf: bytes = _press_room().plainly(html, sheets.css("certificate", place))
    return pdf


def _printed(
    paper: str,
    html: str,
    facts: Facts,
    place: Path,
    attached: Sequence[Attached],
    to_sign: bool,
    most_pages: int = 0,
) -> bytes:
    day = date.fromisoformat(facts.issued_on)
    with _ONE_AT_A_TIME:
        return _press(paper, place).print(html, most_pages, attached, day, to_sign=to_sign)


@cache
def _fitting(place: Path) -> Fitting:
    def fits(facts: Facts, fit: str) -> bool:
        html = sheets.html("certificate", facts, place, fit)
        return bool(_printed("certificate", html, facts, place, (), False, most_pages=1))

    return Fitting(fits)


@cache
def _press(paper: str, place: Path) -> "Press":
    with fonts.alone():
        press: Press = _press_room().Press(sheets.css(paper, place), fonts.on_host())
    return press


@cache
def _press_room() -> Any:
    """Load WeasyPrint on first use, which is a second of work that other commands need not pay.

    What is wrong with it comes out of ``ready``, so it has no need to print or warn.
    """
    with fonts.alone(), redirect_stdout(StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return import_module("lms.formats.press")
