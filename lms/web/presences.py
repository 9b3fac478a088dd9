"""The form of who was there: what it shows for each person, and what was typed into it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from flask import request

from lms.models.hours import Attendance, LiveSession
from lms.models.people import Person
from lms.records import live_sessions
from lms.records.live_sessions import Presence
from lms.web import times
from lms.web.here import now, school, session
from lms.web.text import _

Rows = Mapping[int, Attendance]
"""The newest attendance by person id."""


@dataclass(frozen=True, slots=True)
class Line:
    """One person in the form: there or not, both times as HH:MM, and the revision it shows."""

    person: Person
    there: bool
    came: str
    went: str
    revision: int


def line(meeting: LiveSession, person: Person, row: Attendance | None) -> Line:
    """What the form shows: what was typed, unless the times changed while it was open."""
    revision = row.revision if row else 0
    if request.method == "POST" and not _is_stale(person, row):
        get = request.form.get
        there = f"there-{person.ref}" in request.form
        came, went = get(f"came-{person.ref}", ""), get(f"went-{person.ref}", "")
        return Line(person, there, came, went, revision)
    arrived = row.arrived_at if row else None
    left = row.left_at if row and arrived else meeting.ends_at
    shown = _clock(left) if left and left <= now() else ""
    return Line(person, arrived is not None, _clock(arrived or meeting.starts_at), shown, revision)


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(school().settings.timezone):%H:%M}"


def _is_stale(person: Person, row: Attendance | None) -> bool:
    """True when someone else, or the person by code, recorded something since the page was made."""
    seen = request.form.get(f"seen-{person.ref}")
    return seen is not None and seen != str(row.revision if row else 0)


def read(
    meeting: LiveSession, learners: list[Person], before: Rows
) -> tuple[dict[int, Presence | None], list[tuple[str, str]]]:
    """What was typed, by person id; and sentences about it, by field."""
    present: dict[int, Presence | None] = {}
    errors = []
    for person in learners:
        try:
            present[person.id] = _presence(meeting, person, before.get(person.id))
        except ValueError as stop:
            errors.append((f"came-{person.ref}", f"{person.name}: {stop}"))
    named = {person.id: person for person in learners}
    errors += [
        (f"came-{named[who].ref}", f"{named[who].name}: {sentence}")
        for who, sentence in live_sessions.elsewhere(session(), meeting, present).items()
    ]
    return present, errors


def _presence(meeting: LiveSession, person: Person, row: Attendance | None) -> Presence | None:
    """What was typed for one person. Raises ValueError with a sentence.

    An old page that says what is recorded already takes nothing away.
    """
    typed = _typed(meeting, person, row)
    if _is_stale(person, row) and not live_sessions.same(row, typed):
        raise ValueError(
            _("These times changed while your page was open. Here they are as they are now.")
        )
    return typed


def _typed(meeting: LiveSession, person: Person, row: Attendance | None) -> Presence | None:
    if f"there-{person.ref}" not in request.form:
        return None
    came = _moment(meeting, f"came-{person.ref}", 0, row.arrived_at if row else None)
    is_open = row is not None and row.arrived_at is not None and row.left_at is None
    typed = request.form.get(f"went-{person.ref}", "").strip()
    if not typed and (is_open or meeting.ends_at > now()):
        went = None
    else:
        went = _moment(meeting, f"went-{person.ref}", 1, row.left_at if row else None)
    _check(meeting, came, went)
    return Presence(came, went)


def _moment(meeting: LiveSession, field: str, place: int, recorded: datetime | None) -> datetime:
    """The moment of a field; one that was not touched keeps its seconds."""
    clock = _time(request.form.get(field, ""))
    if recorded is not None and _clock(recorded) == f"{clock:%H:%M}":
        return recorded
    second = times.which(request.form.get("twice"))[place]
    return times.near((meeting.starts_at, meeting.ends_at), clock, second)


def _time(typed: str) -> time:
    try:
        return time.fromisoformat(typed.strip()).replace(tzinfo=None)
    except ValueError as fault:
        raise ValueError(_("Enter both times, such as 09:30.")) from fault


def _check(meeting: LiveSession, came: datetime, went: datetime | None) -> None:
    if max(came, went or came) > now():
        raise ValueError(_("This time has not come yet."))
    if went is not None and went < came:
        raise ValueError(_("The time of leaving is before the time of coming."))
    if came == went or came >= meeting.ends_at or (went and went <= meeting.starts_at):
        raise ValueError(_("These times lie outside the meeting."))
