"""The door of a meeting, for its trainer: tap who comes and goes, and show the code."""

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.domain import attendance as rules
from lms.domain.people import Role
from lms.models.hours import LiveSession
from lms.models.people import Person
from lms.records import door as records
from lms.records import live_sessions
from lms.web.access import allow
from lms.web.here import done, me, my_cohorts, now, school, session
from lms.web.live_sessions import learners_of, meeting_or_404
from lms.web.text import _

bp = Blueprint("door", __name__)


@bp.route("/sessions/<ref>/door", methods=["GET", "POST"])
@allow(GET=Role.ASSESSOR, POST=Role.ASSESSOR)
def tap(ref: str) -> ResponseReturnValue:
    """Sign people in and out as they come and go."""
    meeting = meeting_or_404(ref, my_cohorts(Role.ASSESSOR))
    learners = learners_of(meeting)
    errors = []
    if request.method == "POST":
        named = request.form.get("person")
        person = next((p for p in learners if p.ref == named), None)
        try:
            return done(url_for(".tap", ref=ref), _tapped(meeting, person))
        except ValueError as stop:
            errors.append(("", f"{person.name}: {stop}" if person else str(stop)))
    page = render_template(
        "live_sessions/door.html",
        meeting=meeting,
        learners=learners,
        attendance=live_sessions.attendance(session(), meeting),
        errors=errors,
    )
    return page, (422 if errors else 200)


def _tapped(meeting: LiveSession, person: Person | None) -> str:
    if person is None:
        raise ValueError(_("Choose a person of this cohort."))
    if request.form.get("go") == "went":
        records.go(session(), now(), me(), meeting, person.id)
        return _("%(name)s left just now.", name=person.name)
    records.come(session(), now(), me(), meeting, person.id)
    return _("%(name)s came just now.", name=person.name)


@bp.route("/sessions/<ref>/code", methods=["GET", "POST"])
@allow(GET=Role.ASSESSOR, POST=Role.ASSESSOR)
def code(ref: str) -> ResponseReturnValue:
    """The code that changes every minute, to show in the room or share on the screen."""
    meeting = meeting_or_404(ref, my_cohorts(Role.ASSESSOR))
    errors = []
    if request.method == "POST":
        try:
            records.show_code(session(), now(), me(), meeting)
            return done(url_for(".code", ref=ref))
        except ValueError as stop:
            errors.append(("", str(stop)))
    page = make_response(
        render_template("live_sessions/code.html", meeting=meeting, code=_shown(meeting),
                        address=school().settings.base_url + url_for("timetable.mine"),
                        errors=errors)
    )  # fmt: skip
    if _shown(meeting):
        # The page turns with the code, with script or without.
        page.headers["Refresh"] = str(rules.seconds_left(now()) + 1)
    page.status_code = 422 if errors else 200
    return page


def _shown(meeting: LiveSession) -> str:
    """The code in two halves, or "" while there is none to show."""
    held = (meeting.starts_at, meeting.ends_at)
    is_open = rules.door(held, now()) is rules.Door.OPEN and meeting.cancelled_at is None
    if meeting.code_by is None or not is_open:
        return ""
    digits = rules.code(records.key(school().settings.secret), meeting.ref, now())
    return f"{digits[:3]} {digits[3:]}"
