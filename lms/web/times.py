"""Days and times as they are typed: on the provider's clock, with a sentence when it jumps."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from flask import request
from wtforms import BooleanField, DateField, Form, SelectField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from lms.domain import clocks
from lms.domain.clocks import CameTwice, NeverWas
from lms.web.here import school
from lms.web.text import _, lazy

WHICH = {"first": (False, False), "second": (True, True), "across": (False, True)}
"""Of two moments of one name: which of them begins and which ends."""


def choices() -> list[tuple[str, str]]:
    """What can be said of times that come twice."""
    return [
        ("", _("Choose")),
        ("first", _("Both times before the clocks go back")),
        ("second", _("Both times after the clocks go back")),
        ("across", _("The first time before, the second after")),
    ]


def which(chosen: str | None) -> tuple[bool | None, bool | None]:
    """What was chosen of them, as the rules take it."""
    return WHICH.get(chosen or "", (None, None))


def local(day: date, clock: time, second: bool | None = None) -> datetime:
    """A day and time of the provider's zone. Raises ValueError with a sentence."""
    if not 2000 <= day.year < 2100:
        raise ValueError(_("Check the year of the day."))
    return _said(lambda: clocks.moment(day, clock, school().settings.timezone, second))


def near(held: tuple[datetime, datetime], clock: time, second: bool | None = None) -> datetime:
    """The moment of a time of day at a meeting. Raises ValueError with a sentence."""
    return _said(lambda: clocks.near(held, clock, school().settings.timezone, second))


def _said(find: Callable[[], datetime]) -> datetime:
    try:
        return find()
    except NeverWas as never:
        words = _("The clocks went forward over %(time)s that day.", time=f"{never.clock:%H:%M}")
        raise ValueError(words) from never
    except CameTwice as twice:
        words = _(
            "The clocks go back that night, so %(time)s comes twice. Choose which one is meant.",
            time=f"{twice.clock:%H:%M}",
        )
        raise ValueError(words) from twice


class WhenForm(Form):
    """A day, from when to when."""

    held_on = DateField(lazy("Day"), [InputRequired(lazy("Enter the day, such as 2026-03-04."))])
    starts = TimeField(lazy("Start"), [InputRequired(lazy("Enter the start, such as 09:30."))])
    ends = TimeField(lazy("End"), [InputRequired(lazy("Enter the end, such as 12:30."))])
    next_day = BooleanField(lazy("It ends after midnight, on the next day"))
    twice = SelectField(lazy("Times that come twice that night"), validate_choice=False)

    def __init__(self, *args: object, **values: object) -> None:
        super().__init__(*args, **values)
        self.twice.choices = [SelectChoice(value, label) for value, label in choices()]

    @property
    def interval(self) -> tuple[datetime, datetime]:
        """What was typed. Raises ValueError with a sentence."""
        day: date = self.held_on.data
        first, second = which(self.twice.data)
        starts_at = local(day, self.starts.data, first)
        last = day + timedelta(days=1) if self.next_day.data else day
        return starts_at, local(last, self.ends.data, second)

    @property
    def asks_which(self) -> bool:
        """True when the clocks go back on the day that was typed."""
        day = self.held_on.data
        if request.method != "POST" or day is None or not 2000 <= day.year < 2100:
            return False
        zone = school().settings.timezone
        noons = [datetime.combine(d, time(12), zone) for d in (day, day + timedelta(days=1))]
        return clocks.has_second_hour((noons[0], noons[1]), zone)
