"""A holder renews a certificate: one button, when the time has come and the hours are there."""

from flask import Blueprint, abort, url_for
from flask.typing import ResponseReturnValue

from lms.domain.people import Role
from lms.formats.names import unprintable
from lms.records import renewing
from lms.web.access import allow
from lms.web.here import done, me, now, school, session
from lms.web.learn import way_or_404
from lms.web.text import _

bp = Blueprint("renewing", __name__)


@bp.post("/certificates/renew/<program_id>")
@allow(POST=Role.LEARNER)
def renew(program_id: str) -> ResponseReturnValue:
    """The next period, with a code of its own; the earlier certificate verifies as before."""
    way_or_404(program_id)
    if letters := unprintable(me().name):
        abort(422, _("We cannot print these letters of your name: %(letters)s.", letters=letters))
    try:
        renewing.renew(session(), school().shelf, me(), program_id, now(), school().office)
    except renewing.NotRenewable:
        abort(422, _("It cannot be renewed now. See your certificates for what is missing."))
    return done(url_for("certificates.mine"), _("Your certificate is renewed."))
