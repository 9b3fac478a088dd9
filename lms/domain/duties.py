"""Duties that come again every week or month while one is certified."""

from dataclasses import replace
from datetime import date, timedelta

from lms.domain import sentences as s
from lms.domain.certificate import in_hours
from lms.domain.evaluate_hours import hours
from lms.domain.lines import Ledger, Span
from lms.domain.months import month_of, week_of
from lms.domain.packs import Known, Requirement, Version
from lms.domain.requirements import Answer, State
from lms.domain.states import all_of


def duty(asked: Requirement, version: Version, ledger: Ledger, today: date) -> Answer:
    """The answer for the running week or month; the parts are the one before, and it.

    Sources: the IC&RC peer code (once a week, 4 h a month, S208), Kentucky (twice a month, one of
    30 minutes, S102).
    """
    spell = week_of if asked.every == "week" else month_of
    first, last = spell(today)
    before = spell(first - timedelta(days=1))
    past = _in(asked, version, ledger, Span(*before, ends=before[1]))
    now = _in(asked, version, ledger, Span(first, min(last, today), ends=last))
    parts = (replace(past, id="before", title=s.BEFORE), replace(now, id="now", title=s.NOW))
    return replace(now, parts=parts)


def _in(asked: Requirement, version: Version, ledger: Ledger, days: Span) -> Answer:
    found = hours(asked, version, ledger, days)
    if asked.times is None and asked.once_minutes is None:
        return replace(found, by=days.ends)
    lengths = [each.minutes for each in found.counted if each.minutes]
    enough = len(lengths) >= (asked.times or 0)
    long = max(lengths, default=0) >= (asked.once_minutes or 0)
    state = all_of([found.state, State.MET if enough and long else State.NOT_YET])
    more = []
    if asked.once_minutes and not long:
        more.append(s.say(s.ONE_LONG, minutes=in_hours(asked.once_minutes)))
    if asked.hours.known is not Known.NONE:
        more.append(found.sentence)
    sentence = s.say(
        s.TIMES,
        *more,
        title=asked.title,
        have=len(lengths),
        need=asked.times or 1,
        first=s.day_words(days.first or days.last),
        last=s.day_words(days.ends or days.last),
    )
    return replace(found, state=state, sentence=sentence, by=days.ends)
