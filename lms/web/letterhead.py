"""What certificates print of the provider: seen on a sample first, then kept from a day on."""

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from jinja2 import TemplateError
from wtforms import DateField, Form, StringField, ValidationError
from wtforms.validators import InputRequired

from lms.domain import provider_record as rules
from lms.domain.people import Role
from lms.domain.provider_record import NAME_ON_PAPER, PRINTED, Statement, Topic
from lms.formats import looks, papers
from lms.formats.names import unprintable
from lms.formats.sample import sample
from lms.records import provider
from lms.web.access import allow
from lms.web.board_page import today
from lms.web.here import done, me, now, school, session
from lms.web.text import _, lazy

bp = Blueprint("letterhead", __name__)

LINES = {
    Topic.NAME: lazy("Name of the school"),
    Topic.NEUTRAL_NAME: lazy("Its name on papers that do not say recovery"),
    Topic.ADDRESS: lazy("Address"),
    Topic.SIGNATORY: lazy("Who signs"),
    Topic.SIGNATORY_TITLE: lazy("Office of who signs"),
}
KEEPERS = (Role.COORDINATOR, Role.OPERATOR)


def _fits(form: Form, field: StringField) -> None:
    words = str(field.data or "").strip()
    try:
        if words:
            rules.check(Topic(field.name), words, today(), today())
    except ValueError as fault:
        raise ValidationError(str(fault)) from fault
    if letters := unprintable(words):
        raise ValidationError(_("We cannot print: %(letters)s", letters=letters))


class FromForm(Form):
    """From which day the lines are printed."""

    starts = DateField(
        lazy("From which day"), [InputRequired(lazy("Enter the day, such as 2026-03-04."))]
    )


LetterheadForm = type(
    "LetterheadForm",
    (FromForm,),
    {str(topic): StringField(label, [_fits]) for topic, label in LINES.items()},
)


@bp.route("/manage/letterhead", methods=["GET", "POST"])
@allow(GET=KEEPERS, POST=KEEPERS)
def change() -> ResponseReturnValue:
    """The lines as they are printed today; a sample of them changed; and keeping the change."""
    printed = _printed()
    form = LetterheadForm(request.form, starts=today(), **printed)
    if request.method == "POST" and form.validate():
        if "sample" in request.form:
            return _sample(form) or _page(form)
        changed = [t for t in PRINTED if _typed(form, t) and _typed(form, t) != printed[t]]
        try:
            for topic in changed:
                words, starts = _typed(form, topic), form.starts.data
                provider.say(session(), now(), today(), me(), topic, words, starts)
        except ValueError as stop:
            form.form_errors.append(str(stop))
        else:
            return done(url_for(".change"), _said(len(changed)))
    return _page(form)


def _page(form: Form) -> ResponseReturnValue:
    page = render_template("manage/letterhead.html", form=form, topics=PRINTED, most=NAME_ON_PAPER)
    return page, (422 if request.method == "POST" else 200)


def _said(changed: int) -> str:
    if not changed:
        return _("Nothing was different, so nothing was changed.")
    return _("Kept. Certificates issued from that day on print it; earlier ones stay as they are.")


def _printed() -> dict[str, str]:
    told = provider.printing(session(), now(), school().office).provider
    return {
        Topic.NAME: told.name,
        Topic.NEUTRAL_NAME: told.neutral_name,
        Topic.ADDRESS: told.address,
        Topic.SIGNATORY: told.signatory,
        Topic.SIGNATORY_TITLE: told.signatory_title,
    }


def _typed(form: Form, topic: Topic) -> str:
    return str(form[topic].data or "").strip()


def _sample(form: Form) -> Response | None:
    """A made-up certificate with these lines, marked as one; None when it cannot be printed, with
    the reason on the form.
    """
    said = {t: Statement(t, _typed(form, t), today()) for t in PRINTED if _typed(form, t)}
    told = rules.printing(school().office.provider, said)
    try:
        pdf = papers.certificate_pdf(sample(told), looks.look_of(school().settings.data).place)
    except (looks.NoLook, papers.DoesNotFit, TemplateError) as stop:
        form.form_errors.append(str(stop))
        return None
    return Response(pdf, mimetype="application/pdf", headers={"Cache-Control": "no-store"})
