"""Training from elsewhere, as a coordinator checks it."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.domain.people import Role
from lms.domain.vouching import Needs
from lms.models.people import Person
from lms.records import hours, transfers
from lms.web.access import allow
from lms.web.here import done, me, my_cohorts, now, school, session
from lms.web.manage import person_or_404
from lms.web.text import _, lazy

bp = Blueprint("transfers", __name__)


class CheckForm(Form):
    """Accept, or decline with a reason."""

    verdict = RadioField(
        lazy("What do you say of it?"),
        [InputRequired(lazy("Choose one."))],
        choices=[
            SelectChoice("accept", lazy("Accept: I have seen what shows it")),
            SelectChoice("decline", lazy("Decline, with a reason")),
        ],
    )
    reason = StringField(lazy("Reason"), [Length(max=300)])


@bp.get("/manage/transfers")
@allow(GET=Role.COORDINATOR)
def waiting() -> ResponseReturnValue:
    """What learners of one's cohorts say they did elsewhere, and nobody has checked."""
    found = transfers.unchecked(session(), my_cohorts(Role.COORDINATOR), me().id)
    return render_template("manage/transfers.html", found=found)


@bp.route("/manage/transfers/<ref>", methods=["GET", "POST"])
@allow(GET=Role.COORDINATOR, POST=Role.COORDINATOR)
def check(ref: str) -> ResponseReturnValue:
    """The claim and what shows it; accept or decline it."""
    line = hours.by_ref(session(), ref)
    if line is None or line.needs != Needs.CHECK or line.reverses_id:
        abort(404)
    holder = session().get_one(Person, line.person_id)
    person_or_404(holder.ref)
    form = CheckForm(request.form)
    if request.method == "POST" and form.validate():
        try:
            accepts = form.verdict.data == "accept"
            reason = str(form.reason.data or "")
            transfers.check(session(), now(), line, me(), accepts, reason)
            words = _("Accepted.") if accepts else _("Declined. The learner sees your reason.")
            return done(url_for(".waiting"), words)
        except ValueError as stop:
            form.form_errors.append(str(stop))
    page = render_template(
        "manage/transfer.html",
        form=form,
        line=line,
        person=holder,
        topics=school().shelf.current().topics,
        is_back=hours.is_taken_back(session(), line),
    )
    return page, (422 if request.method == "POST" else 200)
