"""A learner's certificates: what is missing, claim, download."""

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from lms.domain import wordings
from lms.domain.certificate import read_code
from lms.domain.people import Role, cohorts_as
from lms.formats.names import unprintable
from lms.records import certificates, issuing, learning, renewing
from lms.records.certificates import CERTIFICATE, TRANSCRIPT, Record
from lms.web.access import SIGNED_IN, allow
from lms.web.here import done, me, now, school, session, signed_in
from lms.web.learn import way_or_404
from lms.web.paper_words import options
from lms.web.text import _

bp = Blueprint("certificates", __name__)


@bp.route("/certificates", methods=["GET", "POST"])
@allow(GET=Role.LEARNER, POST=Role.LEARNER)
def mine() -> ResponseReturnValue:
    """Certificates held, and for each program what is missing or the button to claim."""
    if request.method == "POST":
        return _claim()
    return _page(), 200


def _page(refused: str = "") -> str:
    ways = learning.ways(session(), school().shelf, me().id)
    return render_template(
        "certificates/mine.html",
        ways=ways,
        wordings=options,
        renewals=renewing.renewals(session(), ways, now(), school().office),
        records=certificates.of_person(session(), me().id, now(), school().office),
        name=me().name,
        letters=unprintable(me().name),
        refused=refused,
    )


def _claim() -> ResponseReturnValue:
    way = way_or_404(request.form.get("program", ""))
    try:
        words = wordings.chosen(way.program, request.form.get(f"words-{way.program.id}", ""))
    except ValueError as stop:
        return _page(str(stop)), 422
    if letters := unprintable(me().name):
        return _page(
            _(
                "We cannot print these letters of your name yet: %(letters)s. "
                "Ask your coordinator how your name should be written.",
                letters=letters,
            )
        ), 422
    try:
        issuing.issue(session(), way, me(), now(), school().office, words=words)
    except issuing.NotEligible:
        return _page(_("Something is still missing. The list below says what.")), 422
    except issuing.Withheld:
        return _page(
            _("An earlier certificate was revoked. Talk to your coordinator about a new one.")
        ), 422
    except IntegrityError:
        # Another tab or device was a moment quicker: there is one certificate, and it is theirs.
        session().rollback()
    return done(url_for(".mine"), _("Your certificate is issued."))


@bp.get("/certificates/<code>.pdf")
@allow(GET=SIGNED_IN)
def paper(code: str) -> ResponseReturnValue:
    """Lead to the certificate as a PDF: the address of its bytes, which names their version."""
    return _newest(code, CERTIFICATE)


@bp.get("/certificates/<code>-transcript.pdf")
@allow(GET=SIGNED_IN)
def transcript(code: str) -> ResponseReturnValue:
    """Lead to the transcript as a PDF."""
    return _newest(code, TRANSCRIPT)


@bp.get("/certificates/<code>/<version>.pdf")
@allow(GET=SIGNED_IN)
def paper_of_version(code: str, version: str) -> ResponseReturnValue:
    """The bytes of one version of a paper, the same for ever."""
    row = held_or_404(code).certificate
    held = certificates.paper_of_version(session(), row, version) or abort(404)
    name = f"peerpath-{held.kind}-{row.code[:5].lower()}-{version}.pdf"
    return Response(
        held.pdf,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _newest(typed: str, kind: str) -> ResponseReturnValue:
    row = held_or_404(typed).certificate
    version = certificates.paper_version(session(), row, kind)
    if version is None:
        return preparing()
    return redirect(url_for(".paper_of_version", code=row.code, version=version), 303)


def preparing() -> ResponseReturnValue:
    """The page of something that the worker is still making; it asks again by itself."""
    school().poke()
    page = current_app.make_response(render_template("certificates/preparing.html"))
    page.headers["Refresh"] = "3"
    page.status_code = 202
    return page


def held_or_404(typed: str) -> Record:
    """A certificate of the visitor's own, or of a learner whose coordinator they are."""
    code = read_code(typed)
    record = certificates.look_up(session(), code, now(), school().office) if code else None
    if record is None:
        abort(404)
    who = signed_in()
    if record.certificate.person_id == who.person.id:
        return record
    looked_after = cohorts_as(who.grants, Role.COORDINATOR)
    if issuing.cohort_of(session(), record.certificate) not in looked_after:
        abort(404)
    return record
