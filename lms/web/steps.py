"""What to do next, in words, and where that begins."""

from flask import url_for

from lms.domain.certificate import in_hours
from lms.domain.hours import Modality
from lms.domain.next_steps import Step
from lms.web.text import _


def way_on(step: Step) -> tuple[str, str, str]:
    """How a gap gets smaller, in a sentence; and the address where that begins, with its words."""
    if step.lessons:
        lesson, minutes = step.lessons[0]
        values = {"title": lesson.title, "time": in_hours(minutes)}
        if lesson.modality == Modality.SELF_PACED:
            words = _("Read “%(title)s” here and pass its quiz: it gives about %(time)s.", **values)
            return words, url_for("learn.home"), _("Go on with your path")
        return _("The live session “%(title)s” gives about %(time)s.", **values), "", ""
    if step.of in ("supervision", "work"):
        told = {
            "supervision": _("Write down each talk with your supervisor, and have it confirmed."),
            "work": _("Write down your hours at work, and have them confirmed each month."),
        }
        return told[step.of], url_for("logging_hours.add"), _("Write hours down")
    return _("We have nothing more that counts here. Ask the board which courses do."), "", ""
