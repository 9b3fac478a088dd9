"""Planning meetings in tests, and walking through their doors."""

from datetime import datetime, timedelta

from lms.domain.attendance import code
from lms.domain.hours import Modality
from lms.models.hours import LiveSession
from lms.models.people import Person
from lms.records import attending, door, hours, live_sessions, timetable
from tests.browsing import Page
from tests.completing import Class
from tests.school import School

PLAN = {
    "title": "Listening evening", "modality": "live-in-person", "held_on": "2026-03-10",
    "starts": "18:00", "ends": "20:00", "breaks": "", "place": "Willow room", "link": "",
    "topic": "crisis",
}  # fmt: skip


def plan(school: School, made: Class, **other: str) -> Page:
    """Plan a meeting as the first trainer, by the page."""
    browser = school.browser(made.raters[0])
    return browser.open("/sessions/plan").submit("/sessions/plan", **{**PLAN, **other})


def planned(
    school: School,
    made: Class,
    begins_in: timedelta = timedelta(days=1),
    minutes: int = 120,
    **more: object,
) -> LiveSession:
    """A meeting on the timetable of a cohort."""
    begin = school.now + begins_in
    wanted = {
        "cohort_id": made.cohort.id,
        "title": "Listening evening",
        "modality": Modality.LIVE_IN_PERSON,
        "interval": (begin, begin + timedelta(minutes=minutes)),
        "topics": {"crisis": 100},
    }
    with school.database.writing() as session:
        row = timetable.plan(
            session, school.now, made.raters[0], timetable.Plan(**{**wanted, **more})
        )
        session.commit()
        return row


def running(school: School, made: Class, shows_code: bool = True, **more: object) -> LiveSession:
    """A meeting that began half an hour ago, and shows its code."""
    meeting = planned(school, made, timedelta(minutes=-30), **more)
    if shows_code:
        with school.database.writing() as session:
            door.show_code(session, school.now, made.raters[0], session.merge(meeting))
            session.commit()
    return meeting


def code_of(school: School, meeting: LiveSession, at: datetime | None = None) -> str:
    """The code that a meeting shows (at another moment than now)."""
    return code(door.key(school.settings.secret), meeting.ref, at or school.now)


def minutes(school: School, person: Person) -> int:
    """The sum of a person's hours."""
    with school.database.reading() as session:
        return sum(line.minutes for line in hours.lines(session, person.id))


def record(
    school: School, made: Class, meeting: LiveSession, came: datetime, went: datetime | None
) -> None:
    """The first trainer records when the learner came and went."""
    with school.database.writing() as session:
        there = {made.learner.id: live_sessions.Presence(came, went)}
        trainer = made.raters[0]
        live_sessions.record(session, school.now, trainer, session.merge(meeting), there)
        session.commit()


def attended(school: School, person: Person) -> list[attending.Attended]:
    """What a person came to."""
    with school.database.reading() as session:
        return attending.of_people(session, [person.id]).get(person.id, [])
