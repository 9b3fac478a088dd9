"""Trainers' guides for live sessions: to read, and to print."""

from flask import Blueprint, Response, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from lms.content.editions import Kind
from lms.domain.curriculum import Guide
from lms.domain.people import Role
from lms.formats.papers import GUIDE_TEMPLATE
from lms.records import prints
from lms.web.access import allow
from lms.web.here import school, session

bp = Blueprint("guides", __name__)
STAFF = (Role.ASSESSOR, Role.COORDINATOR)


def _guide(guide_id: str) -> Guide:
    return school().shelf.current().guides.get(guide_id) or abort(404)


@bp.get("/guides")
@allow(GET=STAFF)
def all_of_them() -> ResponseReturnValue:
    """Every guide, by the program that plans it."""
    library = school().shelf.current()
    planned = [
        (program, [library.guides[name] for name in program.sessions])
        for program in library.programs.values()
        if program.sessions
    ]
    return render_template("guides/all.html", planned=planned)


@bp.get("/guides/<guide_id>")
@allow(GET=STAFF)
def one(guide_id: str) -> ResponseReturnValue:
    """One guide: plan by minutes, exercises, handouts, what to watch for."""
    library = school().shelf.current()
    guide = _guide(guide_id)
    return render_template(
        "guides/one.html",
        guide=guide,
        modules=[library.modules[name] for name in guide.modules],
        scenarios=[library.scenarios[name] for name in guide.role_plays],
    )


@bp.get("/guides/<guide_id>.pdf")
@allow(GET=STAFF)
def printed(guide_id: str) -> ResponseReturnValue:
    """The guide as a PDF; the worker prints it once, after publishing."""
    guide = _guide(guide_id)
    digest = school().shelf.current().digests[Kind.GUIDE, guide.id]
    pdf = prints.find(session(), digest, GUIDE_TEMPLATE)
    if pdf is None:
        school().poke()
        page = current_app.make_response(render_template("guides/preparing.html", guide=guide))
        page.headers["Refresh"] = "3"
        page.status_code = 202
        return page
    name = f'inline; filename="guide-{guide.id}.pdf"'
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": name})
