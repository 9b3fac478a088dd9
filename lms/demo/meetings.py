"""Live sessions: who came, who came late, and what was put right afterwards."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from lms.content.library import Library
from lms.demo.cast import Cast, Correction, Meeting
from lms.demo.clock import Days
from lms.demo.stage import Deed, Stage
from lms.models.hours import LiveSession
from lms.records import live_sessions
from lms.records.live_sessions import Presence

Late = Mapping[str, int]
"""Minutes after the start at which each person came."""


def present(cast: Cast, days: Days) -> dict[str, dict[str, int]]:
    """Who came to which meeting (by title and day), and how many minutes late.

    A learner takes the first meetings of their cohort after joining, until they have had theirs.
    """
    left = {(who, course.cohort): course.meetings for who, course in cast.courses}
    found: dict[str, dict[str, int]] = {}
    for meeting in sorted(cast.meetings, key=lambda meeting: -meeting.days):
        ago = _ago(cast, days, meeting)
        there = {
            who: course.late if left[who, course.cohort] == course.meetings else 0
            for who, course in cast.courses
            if course.cohort == meeting.cohort and left[who, course.cohort] and course.joined > ago
        }
        for who in there:
            left[who, meeting.cohort] -= 1
        found[_name(meeting)] = there
    if short := [who for who, count in left.items() if count]:
        raise ValueError(f"there are too few meetings for {short}")
    return found


def _name(meeting: Meeting) -> str:
    return f"{meeting.cohort} {meeting.days}"


def _ago(cast: Cast, days: Days, meeting: Meeting) -> int:
    return days.on_weekday(meeting.days, cast.group(meeting.cohort).weekday)


def planned(meeting: Meeting, library: Library) -> Meeting:
    """A meeting as its guide plans it. Raises KeyError for a guide that is not there."""
    if not meeting.guide:
        return meeting
    guide = library.guides[meeting.guide]
    return replace(
        meeting,
        title=guide.title,
        topics=guide.topics,
        minutes=guide.minutes + guide.pauses,
        break_minutes=guide.pauses,
    )


def deeds(cast: Cast, days: Days, library: Library) -> Iterator[Deed]:
    """Each meeting is recorded the same evening, and put right later where that was wrong."""
    there = present(cast, days)
    for meeting in (planned(told, library) for told in cast.meetings):
        starts_at = days.at(_ago(cast, days, meeting), cast.group(meeting.cohort).hour * 60)
        held = _Held(meeting, starts_at, there[_name(meeting)])
        yield Deed(starts_at + timedelta(minutes=meeting.minutes + 20), held.record)
        for correction in meeting.corrections:
            act = partial(held.correct, correction=correction)
            yield Deed(days.at(correction.days, 11 * 60), act)


class _Held:
    """One meeting that was held; what was recorded can be corrected."""

    def __init__(self, meeting: Meeting, starts_at: datetime, there: Late) -> None:
        self._meeting = meeting
        self._starts_at = starts_at
        self._ends_at = starts_at + timedelta(minutes=meeting.minutes)
        self._there = there
        self._row: LiveSession | None = None

    def record(self, stage: Stage, at: datetime) -> None:
        """Record the meeting and who was there."""
        meeting = self._meeting
        self._row = live_sessions.hold(
            stage.session,
            at,
            stage.people[meeting.by],
            stage.cohorts[meeting.cohort].id,
            meeting.title,
            meeting.modality,
            (self._starts_at, self._ends_at),
            meeting.break_minutes,
            meeting.topics,
        )
        present = {
            stage.people[who].id: Presence(self._starts_at + timedelta(minutes=late), self._ends_at)
            for who, late in self._there.items()
        }
        self._keep(stage, at, present)

    def correct(self, stage: Stage, at: datetime, *, correction: Correction) -> None:
        """Put one person's attendance right; the ledger shows both lines."""
        presence = None
        if correction.left_after is not None:
            left_at = self._starts_at + timedelta(minutes=correction.left_after)
            presence = Presence(self._starts_at, left_at)
        self._keep(stage, at, {stage.people[correction.who].id: presence})

    def _keep(self, stage: Stage, at: datetime, present: Mapping[int, Presence | None]) -> None:
        if self._row is None:
            raise LookupError(f"{self._meeting.title} has not been held yet")
        by = stage.people[self._meeting.by]
        live_sessions.record(stage.session, at, by, self._row, present)
