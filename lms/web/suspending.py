"""What a coordinator does to a certificate that is in doubt: suspend it, and lift that again."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.domain.certificate import State, read_code
from lms.domain.people import Role
from lms.models.people import Person
from lms.records import certificates, issuing, suspending
from lms.web.access import allow
from lms.web.here import done, me, my_cohorts, now, school, session
from lms.web.manage import refuse_own
from lms.web.text import _

bp = Blueprint("suspending", __name__)


@bp.route("/manage/certificates/<code>/suspend", methods=["GET", "POST"])
@allow(GET=Role.COORDINATOR, POST=Role.COORDINATOR)
def suspend(code: str) -> ResponseReturnValue:
    """Suspend it while it is looked into, or lift that: whoever checks it sees which."""
    known = read_code(code)
    record = certificates.look_up(session(), known, now(), school().office) if known else None
    mine = my_cohorts(Role.COORDINATOR)
    if record is None or issuing.cohort_of(session(), record.certificate) not in mine:
        abort(404)
    holder = session().get_one(Person, record.certificate.person_id)
    refuse_own(holder)
    state, fault = record.standing.state, ""
    if request.method == "POST":
        act = suspending.lift if state is State.SUSPENDED else suspending.suspend
        try:
            act(session(), now(), record.certificate, me().id)
        except ValueError as stop:
            fault = str(stop)
        else:
            words = _("It counts again.") if state is State.SUSPENDED else _("It is suspended.")
            return done(url_for("manage.person", ref=holder.ref), words)
    page = render_template("manage/suspend.html", record=record, person=holder, fault=fault)
    return page, (422 if fault else 200)
