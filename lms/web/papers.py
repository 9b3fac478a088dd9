"""What a coordinator does to a certificate: revoke it."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from lms.domain.certificate import ENDED, ReasonClass, read_code
from lms.domain.people import Role
from lms.domain.undertakings import needs_second
from lms.models.people import Person
from lms.records import certificates, issuing, undertakings
from lms.records.certificates import Record
from lms.web.access import allow
from lms.web.here import done, me, my_cohorts, now, school, session
from lms.web.manage import refuse_own
from lms.web.text import _, lazy

bp = Blueprint("papers", __name__)

REASONS = {
    ReasonClass.ISSUED_IN_ERROR: lazy("It was issued in error"),
    ReasonClass.REQUIREMENTS_NOT_MET: lazy("The requirements were not met"),
    ReasonClass.HOLDER_ASKED: lazy("The holder asked for it"),
}


class RevokeForm(Form):
    """Why, in a class that anyone who checks may see."""

    reason = RadioField(
        lazy("Why is it revoked?"),
        [InputRequired(lazy("Choose the reason."))],
        choices=[SelectChoice(str(value), label) for value, label in REASONS.items()],
    )


def standing_or_refused(typed: str) -> tuple[Record, Person]:
    """A certificate that has not ended, of a learner of the visitor's, with its holder."""
    code = read_code(typed)
    record = certificates.look_up(session(), code, now(), school().office) if code else None
    mine = my_cohorts(Role.COORDINATOR)
    if record is None or issuing.cohort_of(session(), record.certificate) not in mine:
        abort(404)
    if record.standing.state in ENDED:
        abort(409, _("This certificate was revoked or replaced already."))
    holder = session().get_one(Person, record.certificate.person_id)
    refuse_own(holder)
    return record, holder


@bp.route("/manage/certificates/<code>/revoke", methods=["GET", "POST"])
@allow(GET=Role.COORDINATOR, POST=Role.COORDINATOR)
def revoke(code: str) -> ResponseReturnValue:
    """Revoke a certificate; anyone who checks it sees when and why."""
    record, holder = standing_or_refused(code)
    form = RevokeForm(request.form)
    if request.method == "POST" and form.validate():
        lately = undertakings.lately(session(), now(), me())
        if not needs_second(1, lately):
            reason = ReasonClass(form.reason.data)
            issuing.revoke(session(), now(), record.certificate, reason, me().id)
            return done(url_for("manage.person", ref=holder.ref), _("The certificate is revoked."))
        form.form_errors.append(
            _(
                "You revoked %(n)s certificates within a day. For more, a second person has to "
                "agree: use “Revoke many certificates” on the page of your cohorts.",
                n=lately,
            )
        )
    page = render_template("manage/revoke.html", form=form, record=record, person=holder)
    return page, (422 if request.method == "POST" else 200)
