"""Asking a supervisor to confirm hours, and what has become of it."""

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import EmailField, Form, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Regexp

from lms.domain.people import Role
from lms.domain.vouching import LinkState
from lms.models.hours import LedgerEntry
from lms.models.people import Person
from lms.models.vouching import ConfirmationRequest
from lms.records import confirmations, journal, logging_hours, people
from lms.records.confirmations import Addressee, Asked
from lms.web.access import allow
from lms.web.here import done, me, my_cohorts, now, school, session
from lms.web.text import _, lazy, plural
from lms.web.words import day

bp = Blueprint("confirmations", __name__)

RELATIONS = {
    "supervisor": lazy("They supervise my work"),
    "clinical": lazy("They are a clinical supervisor"),
    "lead": lazy("They lead my team or program"),
    "trainer": lazy("They train or mentor me at work"),
}


class AskForm(Form):
    """Whom to ask."""

    to_name = StringField(
        lazy("Their name"), [DataRequired(lazy("Enter their name.")), Length(max=120)]
    )
    to_email = EmailField(
        lazy("Their email address"),
        [
            DataRequired(lazy("Enter their email address.")),
            Length(max=254),
            Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message=lazy("Enter one email address.")),
        ],
    )
    relation = RadioField(
        lazy("How do they know your work?"),
        [InputRequired(lazy("Choose how they know your work."))],
        choices=[SelectChoice(value, label) for value, label in RELATIONS.items()],
    )


class ReasonForm(Form):
    """Why a request is taken back."""

    reason = StringField(
        lazy("Why do you take it back?"),
        [DataRequired(lazy("Say why, in a few words.")), Length(max=300)],
    )


def month(moment: datetime) -> str:
    """The month of a moment in the provider's zone, such as ``2026-03``."""
    return f"{moment.astimezone(school().settings.timezone):%Y-%m}"


@bp.route("/hours/confirm", methods=["GET", "POST"])
@allow(GET=Role.LEARNER, POST=Role.LEARNER)
def ask() -> ResponseReturnValue:
    """Choose lines, a whole month at once, and name the person who confirms them."""
    asked = confirmations.asked_about(session(), now(), me().id)
    free = [x for x in logging_hours.waiting(session(), me().id) if x.id not in asked]
    form = AskForm(request.form)
    ticked = [row for row in free if row.ref in request.form.getlist("line")]
    errors: list[tuple[str, str]] = []
    if request.method == "POST" and form.validate():
        try:
            return _ask(form, ticked)
        except ValueError as stop:
            at = "to_email" if str(stop) == confirmations.OWN else "line-0" if free else ""
            errors.append((at, str(stop)))
    months = sorted({month(row.starts_at) for row in free}, reverse=True)
    chosen = request.values.get("month", "")[:7]
    shown = chosen if chosen in months else months[0] if months else ""
    lines = [row for row in free if month(row.starts_at) == shown]
    page = render_template(
        "hours/confirm.html",
        form=form,
        lines=lines,
        ticked={row.ref for row in (lines if request.method == "GET" else ticked)},
        months=[(m, _month_words(free, m)) for m in months],
        month=shown,
        before=confirmations.of_person(session(), now(), me().id),
        errors=errors,
    )
    return page, (422 if request.method == "POST" else 200)


def _month_words(rows: Sequence[LedgerEntry], wanted: str) -> str:
    count = sum(month(row.starts_at) == wanted for row in rows)
    return plural("%(month)s, %(num)s line", "%(month)s, %(num)s lines", count, month=wanted)


def _ask(form: AskForm, lines: Sequence[LedgerEntry]) -> ResponseReturnValue:
    settings = school().settings
    to = Addressee(
        str(form.to_name.data).strip(), str(form.to_email.data).strip(), str(form.relation.data)
    )
    made, token = confirmations.ask(session(), now(), settings.secret, me(), lines, to)
    link = f"{settings.base_url}/confirm/{token}"
    journal.send_mail(
        session(), now(), made.to_email, _("Please confirm hours"), _letter(made, link)
    )
    words = _("The letter is on its way to %(name)s.", name=to.name)
    if settings.demo:
        words += " " + _("This demo sends no letters. The link in it is: %(link)s", link=link)
    return done(url_for(".one", ref=made.ref), words)


def _letter(made: ConfirmationRequest, link: str) -> str:
    return _(
        "Hello %(name)s,\n\n%(learner)s asks you to confirm hours. Open this link to see them, one "
        "by one, and say which are as they were: %(link)s\n\nYou need no account. The link works "
        "once, until %(day)s. If you do not know this person, do nothing.\n\n%(school)s",
        name=made.to_name,
        learner=me().name,
        link=link,
        day=day(made.expires_at),
        school=school().settings.provider.name,
    )


@bp.route("/hours/confirmations/<ref>", methods=["GET", "POST"])
@allow(GET=(Role.LEARNER, Role.COORDINATOR), POST=(Role.LEARNER, Role.COORDINATOR))
def one(ref: str) -> ResponseReturnValue:
    """What was asked of whom, what came of it, and taking it back."""
    asked = confirmations.by_ref(session(), now(), ref) or abort(404)
    holder = _holder(asked)
    form = ReasonForm(request.form)
    if request.method == "POST" and form.validate():
        try:
            confirmations.revoke(session(), now(), asked, me(), str(form.reason.data))
            return done(url_for(".one", ref=ref), _("Taken back. Its link does not work any more."))
        except ValueError as stop:
            form.form_errors.append(str(stop))
    page = render_template(
        "hours/confirmation.html",
        form=form,
        asked=asked,
        holder=holder,
        is_mine=holder.id == me().id,
        relation=str(RELATIONS.get(asked.request.relation, "")),
        can_end=asked.state is not LinkState.REVOKED,
    )
    return page, (422 if request.method == "POST" else 200)


def _holder(asked: Asked) -> Person:
    """The learner, for themself and for the coordinators of their cohorts."""
    holder = session().get_one(Person, asked.request.person_id)
    mine = my_cohorts(Role.COORDINATOR)
    grants = people.grants_of(session(), holder.id)
    if holder.id != me().id and not any(
        g.role is Role.LEARNER and g.cohort in mine for g in grants
    ):
        abort(404)
    return holder
