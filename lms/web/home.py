"""The front door, help, and two answers for machines."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from lms.domain.people import Role
from lms.web.access import PUBLIC, allow
from lms.web.here import school, session, visitor

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
        return render_template("home/front.html", open_sign_up=school().settings.open_sign_up)
    roles = {grant.role for grant in who.grants}
    home = next((place for role, place in _HOMES if role in roles), "account.mine")
    return redirect(url_for(home), 303)


@bp.get("/help")
@allow(GET=PUBLIC)
def help_page() -> ResponseReturnValue:
    """Where to turn, for each kind of trouble."""
    return render_template("home/help.html", provider=school().settings.provider)


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
