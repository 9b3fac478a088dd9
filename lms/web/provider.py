"""What the provider says of itself: for anyone to read, and for the operator to say."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, Form, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from lms.domain.accreditation import SOURCE, Known
from lms.domain.evaluations import LEAST
from lms.domain.people import Role
from lms.domain.provider_record import ON_PAPER, Topic
from lms.domain.retention import MARGIN_YEARS
from lms.records import accreditation, evaluations, provider
from lms.web.access import PUBLIC, allow
from lms.web.board_page import today
from lms.web.evaluations import QUESTIONS
from lms.web.here import done, me, now, school, session
from lms.web.text import _, lazy

bp = Blueprint("provider", __name__)

TOPICS = {
    Topic.GRIEVANCE: lazy("How complaints are heard"),
    Topic.GRIEVANCE_ON_PAPER: lazy("Complaints, in one line for certificates"),
    Topic.RIGHTS: lazy("Rights of students"),
    Topic.ADMISSION: lazy("Who is admitted"),
    Topic.COMPLETION: lazy("What it takes to complete"),
    Topic.PRACTICE: lazy("Practical experience"),
    Topic.FACULTY: lazy("What we ask of trainers"),
    Topic.COORDINATOR: lazy("What we ask of the coordinator"),
    Topic.RECORDS: lazy("Records of students"),
}
POINTS = {
    "classroom": lazy("Classroom part, by performance domains and core functions"),
    "practice": lazy("Practical experience"),
    "faculty": lazy("Standards for faculty"),
    "coordinator": lazy("Standards for the coordinator"),
    "admission": lazy("Criteria of admission"),
    "completion": lazy("Criteria of completion"),
    "records": lazy("Records of students"),
    "competence": lazy("How competence is evaluated"),
    "rights": lazy("Rights of students"),
}
KNOWN = {
    Known.ON_RECORD: ("done", lazy("On record")),
    Known.PARTLY: ("open", lazy("Partly on record")),
    Known.MISSING: ("todo", lazy("Not on record")),
}


class StatementForm(Form):
    """Something the provider says, and from when."""

    topic = RadioField(
        lazy("What is it about?"),
        [InputRequired(lazy("Choose what it is about."))],
        choices=[SelectChoice(str(topic), words) for topic, words in TOPICS.items()],
    )
    words = TextAreaField(lazy("What holds"), [InputRequired(lazy("Write what holds."))])
    starts = DateField(
        lazy("From which day"), [InputRequired(lazy("Enter the day, such as 2026-03-04."))]
    )


@bp.get("/provider")
@allow(GET=PUBLIC)
def shown() -> ResponseReturnValue:
    """The provider's record as anyone may read it: no trainer is named here."""
    programs = school().shelf.current().programs.values()
    told = provider.said_on(session(), today())
    return render_template(
        "provider/shown.html",
        office=school().office,
        today=today(),
        told=[(words, told[t]) for t, words in TOPICS.items() if t in told and t is not _LINE],
        judged=[(p, evaluations.of_program(session(), p.id)) for p in programs],
        questions=QUESTIONS,
        least=LEAST,
        years=MARGIN_YEARS,
    )


_LINE = Topic.GRIEVANCE_ON_PAPER


@bp.route("/operate/provider", methods=["GET", "POST"])
@allow(GET=Role.OPERATOR, POST=Role.OPERATOR)
def say() -> ResponseReturnValue:
    """Say something anew; what was said before stays below it."""
    form = StatementForm(request.form, starts=today())
    if request.method == "POST" and form.validate():
        topic, words = Topic(form.topic.data), str(form.words.data)
        try:
            provider.say(session(), now(), today(), me(), topic, words, form.starts.data)
            return done(url_for(".say"), _("Kept. It holds from that day on."))
        except ValueError as stop:
            form.form_errors.append(str(stop))
    page = render_template(
        "provider/say.html",
        form=form,
        topics=TOPICS,
        said=provider.statements(session()),
        holds=provider.said_on(session(), today()),
        today=today(),
        room=ON_PAPER,
    )
    return page, (422 if request.method == "POST" else 200)


@bp.get("/operate/accreditation")
@allow(GET=Role.OPERATOR)
def checklist() -> ResponseReturnValue:
    """The heads of the Illinois standard, with what this record knows of each."""
    library = school().shelf.current()
    chosen = library.programs.get(request.args.get("program", ""))
    program = chosen or max(library.programs.values(), key=lambda each: len(each.modules))
    return render_template(
        "provider/checklist.html",
        program=program,
        options=[(each.id, each.title) for each in library.programs.values()],
        points=accreditation.of_program(session(), now(), school().office, library, program),
        titles=POINTS,
        words=KNOWN,
        source=library.sources.get(SOURCE),
    )
