"""The certification board's own page: look up a code, and how to check ours."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from lms.domain.people import Role
from lms.web.access import allow
from lms.web.here import school

bp = Blueprint("board", __name__)


@bp.get("/board")
@allow(GET=Role.BOARD)
def desk() -> ResponseReturnValue:
    """One field for a code, and what a true certificate of ours shows."""
    settings = school().settings
    return render_template(
        "board/desk.html", provider=settings.provider, base_url=settings.base_url
    )
