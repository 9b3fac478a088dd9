"""Many people invited at once: a coordinator's list is looked through, then the letters go out."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from lms.domain.batches import MOST_ROWS
from lms.domain.people import Role
from lms.domain.rosters import Becomes
from lms.formats.named_lists import ROSTER, Named
from lms.records import rosters
from lms.web.access import allow
from lms.web.here import done, me, now, session
from lms.web.manage import cohort_or_404, invitation_letter
from lms.web.named_lists import MOST_BYTES, TOO_MUCH, Shown, Steps
from lms.web.text import lazy, plural
from lms.web.uploads import takes

bp = Blueprint("rosters", __name__)

BECOMES = {
    Becomes.INVITED: ("open", lazy("Gets an invitation")),
    Becomes.HERE: ("done", lazy("Is here already")),
    Becomes.WAITS: ("wait", lazy("Was invited already")),
}


@bp.route("/manage/cohorts/<ref>/roster", methods=["GET", "POST"])
@allow(GET=Role.COORDINATOR, POST=Role.COORDINATOR)
@takes(MOST_BYTES, TOO_MUCH)
def roster(ref: str) -> ResponseReturnValue:
    """Look a list through; send the invitations once it has no fault."""
    cohort = cohort_or_404(ref)

    def look(reading: Session, named: Named) -> list[rosters.Line]:
        return rosters.look(reading, now(), cohort, named.rows)

    def send(named: Named) -> ResponseReturnValue:
        sent = rosters.send(session(), now(), cohort, named.rows, me(), invitation_letter)
        words = plural("%(num)s invitation goes out.", "%(num)s invitations go out.", sent)
        return done(url_for("manage.cohorts"), words)

    shown = Steps(ROSTER, ("email",), look, send).take()
    if not isinstance(shown, Shown):
        return shown
    to_invite = sum(line.becomes is Becomes.INVITED for line in shown.lines)
    page = render_template(
        "manage/roster.html",
        cohort=cohort,
        shown=shown,
        to_invite=to_invite,
        words=BECOMES,
        most=MOST_ROWS,
    )
    return page, shown.status
