"""Figures of a board in words: as certain as they are, and no more."""

from lms.domain.certificate import in_hours
from lms.domain.figures import UNITS, Amount, Known
from lms.domain.packs import Requirement
from lms.web.text import _, plural

MINUTES = "minutes"


def unit_of(asked: Requirement | None) -> str:
    """The unit of a requirement's figure."""
    if asked is None or asked.kind != "fact":
        return MINUTES
    return asked.unit or UNITS.get(asked.fact, "")


def figure(value: int, unit: str) -> str:
    """A figure with its unit in words."""
    if unit == MINUTES:
        return in_hours(value)
    if unit == "percent":
        return _("%(num)s percent", num=value)
    one_and_many = {
        "months": ("%(num)s month", "%(num)s months"),
        "years": ("%(num)s year", "%(num)s years"),
        "letters": ("%(num)s letter", "%(num)s letters"),
        "words": ("%(num)s word", "%(num)s words"),
        "credits": ("%(num)s credit", "%(num)s credits"),
    }
    return plural(*one_and_many[unit], value) if unit in one_and_many else str(value)


def amount(asked: Amount, unit: str) -> str:
    """What is asked for, as certain as it is and no more."""
    if asked.known is Known.UNKNOWN:
        return _("Not known")
    if asked.known is Known.NONE:
        return _("None asked for")
    if len(asked.readings) > 1:
        listed = _(" or ").join(figure(reading, unit) for reading in asked.readings)
        return _("%(listed)s (sources differ)", listed=listed)
    return _span(asked, unit)


def _span(asked: Amount, unit: str) -> str:
    if asked.least is None:
        return _("up to %(most)s", most=figure(asked.most or 0, unit))
    least = figure(asked.least, unit)
    if asked.about:
        return _("about %(figure)s", figure=least)
    if asked.most is not None and asked.most != asked.least:
        return _("%(least)s to %(most)s", least=least, most=figure(asked.most, unit))
    return least
