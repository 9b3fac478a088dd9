"""The operator's page: letters and jobs that wait, in the demo also what letters say."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from lms.domain.people import Role
from lms.records import journal, undertakings
from lms.web.access import allow
from lms.web.here import me, school, session

bp = Blueprint("operate", __name__)


@bp.get("/operate")
@allow(GET=Role.OPERATOR)
def desk() -> ResponseReturnValue:
    """The outbox, newest first. Letters are readable in the demo only: elsewhere they hold
    links.
    """
    return render_template(
        "operate/desk.html",
        jobs=journal.newest_jobs(session()),
        readable=school().settings.demo,
        asked=undertakings.asked_of(session(), me()),
        has_mail=bool(school().settings.smtp_url),
    )
