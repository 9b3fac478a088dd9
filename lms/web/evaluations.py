"""A learner says how a course was, without their name."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from lms.domain.evaluations import ASKED, LEAST, SCALE, check
from lms.domain.people import Role
from lms.records import evaluations
from lms.web.access import allow
from lms.web.board_page import today
from lms.web.here import done, me, now, session
from lms.web.learn import way_or_404
from lms.web.text import _, lazy

bp = Blueprint("evaluations", __name__)

QUESTIONS = {
    "taught": lazy("It taught what it said it would teach."),
    "helps": lazy("What I learned helps me to support others."),
    "trainers": lazy("The trainers knew what they taught."),
    "respect": lazy("I was treated with respect."),
    "fair": lazy("Quizzes and role-plays were fair."),
    "access": lazy("I could take part: pace, words, times, technology."),
}
_MARKS = {
    5: lazy("Yes, fully"),
    4: lazy("Mostly"),
    3: lazy("In part"),
    2: lazy("Hardly"),
    1: lazy("Not at all"),
}


class EvaluationForm(Form):
    """Six questions and a space; nobody has to answer all."""

    words = TextAreaField(lazy("What should change, or stay?"), [Optional()])


for _name in ASKED:
    setattr(
        EvaluationForm,
        _name,
        RadioField(
            QUESTIONS[_name],
            [Optional()],
            choices=[SelectChoice(str(mark), _MARKS[mark]) for mark in reversed(SCALE)],
        ),
    )


@bp.route("/evaluations/<program_id>", methods=["GET", "POST"])
@allow(GET=Role.LEARNER, POST=Role.LEARNER)
def give(program_id: str) -> ResponseReturnValue:
    """The form, once for each course; who leaves before the end may answer as well."""
    way = way_or_404(program_id)
    form = EvaluationForm(request.form)
    had = evaluations.has_given(session(), me(), program_id)
    if request.method == "POST" and form.validate() and not had:
        marks = {name: int(form[name].data) if form[name].data else None for name in ASKED}
        try:
            said = check(marks, str(form.words.data or ""))
            evaluations.give(session(), now(), today(), me(), program_id, said)
            return done(url_for("certificates.mine"), _("Thank you. It is kept without your name."))
        except ValueError as stop:
            form.form_errors.append(str(stop))
        except evaluations.AlreadyGiven:
            had = True
    page = render_template(
        "provider/evaluate.html", program=way.program, form=form, asked=ASKED, had=had, least=LEAST
    )
    return page, (422 if request.method == "POST" else 200)
