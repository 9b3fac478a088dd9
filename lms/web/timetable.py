"""A learner's own timetable: coming sessions, signing in and out, confirming one's times."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.domain import attendance as rules
from lms.domain.attendance import Door
from lms.domain.people import Role
from lms.models.hours import LiveSession
from lms.records import attending, door, timetable
from lms.records.attending import Attended
from lms.records.door import MustWait, WrongCode
from lms.web import catching_up
from lms.web.access import allow
from lms.web.here import done, me, my_cohorts, now, school, session
from lms.web.live_sessions import meeting_or_404
from lms.web.text import _

bp = Blueprint("timetable", __name__)
LATEST = 12
"""How many sessions one came to are listed; the ledger has them all."""


def _door(meeting: LiveSession) -> Door:
    return rules.door((meeting.starts_at, meeting.ends_at), now())


@bp.get("/timetable")
@allow(GET=Role.LEARNER)
def mine() -> ResponseReturnValue:
    """Coming sessions of one's cohorts, what to confirm, and what to catch up on."""
    coming = timetable.coming(session(), my_cohorts(Role.LEARNER), now())
    attended = attending.of_people(session(), [me().id]).get(me().id, [])
    return render_template(
        "timetable/mine.html",
        coming=coming,
        changes=timetable.changes(session(), coming),
        open_now={m.id for m in coming if _door(m) is Door.OPEN and not m.cancelled_at},
        attended=attended[: -LATEST - 1 : -1],
        to_sign=[one for one in attended if one.may_sign],
        catching_up=catching_up.suggestion(attended, coming),
    )


@bp.route("/timetable/<ref>", methods=["GET", "POST"])
@allow(GET=Role.LEARNER, POST=Role.LEARNER)
def meeting(ref: str) -> ResponseReturnValue:
    """One session: where it is, signing in and out by code, confirming one's times."""
    here = meeting_or_404(ref, my_cohorts(Role.LEARNER))
    attended = attending.of_people(session(), [me().id]).get(me().id, [])
    own = next((one for one in attended if one.meeting.id == here.id), None)
    if request.method != "POST":
        return _page(here, own)
    try:
        return done(url_for(".meeting", ref=ref), _act(here, own))
    except WrongCode as guess:
        page = _page(here, own, [("code", str(guess))])
        # A guess that was refused counts all the same.
        session().commit()
        return page, 422
    except MustWait as stop:
        return _page(here, own, [("code", str(stop))]), 429
    except ValueError as stop:
        field = "words" if request.form.get("go") == "disagree" else "code"
        return _page(here, own, [(field, str(stop))]), 422


def _page(
    here: LiveSession, own: Attended | None, errors: list[tuple[str, str]] | None = None
) -> str:
    return render_template(
        "timetable/one.html",
        meeting=here,
        own=own,
        changes=timetable.changes(session(), [here]).get(here.id, []),
        door=_door(here),
        errors=errors or [],
    )


def _act(here: LiveSession, own: Attended | None) -> str:
    go = request.form.get("go")
    if go in ("agree", "disagree"):
        return _sign(own, go == "agree")
    is_coming = go != "out"
    door.by_code(
        session(),
        now(),
        school().settings.secret,
        me(),
        request.remote_addr or "",
        here,
        request.form.get("code", ""),
        is_coming,
    )
    return _("You are signed in.") if is_coming else _("You are signed out. Thank you for coming.")


def _sign(own: Attended | None, agreed: bool) -> str:
    if own is None:
        raise ValueError(_("There is nothing to confirm here."))
    words = request.form.get("words", "")[:1000]
    attending.sign(session(), now(), me(), own, agreed, words)
    if agreed:
        return _("Thank you. Your word is kept with the times.")
    return _("Thank you. Your trainer reads this beside your times.")
