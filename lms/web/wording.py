"""The words of a certificate: the holder's own choice, when it is issued and later."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.domain import wordings
from lms.domain.people import Role
from lms.records import issuing
from lms.web.access import allow
from lms.web.here import done, me, now, school, session
from lms.web.learn import way_or_404
from lms.web.paper_words import options
from lms.web.sharing import own_or_404
from lms.web.text import _

bp = Blueprint("wording", __name__)


@bp.route("/certificates/<code>/words", methods=["GET", "POST"])
@allow(GET=Role.LEARNER, POST=Role.LEARNER)
def choose(code: str) -> ResponseReturnValue:
    """Have a certificate say the same in other words: a new one, that takes the place of this."""
    record = own_or_404(code)
    way, fault = way_or_404(record.facts.program_id), ""
    if request.method == "POST":
        try:
            words = wordings.chosen(way.program, request.form.get("words", ""))
            told = (session(), now(), record.certificate, way, me(), words, school().office)
            issuing.reword(*told)
        except ValueError as stop:
            fault = str(stop)
        else:
            return done(url_for("certificates.mine"), _("A certificate in these words is issued."))
    page = render_template(
        "certificates/words.html",
        record=record,
        options=options(way.program),
        fault=fault,
    )
    return page, (422 if fault else 200)
