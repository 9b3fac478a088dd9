"""What a learner hands in: one PDF and one list, frozen on the day they were put together."""

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.domain.people import Role
from lms.formats.application_list import application_csv
from lms.formats.names import unprintable
from lms.models.standing import ApplicationPack
from lms.records import applications, evaluated
from lms.web.access import allow
from lms.web.board_page import pack_or_404, today
from lms.web.here import done, me, now, school, session
from lms.web.text import _

bp = Blueprint("applications", __name__)


@bp.route("/requirements/<pack_id>/application", methods=["GET", "POST"])
@allow(GET=Role.LEARNER, POST=Role.LEARNER)
def prepare(pack_id: str) -> ResponseReturnValue:
    """Put an application together, and find those made before."""
    pack = pack_or_404(pack_id)
    letters = unprintable(me().name)
    if request.method == "POST" and not letters:
        library, office = school().shelf.current(), school().office
        found = evaluated.of_one(session(), me().id, pack, today(), caps=office.caps)
        tell = request.form.get("tell") == "y"
        applications.put_together(session(), now(), me(), found, library, office, tell)
        return done(url_for(".prepare", pack_id=pack.id), _("Your application is put together."))
    page = render_template(
        "requirements/application.html",
        pack=pack,
        made=applications.of_person(session(), me().id, pack.id),
        letters=letters,
    )
    return page, (422 if request.method == "POST" else 200)


def _mine(ref: str) -> ApplicationPack:
    row = applications.by_ref(session(), ref)
    if row is None or row.person_id != me().id:
        abort(404)
    return row


@bp.get("/applications/<ref>.pdf")
@allow(GET=Role.LEARNER)
def paper(ref: str) -> ResponseReturnValue:
    """The pack as a PDF; the worker prints it within seconds."""
    row = _mine(ref)
    if row.pdf is None:
        school().poke()
        back = url_for(".prepare", pack_id=row.pack_id)
        answer = current_app.make_response(
            render_template("requirements/preparing.html", back=back)
        )
        answer.headers["Refresh"] = "3"
        answer.status_code = 202
        return answer
    return _file(row, row.pdf, "application/pdf", "pdf")


@bp.get("/applications/<ref>.csv")
@allow(GET=Role.LEARNER)
def listed(ref: str) -> ResponseReturnValue:
    """The hours in the board's own columns, from the same frozen facts."""
    row = _mine(ref)
    return _file(row, application_csv(applications.facts_of(row)), "text/csv", "csv")


def _file(row: ApplicationPack, held: bytes, kind: str, ending: str) -> Response:
    """A file whose name tells nothing of its holder."""
    name = f'attachment; filename="application-{row.pack_id}-{row.ref[:6]}.{ending}"'
    return Response(held, mimetype=kind, headers={"Content-Disposition": name})
