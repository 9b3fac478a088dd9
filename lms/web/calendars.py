"""The feed that a person's calendar program reads, and its switch on the account page."""

from flask import Blueprint, Response, abort, request, url_for
from flask.typing import ResponseReturnValue

from lms.formats.calendar import Event, written
from lms.models.hours import LiveSession
from lms.models.timetable import CalendarFeed, SessionChange
from lms.records import calendars, timetable
from lms.web.access import PUBLIC, SIGNED_IN, allow
from lms.web.here import done, me, now, school, session
from lms.web.text import _

bp = Blueprint("calendars", __name__)


@bp.get("/calendar/<token>.ics")
@allow(GET=PUBLIC)
def feed(token: str) -> ResponseReturnValue:
    """A timetable for a calendar program. It says nothing of what is learned unless its holder
    chose so.
    """
    found = calendars.by_token(session(), school().settings.secret, token) or abort(404)
    meetings = calendars.meetings(session(), now(), found)
    changes = timetable.changes(session(), meetings)
    events = [_event(found, meeting, changes.get(meeting.id, [])) for meeting in meetings]
    answer = Response(written(_("Classes"), events), mimetype="text/calendar")
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _event(found: CalendarFeed, meeting: LiveSession, changes: list[SessionChange]) -> Event:
    return Event(
        id=meeting.ref,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=meeting.title if found.shows_titles else _("Class"),
        changed_at=changes[-1].changed_at if changes else meeting.created_at,
        place=meeting.place if found.shows_titles else "",
        link=meeting.link if found.shows_links else "",
        version=len(changes),
        is_cancelled=meeting.cancelled_at is not None,
    )


@bp.post("/account/calendar")
@allow(POST=SIGNED_IN)
def change() -> ResponseReturnValue:
    """Make a feed at a new address, or close it."""
    place = url_for("account.mine") + "#calendar"
    if request.form.get("go") == "end":
        calendars.end(session(), now(), me())
        return done(place, _("The address is closed. Calendars that used it get nothing any more."))
    shown = request.form.getlist("shows")
    calendars.start(
        session(), now(), me(), shows_titles="titles" in shown, shows_links="links" in shown
    )
    return done(place, _("Here is the address for your calendar."))
