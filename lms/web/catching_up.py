"""What someone missed by coming late or leaving early, and which sessions make up for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from lms.domain.make_up import Minutes, Plan
from lms.models.hours import Attendance, LiveSession
from lms.models.people import Person
from lms.records import attending, timetable
from lms.records.attending import Attended
from lms.web.here import now, school, session


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A plan in words: topics by title with minutes, and the meetings to come to."""

    missing: tuple[tuple[str, int], ...]
    chosen: tuple[LiveSession, ...]
    uncovered: tuple[tuple[str, int], ...]


def suggestion(mine: Iterable[Attended], coming: Iterable[LiveSession]) -> Suggestion | None:
    """What to catch up on, or None when nothing is missing."""
    meetings = {meeting.ref: meeting for meeting in coming}
    plan: Plan = attending.plan(mine, meetings.values(), now())
    if plan.is_closed:
        return None
    chosen = tuple(meetings[offer.id] for offer in plan.chosen)
    return Suggestion(_titled(plan.missing), chosen, _titled(plan.uncovered))


def _titled(minutes: Minutes) -> tuple[tuple[str, int], ...]:
    topics = school().shelf.current().topics
    return tuple(
        (topics[topic].title if topic in topics else topic, part)
        for topic, part in sorted(minutes.items(), key=lambda item: (-item[1], item[0]))
    )


def of_meeting(
    meeting: LiveSession, learners: Iterable[Person], rows: dict[int, Attendance]
) -> list[tuple[Person, Suggestion]]:
    """Suggestions for those who missed a part of this meeting and have not made up for it."""
    came = [p for p in learners if p.id in rows and rows[p.id].entry_id is not None]
    if not came:
        return []
    theirs = attending.of_people(session(), [person.id for person in came])
    coming = timetable.coming(session(), [meeting.cohort_id], now())
    found = []
    for person in came:
        mine = theirs.get(person.id, [])
        if not any(_left_early(one) for one in mine if one.meeting.id == meeting.id):
            continue
        if (what := suggestion(mine, coming)) is not None:
            found.append((person, what))
    return found


def _left_early(one: Attended) -> bool:
    return one.minutes is not None and one.minutes < sum(attending.worth(one.meeting).values())
