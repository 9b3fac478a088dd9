"""Meetings with a trainer: record one, and who was there from when to when."""

from datetime import datetime, time

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from lms.content.library import Library
from lms.domain.attendance import How
from lms.domain.clocks import has_second_hour
from lms.domain.curriculum import Guide
from lms.domain.hours import LIVE, Modality
from lms.domain.people import Role
from lms.models.hours import Attendance, LiveSession
from lms.models.people import Person
from lms.records import attending, live_sessions, people, timetable
from lms.records.live_sessions import Presence, Recording
from lms.web import catching_up, times
from lms.web.access import allow
from lms.web.here import done, me, my_cohorts, now, school, session
from lms.web.text import _, lazy, plural
from lms.web.words import modality

bp = Blueprint("live_sessions", __name__)
STAFF = (Role.ASSESSOR, Role.COORDINATOR)
PLANNED = "planned:"
"""What the value of a planned session begins with, where a topic's is its id."""


class SubjectForm(times.WhenForm):
    """What, for whom, how, when."""

    title = StringField(lazy("What was it about?"), [Length(max=120)])
    cohort = SelectField(lazy("Cohort"), [InputRequired(lazy("Choose a cohort."))])
    modality = RadioField(lazy("How did you meet?"), [InputRequired(lazy("Choose how you met."))])
    topic = SelectField(
        lazy("Which session, or which topic?"),
        [InputRequired(lazy("Choose the session, or the main topic."))],
    )

    def offer(self, cohort_ids: frozenset[int]) -> None:
        """Fill in what can be chosen by someone of these cohorts."""
        cohorts = people.cohorts(session(), cohort_ids)
        self.cohort.choices = [SelectChoice(c.ref, c.title) for c in cohorts]
        self.ids = {c.ref: c.id for c in cohorts}
        self.modality.choices = [SelectChoice(str(m), modality(m)) for m in Modality if m in LIVE]
        library = school().shelf.current()
        planned = {name for c in cohorts for name in _sessions_of(library, c.program_id)}
        self.topic.choices = [
            SelectChoice(f"{PLANNED}{guide.id}", _("Planned session: %(title)s", title=guide.title))
            for guide in library.guides.values()
            if guide.id in planned
        ] + [
            SelectChoice(t.id, _("Topic: %(title)s", title=t.title))
            for t in library.topics.values()
        ]

    @property
    def guide(self) -> Guide | None:
        """The guide that was chosen, if one was."""
        chosen = str(self.topic.data).removeprefix(PLANNED)
        return school().shelf.current().guides.get(chosen)

    @property
    def topics(self) -> dict[str, int]:
        """How the minutes split, in percents."""
        return dict(self.guide.topics) if self.guide else {str(self.topic.data): 100}

    @property
    def subject(self) -> str:
        """The title. Raises ValueError when there is none."""
        title = (self.title.data or "").strip() or (self.guide.title if self.guide else "")
        if not title:
            raise ValueError(_("Enter what it was about."))
        return str(title)


def _sessions_of(library: Library, program_id: str) -> tuple[str, ...]:
    program = library.programs.get(program_id)
    return program.sessions if program else ()


class MeetingForm(SubjectForm):
    """A meeting that was held."""

    break_minutes = IntegerField(
        lazy("Minutes of breaks"), [Optional(strip_whitespace=True), NumberRange(0, 600)]
    )


def staff_cohorts() -> frozenset[int]:
    """The cohorts in which the person asking is a trainer or coordinator."""
    return my_cohorts(Role.ASSESSOR) | my_cohorts(Role.COORDINATOR)


def meeting_or_404(ref: str, cohorts: frozenset[int]) -> LiveSession:
    """A meeting of one of these cohorts."""
    meeting = live_sessions.by_ref(session(), ref)
    if meeting is None or meeting.cohort_id not in cohorts:
        abort(404)
    return meeting


def learners_of(meeting: LiveSession) -> list[Person]:
    """The learners of a meeting's cohort, without the person asking."""
    members = people.members(session(), [meeting.cohort_id], Role.LEARNER)
    return [person for person, _cohort in members if person.id != me().id]


@bp.route("/sessions", methods=["GET", "POST"])
@allow(GET=STAFF, POST=Role.ASSESSOR)
def all_of_mine() -> ResponseReturnValue:
    """Meetings of one's cohorts, coming and held, and a trainer's form to record another."""
    form = MeetingForm(request.form)
    form.offer(my_cohorts(Role.ASSESSOR))
    if request.method == "POST" and form.validate():
        try:
            meeting = _hold(form)
            return done(url_for(".attendance", ref=meeting.ref), _("Now say who was there."))
        except ValueError as stop:
            form.form_errors.append(str(stop))
    cohorts = staff_cohorts()
    page = render_template(
        "live_sessions/all.html",
        form=form if form.ids else None,
        coming=timetable.coming(session(), cohorts, now()),
        meetings=live_sessions.of_cohorts(session(), list(cohorts), until=now()),
        now=now(),
    )
    return page, (422 if request.method == "POST" else 200)


def _hold(form: MeetingForm) -> LiveSession:
    planned = form.guide.pauses if form.guide else 0
    breaks = form.break_minutes.data
    return live_sessions.hold(
        session(),
        now(),
        me(),
        form.ids[form.cohort.data],
        form.subject,
        Modality(form.modality.data),
        form.interval,
        planned if breaks is None else breaks,
        form.topics,
    )


@bp.route("/sessions/<ref>", methods=["GET", "POST"])
@allow(GET=STAFF, POST=Role.ASSESSOR)
def attendance(ref: str) -> ResponseReturnValue:
    """Who was there from when to when."""
    is_post = request.method == "POST"
    meeting = meeting_or_404(ref, my_cohorts(Role.ASSESSOR) if is_post else staff_cohorts())
    learners = learners_of(meeting)
    before = live_sessions.attendance(session(), meeting)
    errors: list[tuple[str, str]] = []
    if is_post:
        present, errors = _read(meeting, learners, before)
        if not errors:
            try:
                count = live_sessions.record(session(), now(), me(), meeting, present, _recording())
                words = plural("Kept. %(num)s line changed.", "Kept. %(num)s lines changed.", count)
                return done(url_for(".attendance", ref=ref), words)
            except ValueError as stop:
                errors = [("reason", str(stop))]
    page = _page(meeting, learners, before, errors)
    return page, (422 if errors else 200)


def _recording() -> Recording:
    is_paper = request.form.get("how") == How.PAPER
    reason = request.form.get("reason", "").strip()[:500]
    return Recording(How.PAPER, reason) if is_paper else Recording()


def _page(
    meeting: LiveSession,
    learners: list[Person],
    before: dict[int, Attendance],
    errors: list[tuple[str, str]],
) -> str:
    held = (meeting.starts_at, meeting.ends_at)
    return render_template(
        "live_sessions/attendance.html",
        meeting=meeting,
        rows=[(person, *_shown(meeting, person, before.get(person.id))) for person in learners],
        attendance=before,
        signatures=attending.signatures(session(), before.values()),
        open_count=sum(1 for r in before.values() if r.arrived_at and r.left_at is None),
        changes=timetable.changes(session(), [meeting]).get(meeting.id, []),
        catching_up=catching_up.of_meeting(meeting, learners, before),
        twice=times.choices() if has_second_hour(held, school().settings.timezone) else None,
        may_record=meeting.cohort_id in my_cohorts(Role.ASSESSOR),
        now=now(),
        errors=errors,
    )


def _shown(meeting: LiveSession, person: Person, row: Attendance | None) -> tuple[bool, str, str]:
    """What the page shows for a person: there or not, and both times."""
    if request.method == "POST":
        get = request.form.get
        name = person.ref
        return (f"there-{name}" in request.form, get(f"came-{name}", ""), get(f"went-{name}", ""))
    zone = school().settings.timezone
    came = (row and row.arrived_at) or meeting.starts_at
    was_there = row is not None and row.arrived_at is not None
    went = row.left_at if row and was_there else meeting.ends_at
    if went is not None and went > now():
        went = None
    return (
        was_there,
        f"{came.astimezone(zone):%H:%M}",
        f"{went.astimezone(zone):%H:%M}" if went else "",
    )


def _read(
    meeting: LiveSession, learners: list[Person], before: dict[int, Attendance]
) -> tuple[dict[int, Presence | None], list[tuple[str, str]]]:
    present: dict[int, Presence | None] = {}
    errors = []
    for person in learners:
        if f"there-{person.ref}" not in request.form:
            present[person.id] = None
            continue
        try:
            there = _presence(meeting, person, before.get(person.id))
            present[person.id] = there
        except ValueError as stop:
            errors.append((f"came-{person.ref}", f"{person.name}: {stop}"))
    clashes = live_sessions.elsewhere(session(), meeting, present)
    names = {person.id: person for person in learners}
    errors += [
        (f"came-{names[who].ref}", f"{names[who].name}: {sentence}")
        for who, sentence in clashes.items()
    ]
    return present, errors


def _presence(meeting: LiveSession, person: Person, row: Attendance | None) -> Presence:
    """What was typed for one person. Times that were not touched keep their seconds."""
    came = _moment(meeting, f"came-{person.ref}", 0, row.arrived_at if row else None)
    typed = request.form.get(f"went-{person.ref}", "").strip()
    may_stay_open = meeting.ends_at > now() or bool(row and row.arrived_at and not row.left_at)
    if not typed and may_stay_open:
        went = None
    else:
        went = _moment(meeting, f"went-{person.ref}", 1, row.left_at if row else None)
    _check_inside(meeting, came, went)
    return Presence(came, went)


def _moment(meeting: LiveSession, field: str, place: int, recorded: datetime | None) -> datetime:
    clock = _time(request.form.get(field, ""))
    shown = recorded and recorded.astimezone(school().settings.timezone)
    if recorded and shown and (shown.hour, shown.minute) == (clock.hour, clock.minute):
        return recorded
    second = times.which(request.form.get("twice"))[place]
    return times.near((meeting.starts_at, meeting.ends_at), clock, second)


def _time(typed: str) -> time:
    try:
        return time.fromisoformat(typed.strip()).replace(tzinfo=None)
    except ValueError as fault:
        raise ValueError(_("Enter both times, such as 09:30.")) from fault


def _check_inside(meeting: LiveSession, came: datetime, went: datetime | None) -> None:
    if came > now() or (went and went > now()):
        raise ValueError(_("This time has not come yet."))
    if went is not None and went < came:
        raise ValueError(_("The time of leaving is before the time of coming."))
    if came == went or came >= meeting.ends_at or (went and went <= meeting.starts_at):
        raise ValueError(_("These times lie outside the meeting."))
