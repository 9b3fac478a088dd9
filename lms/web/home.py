"""The front door, help, and two answers for machines."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from lms.domain.people import Role
from lms.models.database import Unavailable
from lms.models.people import Person
from lms.records import people
from lms.web.access import PUBLIC, allow
from lms.web.here import end_session, school, session, visitor

bp = Blueprint("home", __name__)

_HOMES = (
    (Role.LEARNER, "learn.home"),
    (Role.ASSESSOR, "grading.queue"),
    (Role.COORDINATOR, "manage.cohorts"),
    (Role.BOARD, "board.desk"),
    (Role.OPERATOR, "operate.desk"),
)


@bp.get("/")
@allow(GET=PUBLIC)
def front() -> ResponseReturnValue:
    """To the visitor's own home, or what this place is."""
    who = visitor()
    if who is None:
        return render_template("home/front.html", provider=school().settings.provider.name)
    roles = {grant.role for grant in who.grants}
    home = next((place for role, place in _HOMES if role in roles), "account.mine")
    return redirect(url_for(home), 303)


@bp.get("/help")
@allow(GET=PUBLIC)
def help_page() -> ResponseReturnValue:
    """Where to turn, for each kind of trouble."""
    return render_template(
        "home/help.html", provider=school().settings.provider, coordinators=_coordinators()
    )


def _coordinators() -> list[Person]:
    """Who coordinates the visitor's cohorts. Help is shown without it when the database is away."""
    try:
        who = visitor()
        cohorts = [grant.cohort for grant in who.grants if grant.cohort] if who else []
        found = people.members(session(), cohorts, Role.COORDINATOR) if cohorts else []
    except (DBAPIError, Unavailable):
        end_session()
        return []
    return list({person.id: person for person, _cohort in found}.values())


@bp.get("/healthz")
@allow(GET=PUBLIC)
def alive() -> ResponseReturnValue:
    """The process answers."""
    return {"alive": True}


@bp.get("/readyz")
@allow(GET=PUBLIC)
def ready() -> ResponseReturnValue:
    """The process can reach its database."""
    session().execute(text("SELECT 1"))
    return {"ready": True}
