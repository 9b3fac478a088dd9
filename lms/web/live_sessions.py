"""Meetings with a trainer: record one, and who was there from when to when."""

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
from lms.records.live_sessions import Recording
from lms.web import catching_up, presences, times
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
    return _all(form), (422 if request.method == "POST" else 200)


def _all(form: MeetingForm) -> str:
    cohorts = people.cohorts(session(), staff_cohorts())
    ids = [cohort.id for cohort in cohorts]
    coming = timetable.coming(session(), ids, now())
    listed = {meeting.id for meeting in coming}
    begun = live_sessions.of_cohorts(session(), ids, until=now())
    return render_template(
        "live_sessions/all.html",
        form=form if form.ids else None,
        coming=coming,
        meetings=[meeting for meeting in begun if meeting.id not in listed],
        titles={cohort.id: cohort.title for cohort in cohorts},
        now=now(),
    )


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
        present, errors = presences.read(meeting, learners, before)
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
        rows=[presences.line(meeting, person, before.get(person.id)) for person in learners],
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
