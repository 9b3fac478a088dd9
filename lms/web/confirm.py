"""What a supervisor without an account sees behind their link: these lines, and nothing else."""

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
from wtforms import BooleanField, Form, IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from lms.domain.vouching import Attestation, LinkState
from lms.models.people import Person
from lms.records import confirmations, journal
from lms.records.confirmations import OWN, Asked, Word
from lms.web.access import PUBLIC, allow
from lms.web.here import done, now, school, session, visitor
from lms.web.text import _, lazy, plural

bp = Blueprint("confirm", __name__)

YES, NO = "yes", "no"
_MOST_REASON = 300


class AttestForm(Form):
    """Who confirms, and what they say of themselves."""

    name = StringField(lazy("Your name"), [DataRequired(lazy("Enter your name.")), Length(max=120)])
    role = StringField(lazy("Your role"), [DataRequired(lazy("Enter your role.")), Length(max=120)])
    is_peer = RadioField(
        lazy("Are you a certified peer yourself?"),
        [InputRequired(lazy("Choose yes or no."))],
        choices=[SelectChoice(YES, lazy("Yes")), SelectChoice(NO, lazy("No"))],
    )
    years = IntegerField(
        lazy("For how many years have you supervised peers?"),
        [Optional(), NumberRange(0, 70, lazy("Enter whole years, such as 3."))],
    )
    attest = BooleanField(
        lazy("I saw this work, or I know it from our own records."),
        [DataRequired(lazy("Tick this, or close the page and confirm nothing."))],
    )


@bp.route("/confirm/<token>", methods=["GET", "POST"])
@allow(GET=PUBLIC, POST=PUBLIC)
def sheet(token: str) -> ResponseReturnValue:
    """The lines of one link, each to be confirmed or not; once."""
    asked = confirmations.by_token(session(), school().settings.secret, now(), token)
    if asked is None:
        return _unlisted(render_template("confirm/gone.html", state=None), 404)
    who = visitor()
    if who is not None and who.person.id == asked.request.person_id:
        abort(403, OWN)
    if asked.state is not LinkState.OPEN:
        return _again() or _unlisted(render_template("confirm/gone.html", state=asked.state), 410)
    form = AttestForm(request.form)
    faults = _faults(asked) if request.method == "POST" else []
    if request.method == "POST" and form.validate() and not faults:
        return _keep(asked, form)
    learner = session().get_one(Person, asked.request.person_id)
    page = render_template(
        "confirm/sheet.html",
        form=form,
        asked=asked,
        learner=learner,
        school=school().settings.provider.name,
        faults=faults,
    )
    return _unlisted(page, 422 if request.method == "POST" else 200)


def _again() -> ResponseReturnValue | None:
    """The same form sent twice shows the answer it was given."""
    key = request.form.get("once", "")[:64]
    location = journal.answered_at(session(), key) if key else None
    return redirect(location, 303) if location else None


def _faults(asked: Asked) -> list[tuple[str, str]]:
    found = []
    for row in asked.open_lines:
        said = request.form.get(f"line-{row.ref}") or request.form.get("all", "")
        if said not in (YES, NO):
            words = _("Say whether “%(title)s” is as written.", title=row.title)
            found.append((f"line-{row.ref}-0", words))
        elif said == NO and not _reason(row.ref):
            words = _("Say what is not right about “%(title)s”.", title=row.title)
            found.append((f"why-{row.ref}", words))
    return found


def _reason(ref: str) -> str:
    return request.form.get(f"why-{ref}", "").strip()[:_MOST_REASON]


def _keep(asked: Asked, form: AttestForm) -> ResponseReturnValue:
    words = {}
    for row in asked.open_lines:
        agrees = (request.form.get(f"line-{row.ref}") or request.form.get("all")) == YES
        words[row.id] = Word(agrees, "" if agrees else _reason(row.ref))
    who = Attestation(
        str(form.name.data).strip(),
        str(form.role.data).strip(),
        form.is_peer.data == YES,
        form.years.data,
    )
    agreed = confirmations.answer(session(), now(), asked, who, words)
    learner = session().get_one(Person, asked.request.person_id)
    text = plural(
        "%(name)s confirmed %(num)s line of %(all)s. Look at it here: %(link)s",
        "%(name)s confirmed %(num)s lines of %(all)s. Look at them here: %(link)s",
        agreed,
        name=who.name,
        all=len(words),
        link=f"{school().settings.base_url}/hours",
    )
    journal.send_mail(session(), now(), learner.email, _("Your hours were looked at"), text)
    return done(url_for(".thanks"))


@bp.get("/confirmed")
@allow(GET=PUBLIC)
def thanks() -> ResponseReturnValue:
    """What was said is kept."""
    return _unlisted(render_template("confirm/thanks.html"), 200)


def _unlisted(page: str, status: int) -> Response:
    response = current_app.make_response((page, status))
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
