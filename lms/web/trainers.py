"""What trainers hold, for the operator: entered with what was seen of it, and taken back."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, Form, StringField
from wtforms.validators import InputRequired, Optional

from lms.domain.people import Role
from lms.domain.provider_record import Qualification
from lms.models.people import Person
from lms.records import provider
from lms.web.access import allow
from lms.web.board_page import today
from lms.web.here import done, me, now, session
from lms.web.text import _, lazy

bp = Blueprint("trainers", __name__)


class QualificationForm(Form):
    """What a trainer holds, as a certificate prints it."""

    words = StringField(
        lazy("What they hold"), [InputRequired(lazy("Write what they hold, such as CPRS 1234."))]
    )
    starts = DateField(
        lazy("First day"), [InputRequired(lazy("Enter the day, such as 2026-03-04."))]
    )
    ends = DateField(lazy("Last day"), [Optional()])
    evidence = StringField(lazy("What you saw"), [InputRequired(lazy("Say what you saw."))])


@bp.get("/operate/trainers")
@allow(GET=Role.OPERATOR)
def every() -> ResponseReturnValue:
    """Everyone who may teach, with what they hold today."""
    people = provider.trainers(session())
    held = provider.qualifications(session(), [person.id for person in people])
    return render_template("provider/trainers.html", people=people, held=held, today=today())


@bp.route("/operate/trainers/<ref>", methods=["GET", "POST"])
@allow(GET=Role.OPERATOR, POST=Role.OPERATOR)
def one(ref: str) -> ResponseReturnValue:
    """What one trainer holds or held, and the form to enter more."""
    person = _trainer(ref)
    form = QualificationForm(request.form)
    if request.method == "POST" and form.validate():
        held = Qualification(str(form.words.data), form.starts.data, form.ends.data)
        try:
            provider.hold(session(), now(), me(), person, held, str(form.evidence.data))
            return done(url_for(".one", ref=ref), _("Kept. Certificates print it in its days."))
        except ValueError as stop:
            form.form_errors.append(str(stop))
    rows = provider.qualifications(session(), [person.id]).get(person.id, [])
    page = render_template("provider/trainer.html", person=person, form=form, rows=rows)
    return page, (422 if request.method == "POST" else 200)


def _trainer(ref: str) -> Person:
    found = (person for person in provider.trainers(session()) if person.ref == ref)
    return next(found, None) or abort(404)


@bp.post("/operate/qualifications/<ref>/withdraw")
@allow(POST=Role.OPERATOR)
def withdraw(ref: str) -> ResponseReturnValue:
    """Take back what was entered by mistake."""
    row = provider.by_ref(session(), ref) or abort(404)
    provider.withdraw(session(), now(), me(), row)
    person = session().get_one(Person, row.person_id)
    return done(
        url_for(".one", ref=person.ref), _("Taken back. Papers printed before are not changed.")
    )
