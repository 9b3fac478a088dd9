"""A learner writes down their own hours, and takes back what nobody has vouched for."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import (
    DateField,
    Field,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from lms.content.library import Library
from lms.domain.hours import Modality
from lms.domain.logging_hours import WAYS, Account, Kind, Refused, Typed, log
from lms.domain.people import Role
from lms.records import learning, logging_hours
from lms.web.access import allow
from lms.web.here import done, me, now, school, session
from lms.web.text import _, lazy, told
from lms.web.words import modality, pay

bp = Blueprint("logging_hours", __name__)
PARTS = range(1, 7)
"""How many topics a line may be split into on the page."""
_APPROVALS = 10


class LogForm(Form):
    """What every kind asks: what it was, when, for how long, and about what."""

    title = StringField(
        lazy("What was it?"),
        [DataRequired(lazy("Say in a few words what it was.")), Length(max=120)],
    )
    day = DateField(lazy("Day"), [InputRequired(lazy("Enter the day, such as 2026-03-04."))])
    minutes = IntegerField(lazy("Minutes that count"), [Optional()])
    place = StringField(lazy("Place"), [Length(max=120)])


class TimedForm(LogForm):
    """Time with a beginning and an end on the clock."""

    starts = TimeField(lazy("Start"), [InputRequired(lazy("Enter the start, such as 09:30."))])
    ends = TimeField(lazy("End"), [Optional()])


class WorkForm(TimedForm):
    """Work as a peer."""

    pay = RadioField(
        lazy("How did you work?"),
        [InputRequired(lazy("Choose how you worked."))],
    )


class SupervisionForm(TimedForm):
    """Supervision, or being observed."""

    modality = RadioField(
        lazy("What kind of supervision?"), [InputRequired(lazy("Choose the kind."))]
    )


class InServiceForm(TimedForm):
    """Training at the place of work."""

    provider = StringField(
        lazy("Who gave it?"), [DataRequired(lazy("Enter who gave it.")), Length(max=120)]
    )


class ElsewhereForm(LogForm):
    """Training from another provider."""

    last_day = DateField(lazy("Last day"), [Optional()])
    modality = RadioField(
        lazy("How was it held?"), [InputRequired(lazy("Choose how it was held."))]
    )
    provider = StringField(
        lazy("Who gave it?"), [DataRequired(lazy("Enter who gave it.")), Length(max=120)]
    )
    approvals = StringField(lazy("Approval numbers"), [Length(max=300)])
    evidence = TextAreaField(
        lazy("What shows that you took part?"),
        [DataRequired(lazy("Say what shows it, such as a certificate.")), Length(max=500)],
    )


_FORMS: dict[Kind, type[LogForm]] = {
    Kind.WORK: WorkForm,
    Kind.SUPERVISION: SupervisionForm,
    Kind.IN_SERVICE: InServiceForm,
    Kind.ELSEWHERE: ElsewhereForm,
}


class ReasonForm(Form):
    """Why a learner takes a line back."""

    reason = StringField(
        lazy("Why do you take it back?"),
        [DataRequired(lazy("Say why, in a few words.")), Length(max=300)],
    )


def _library() -> Library:
    ways = learning.ways(session(), school().shelf, me().id)
    return ways[0].library if ways else school().shelf.current()


def _form(kind: Kind) -> LogForm:
    parts: dict[str, Field] = {}
    for n in PARTS:
        label = lazy("Topic") if n == 1 else lazy("Topic %(n)s", n=n)
        needed = InputRequired(lazy("Choose what it was mostly about.")) if n == 1 else Optional()
        parts[f"topic_{n}"] = SelectField(label, [needed])
        parts[f"minutes_{n}"] = IntegerField(lazy("Minutes of topic %(n)s", n=n), [Optional()])
    form: LogForm = type("Log", (_FORMS[kind],), parts)(request.form)
    topics = [SelectChoice(t.id, t.title) for t in _library().topics.values()]
    for n in PARTS:
        none = _("Choose a topic") if n == 1 else _("No topic")
        form[f"topic_{n}"].choices = [SelectChoice("", none), *topics]
    if "modality" in form:
        form["modality"].choices = [SelectChoice(str(m), modality(m)) for m in WAYS[kind]]
    if "pay" in form:
        form["pay"].choices = [SelectChoice(p, pay(p)) for p in ("paid", "volunteer", "internship")]
    return form


@bp.route("/hours/add", methods=["GET", "POST"])
@allow(GET=Role.LEARNER, POST=Role.LEARNER)
def add() -> ResponseReturnValue:
    """Choose a kind of time, then write it down."""
    try:
        kind = Kind(request.values.get("kind", ""))
        form = _form(kind)
    except (KeyError, ValueError):
        return render_template("hours/add.html"), 422 if request.method == "POST" else 200
    if request.method == "POST" and form.validate():
        try:
            return _keep(kind, form)
        except Refused as stop:
            _say(form, stop)
    page = render_template("hours/log.html", form=form, kind=kind, parts=PARTS)
    return page, (422 if request.method == "POST" else 200)


def _keep(kind: Kind, form: LogForm) -> ResponseReturnValue:
    zone = school().settings.timezone
    logged = log(_typed(kind, form), now(), zone)
    about = (kind, logged, _account(kind, form))
    row, beside = logging_hours.add(session(), now(), me(), zone, *about)
    words = _("Kept. Nobody has vouched for it yet.")
    if beside:
        words += " " + _(
            "Work and supervision lie at the same time here. Both lines stand: some boards count "
            "supervision within work hours, others do not."
        )
    return done(url_for("hours.mine", at=row.ref), words)


def _typed(kind: Kind, form: LogForm) -> Typed:
    get = form.data.get
    parts = [(get(f"topic_{n}"), get(f"minutes_{n}")) for n in PARTS]
    return Typed(
        kind,
        form.day.data,
        get("starts"),
        get("ends"),
        form.minutes.data,
        tuple((str(topic), minutes) for topic, minutes in parts if topic),
        get("last_day"),
    )


def _account(kind: Kind, form: LogForm) -> Account:
    def words(name: str) -> str:
        return str(form.data.get(name) or "").strip()

    numbers = [n.strip() for n in words("approvals").replace(";", ",").split(",")]
    return Account(
        title=words("title"),
        modality=Modality(words("modality") or WAYS[kind][0]),
        place=words("place"),
        provider=words("provider"),
        approvals=tuple(n for n in numbers if n)[:_APPROVALS],
        pay=words("pay"),
        evidence=words("evidence"),
    )


def _say(form: LogForm, stop: Refused) -> None:
    """Each refusal beside the field that mends it."""
    for refusal in stop.refusals:
        if refusal.field in form:
            form[refusal.field].errors = [*form[refusal.field].errors, told(refusal.sentence)]
        else:
            form.form_errors.append(told(refusal.sentence))


@bp.route("/hours/lines/<ref>", methods=["GET", "POST"])
@allow(GET=Role.LEARNER, POST=Role.LEARNER)
def take_back(ref: str) -> ResponseReturnValue:
    """Take back a line of one's own that nobody vouches for yet."""
    line = logging_hours.own_line(session(), me(), ref) or abort(404)
    form = ReasonForm(request.form)
    if request.method == "POST" and form.validate():
        try:
            logging_hours.take_back(session(), now(), line, str(form.reason.data), me())
            return done(url_for("hours.mine"), _("The line is taken back. Both stay on record."))
        except ValueError as stop:
            form.form_errors.append(str(stop))
    page = render_template("hours/take_back.html", form=form, line=line)
    return page, (422 if request.method == "POST" else 200)
