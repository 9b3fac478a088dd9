"""Sessions to come in each cohort, and one that runs while the demo is looked at."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from lms.content.library import Library
from lms.demo.cast import Cast, Group
from lms.demo.clock import Days
from lms.demo.stage import Deed, Stage
from lms.domain.attendance import How
from lms.domain.curriculum import Guide
from lms.domain.hours import Modality
from lms.records import door, timetable
from lms.records.live_sessions import Recording

WEEKS = 4
_PLANNED_AGO = 5
_PLACE = "Riverside Recovery School, 2nd floor, Willow room"
_LINK = "https://meet.example/riverside-evening"
_RUNNING, _EARLIEST = "evening", 6
"""Whose session runs now, and within how many days those who come were last active."""


def deeds(cast: Cast, days: Days, library: Library) -> Iterator[Deed]:
    """Sessions of the next weeks are planned; one was moved and one is cancelled."""
    for group in cast.groups:
        act = partial(_plan_weeks, cast=cast, days=days, library=library, group=group)
        yield Deed(days.at(_PLANNED_AGO, 9 * 60), act)


def _guides(library: Library, group: Group) -> list[Guide]:
    """The sessions of its program first; whoever has few also meets for others."""
    named = dict.fromkeys([*library.programs[group.program].sessions, *library.guides])
    return [library.guides[name] for name in list(named)[:WEEKS]]


def _plan_weeks(
    stage: Stage, at: datetime, *, cast: Cast, days: Days, library: Library, group: Group
) -> None:
    trainer = stage.people[cast.raters(group.id)[0]]
    last = days.on_weekday(0, group.weekday)
    for week, guide in enumerate(_guides(library, group), 1):
        starts_at = days.at(last - 7 * week, group.hour * 60)
        is_online = week % 2 == 0
        row = timetable.plan(
            stage.session,
            at,
            trainer,
            timetable.Plan(
                cohort_id=stage.cohorts[group.id].id,
                title=guide.title,
                modality=Modality.LIVE_ONLINE if is_online else Modality.LIVE_IN_PERSON,
                interval=(starts_at, starts_at + timedelta(minutes=guide.minutes + guide.pauses)),
                topics=guide.topics,
                break_minutes=guide.pauses,
                place="" if is_online else _PLACE,
                link=_LINK if is_online else "",
                asks_signature=True,
            ),
        )
        if week == 2 and group.id == "evening":
            later = (row.starts_at + timedelta(hours=1), row.ends_at + timedelta(hours=1))
            note = "An hour later, because the trainer comes from another session."
            timetable.move(stage.session, at, trainer, row, later, note)
        if week == 2 and group.id == "weekend":
            timetable.cancel(stage.session, at, trainer, row, "A holiday. We go on the week after.")


def run(stage: Stage, now: datetime, cast: Cast) -> None:
    """A session begins 25 minutes before the demo is built, and two people come by its code."""
    at = now - timedelta(minutes=24)
    trainer = stage.people["carla"]
    starts_at = at.replace(second=0, microsecond=0) - timedelta(minutes=1)
    plan = timetable.Plan(
        cohort_id=stage.cohorts[_RUNNING].id,
        title="Open practice: listening in threes",
        modality=Modality.LIVE_IN_PERSON,
        interval=(starts_at, starts_at + timedelta(hours=3)),
        topics={"communication": 100},
        break_minutes=15,
        breaks=((90, 105),),
        place=_PLACE,
        asks_signature=True,
    )
    row = timetable.plan(stage.session, at, trainer, plan)
    door.show_code(stage.session, at, trainer, row)
    there = [
        learner.id
        for learner in cast.learners
        if learner.cohort == _RUNNING and learner.active <= _EARLIEST and learner.id != "ana"
    ]
    for who in there[:2]:
        person = stage.people[who]
        by_code = Recording(How.CODE, voucher=trainer)
        door.come(stage.session, at, person, row, person.id, by_code)
