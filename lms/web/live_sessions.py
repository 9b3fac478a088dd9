"""Meetings with a trainer: record one, and who was there from when to when."""

from datetime import UTC, date, datetime, time, timedelta

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, Form, IntegerField, RadioField, SelectField, StringField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from lms.content.library import Library
from lms.domain.hours import LIVE, Modality
from lms.domain.people import Role
from lms.models.hours import Attendance, LiveSession
from lms.models.people import Person
from lms.records import live_sessions, people
from lms.records.live_sessions import Presence
from lms.web.access import allow
from lms.web.here import done, me, my_cohorts, now, school, session
from lms.web.text import _, lazy, plural
from lms.web.words import modality

bp = Blueprint("live_sessions", __name__)
PLANNED = "planned:"
"""What the value of a planned session begins with, where a topic's is its id."""


class MeetingForm(Form):
    """What, when, how, and about what."""

    title = StringField(lazy("What was it about?"), [Length(max=120)])
    cohort = SelectField(lazy("Cohort"), [InputRequired(lazy("Choose a cohort."))])
    modality = RadioField(lazy("How did you meet?"), [InputRequired(lazy("Choose how you met."))])
    held_on = DateField(lazy("Day"), [InputRequired(lazy("Enter the day, such as 2026-03-04."))])
    starts = TimeField(lazy("Start"), [InputRequired(lazy("Enter the start, such as 09:30."))])
    ends = TimeField(lazy("End"), [InputRequired(lazy("Enter the end, such as 12:30."))])
    break_minutes = IntegerField(
        lazy("Minutes of breaks"), [Optional(strip_whitespace=True), NumberRange(0, 600)]
    )
    topic = SelectField(
        lazy("Which session, or which topic?"),
        [InputRequired(lazy("Choose the session, or the main topic."))],
    )


def _form() -> MeetingForm:
    form = MeetingForm(request.form)
    cohorts = people.cohorts(session(), my_cohorts(Role.ASSESSOR))
    form.cohort.choices = [SelectChoice(c.ref, c.title) for c in cohorts]
    form.modality.choices = [SelectChoice(str(m), modality(m)) for m in Modality if m in LIVE]
    library = school().shelf.current()
    planned = {name for c in cohorts for name in _sessions_of(library, c.program_id)}
    form.topic.choices = [
        SelectChoice(f"{PLANNED}{guide.id}", _("Planned session: %(title)s", title=guide.title))
        for guide in library.guides.values()
        if guide.id in planned
    ] + [SelectChoice(t.id, _("Topic: %(title)s", title=t.title)) for t in library.topics.values()]
    return form


def _sessions_of(library: Library, program_id: str) -> tuple[str, ...]:
    program = library.programs.get(program_id)
    return program.sessions if program else ()


def local(day: date, clock: time) -> datetime:
    """A day and time of the provider's zone. Raises ValueError for a time the clocks jump over."""
    zone = school().settings.timezone
    moment = datetime.combine(day, clock, tzinfo=zone)
    there_and_back = datetime.fromtimestamp(moment.timestamp(), zone)
    if there_and_back.replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise ValueError(
            _("The clocks went forward over %(time)s that day.", time=f"{clock:%H:%M}")
        )
    # In UTC, because Python subtracts two times of one zone as if no clock had jumped between them.
    return moment.astimezone(UTC)


@bp.route("/sessions", methods=["GET", "POST"])
@allow(GET=Role.ASSESSOR, POST=Role.ASSESSOR)
def all_of_mine() -> ResponseReturnValue:
    """Meetings of one's cohorts, and the form to record another."""
    form = _form()
    if request.method == "POST" and form.validate():
        try:
            meeting = _hold(form)
            return done(url_for(".attendance", ref=meeting.ref), _("Now say who was there."))
        except ValueError as stop:
            form.form_errors.append(str(stop))
    meetings = live_sessions.of_cohorts(session(), list(my_cohorts(Role.ASSESSOR)))
    page = render_template("live_sessions/all.html", form=form, meetings=meetings)
    return page, (422 if request.method == "POST" else 200)


def _hold(form: MeetingForm) -> LiveSession:
    mine = people.cohorts(session(), my_cohorts(Role.ASSESSOR))
    cohort = next(c for c in mine if c.ref == form.cohort.data)
    starts_at = local(form.held_on.data, form.starts.data)
    chosen = str(form.topic.data)
    guide = school().shelf.current().guides.get(chosen.removeprefix(PLANNED))
    title = (form.title.data or "").strip() or (guide.title if guide else "")
    if not title:
        raise ValueError(_("Enter what it was about."))
    planned = guide.pauses if guide else 0
    breaks = form.break_minutes.data
    return live_sessions.hold(
        session(),
        now(),
        me(),
        cohort.id,
        title,
        Modality(form.modality.data),
        (starts_at, local(form.held_on.data, form.ends.data)),
        planned if breaks is None else breaks,
        guide.topics if guide else {chosen: 100},
    )


@bp.route("/sessions/<ref>", methods=["GET", "POST"])
@allow(GET=Role.ASSESSOR, POST=Role.ASSESSOR)
def attendance(ref: str) -> ResponseReturnValue:
    """Who was there from when to when."""
    meeting = live_sessions.by_ref(session(), ref)
    if meeting is None or meeting.cohort_id not in my_cohorts(Role.ASSESSOR):
        abort(404)
    members = people.members(session(), [meeting.cohort_id], Role.LEARNER)
    learners = [person for person, _cohort in members if person.id != me().id]
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        present, errors = _read(meeting, learners)
        if not errors:
            count = live_sessions.record(session(), now(), me(), meeting, present)
            words = plural("Kept. %(num)s line changed.", "Kept. %(num)s lines changed.", count)
            return done(url_for(".attendance", ref=ref), words)
    before = live_sessions.attendance(session(), meeting)
    page = render_template(
        "live_sessions/attendance.html",
        meeting=meeting,
        rows=[(person, *_shown(meeting, person, before.get(person.id))) for person in learners],
        errors=errors,
    )
    return page, (422 if errors else 200)


def _shown(meeting: LiveSession, person: Person, row: Attendance | None) -> tuple[bool, str, str]:
    """What the page shows for a person: there or not, and both times."""
    zone = school().settings.timezone
    if request.method == "POST":
        get = request.form.get
        name = person.ref
        return (f"there-{name}" in request.form, get(f"came-{name}", ""), get(f"went-{name}", ""))
    came = (row and row.arrived_at) or meeting.starts_at
    went = (row and row.left_at) or meeting.ends_at
    was_there = row is not None and row.arrived_at is not None
    return was_there, f"{came.astimezone(zone):%H:%M}", f"{went.astimezone(zone):%H:%M}"


def _read(
    meeting: LiveSession, learners: list[Person]
) -> tuple[dict[int, Presence | None], list[tuple[str, str]]]:
    day = meeting.starts_at.astimezone(school().settings.timezone).date()
    present: dict[int, Presence | None] = {}
    errors = []
    for person in learners:
        if f"there-{person.ref}" not in request.form:
            present[person.id] = None
            continue
        try:
            came = local(day, _time(request.form.get(f"came-{person.ref}", "")))
            went = local(day, _time(request.form.get(f"went-{person.ref}", "")))
            if went < came:
                went += timedelta(days=1)
            _check_inside(meeting, came, went)
            present[person.id] = Presence(came, went)
        except ValueError as stop:
            errors.append((f"came-{person.ref}", f"{person.name}: {stop}"))
    return present, errors


def _time(typed: str) -> time:
    try:
        return time.fromisoformat(typed.strip())
    except ValueError as fault:
        raise ValueError(_("Enter both times, such as 09:30.")) from fault


def _check_inside(meeting: LiveSession, came: datetime, went: datetime) -> None:
    if came >= went or came >= meeting.ends_at or went <= meeting.starts_at:
        raise ValueError(_("These times lie outside the meeting."))
