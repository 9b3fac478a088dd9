"""Planning a meeting, moving and cancelling it, and its sheet to sign on paper."""

from datetime import datetime, time, timedelta

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Regexp

from lms.domain.attendance import Break, read_breaks
from lms.domain.hours import Modality
from lms.models.hours import LiveSession
from lms.records import timetable
from lms.web import times
from lms.web.access import allow
from lms.web.here import done, me, now, session
from lms.web.live_sessions import STAFF, SubjectForm, learners_of, meeting_or_404, staff_cohorts
from lms.web.text import _, lazy
from lms.web.times import WhenForm

bp = Blueprint("planning", __name__)
EMPTY_LINES = 4
"""Lines on the paper sheet for people who are not on our list."""


class PlanForm(SubjectForm):
    """A meeting to come."""

    title = StringField(lazy("What is it about?"), [Length(max=120)])
    modality = RadioField(
        lazy("How will you meet?"), [InputRequired(lazy("Choose how you will meet."))]
    )
    place = StringField(lazy("Place"), [Length(max=200)])
    link = StringField(
        lazy("Link to the meeting online"),
        [
            Length(max=500),
            Regexp(r"(https?://\S+)?\s*\Z", message=lazy("Enter a link that begins with https://")),
        ],
    )
    breaks = StringField(lazy("Breaks"), [Length(max=120)])
    asks_signature = BooleanField(lazy("Ask each learner to confirm their times"))


class MoveForm(WhenForm):
    """New times, and why."""

    note = TextAreaField(
        lazy("Note to the learners"),
        [InputRequired(lazy("Write a note, so that the learners know why.")), Length(max=500)],
    )


@bp.route("/sessions/plan", methods=["GET", "POST"])
@allow(GET=STAFF, POST=STAFF)
def plan() -> ResponseReturnValue:
    """Put a meeting on the timetable of a cohort."""
    form = PlanForm(request.form)
    form.offer(staff_cohorts())
    if request.method == "POST" and form.validate():
        try:
            meeting = timetable.plan(session(), now(), me(), _plan(form))
            words = _("The session is on the timetable of the cohort.")
            return done(url_for("live_sessions.attendance", ref=meeting.ref), words)
        except ValueError as stop:
            form.form_errors.append(str(stop))
    page = render_template("live_sessions/plan.html", form=form)
    return page, (422 if request.method == "POST" else 200)


def _plan(form: PlanForm) -> timetable.Plan:
    interval = form.interval
    minutes, breaks = _breaks(form, interval)
    return timetable.Plan(
        cohort_id=form.ids[form.cohort.data],
        title=form.subject,
        modality=Modality(form.modality.data),
        interval=interval,
        topics=form.topics,
        break_minutes=minutes,
        breaks=breaks,
        place=(form.place.data or "").strip(),
        link=(form.link.data or "").strip(),
        asks_signature=bool(form.asks_signature.data),
    )


def _breaks(form: PlanForm, interval: tuple[datetime, datetime]) -> tuple[int, tuple[Break, ...]]:
    """Minutes of breaks, and their times if they were given; a guide has minutes of its own."""
    typed = (form.breaks.data or "").strip()
    if not typed:
        return (form.guide.pauses if form.guide else 0), ()
    found = read_breaks(typed)
    if isinstance(found, int):
        return found, ()
    breaks = tuple((_after(interval, begin), _after(interval, end)) for begin, end in found)
    return sum(end - begin for begin, end in breaks), breaks


def _after(interval: tuple[datetime, datetime], clock: str) -> int:
    """Minutes after the start of a meeting at which a clock shows this."""
    try:
        there = time.fromisoformat(clock)
    except ValueError as fault:
        raise ValueError(_("Enter times of breaks such as 10:30-10:45.")) from fault
    return int((times.near(interval, there) - interval[0]) / timedelta(minutes=1))


@bp.route("/sessions/<ref>/change", methods=["GET", "POST"])
@allow(GET=STAFF, POST=STAFF)
def change(ref: str) -> ResponseReturnValue:
    """Move a meeting, or cancel it, with a note that the learners read."""
    meeting = meeting_or_404(ref, staff_cohorts())
    form = MoveForm(request.form)
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        is_cancel = request.form.get("go") == "cancel"
        if is_cancel or form.validate():
            try:
                words = _cancel(meeting) if is_cancel else _move(meeting, form)
                return done(url_for("live_sessions.attendance", ref=ref), words)
            except ValueError as stop:
                errors.append(("why" if is_cancel else "", str(stop)))
    page = render_template("live_sessions/change.html", meeting=meeting, form=form, errors=errors)
    return page, (422 if request.method == "POST" else 200)


def _cancel(meeting: LiveSession) -> str:
    timetable.cancel(session(), now(), me(), meeting, request.form.get("why", "")[:500])
    return _("The session is cancelled. The learners see it, with your note.")


def _move(meeting: LiveSession, form: MoveForm) -> str:
    timetable.move(session(), now(), me(), meeting, form.interval, form.note.data)
    return _("The session is moved. The learners see it, with your note.")


@bp.get("/sessions/<ref>/sheet")
@allow(GET=STAFF)
def sheet(ref: str) -> ResponseReturnValue:
    """A sheet to print, on which people write when they came and went, and sign."""
    meeting = meeting_or_404(ref, staff_cohorts())
    return render_template(
        "live_sessions/sheet.html", meeting=meeting, people=learners_of(meeting), empty=EMPTY_LINES
    )
