"""A name that is printed wrong: asked for by the holder, decided by a coordinator who saw proof."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from lms.domain.certificate import State
from lms.domain.people import Role, clean_name
from lms.formats.names import unprintable
from lms.models.holding import NameCorrection
from lms.models.people import Person
from lms.records import certificates, journal, naming, people
from lms.web.access import allow
from lms.web.here import done, me, my_cohorts, now, school, session
from lms.web.manage import refuse_own
from lms.web.papers import standing_or_refused
from lms.web.text import _, lazy

bp = Blueprint("naming", __name__)

MOST = 300


class CorrectionForm(Form):
    """The name as it should have been printed."""

    name = StringField(
        lazy("Name as it should be printed"), [InputRequired(lazy("Enter the full name."))]
    )

    def validate_name(self, field: object) -> None:
        """The name must fit its line, in letters we can print."""
        try:
            clean_name(str(self.name.data))
        except ValueError as fault:
            raise ValidationError(str(fault)) from fault
        if letters := unprintable(str(self.name.data)):
            raise ValidationError(_("We cannot print: %(letters)s", letters=letters))


class EvidenceForm(Form):
    """What shows the name; said before it is printed."""

    evidence = StringField(
        lazy("What did you see that shows this name?"),
        [
            DataRequired(lazy("Say what you saw, such as: driving licence, in person.")),
            Length(max=MOST, message=lazy("Use 300 characters at most.")),
        ],
    )


class CorrectAtOnceForm(CorrectionForm, EvidenceForm):
    """The name and what shows it, where a coordinator corrects it unasked."""


class DeclineForm(Form):
    """Why the name stays as it is."""

    reason = TextAreaField(
        lazy("Why not?"),
        [
            DataRequired(lazy("Say why, and what would help. The learner reads it.")),
            Length(max=MOST, message=lazy("Use 300 characters at most.")),
        ],
    )


@bp.route("/certificates/name", methods=["GET", "POST"])
@allow(GET=Role.LEARNER, POST=Role.LEARNER)
def ask() -> ResponseReturnValue:
    """Ask for the name to be corrected; or take that back."""
    last = naming.last_of(session(), me().id)
    waits = last is not None and not last.outcome
    form = CorrectionForm(request.form, name=me().name)
    if request.method == "POST" and "withdraw" in request.form and last is not None:
        return _withdraw(last)
    if request.method == "POST" and form.validate():
        try:
            _ask(me(), form)
        except ValueError as stop:
            form.form_errors.append(str(stop))
        else:
            _tell_coordinators()
            return done(url_for(".ask"), _("Your coordinator was asked."))
    page = render_template("certificates/name.html", form=form, last=last, waits=waits, person=me())
    return page, (422 if request.method == "POST" else 200)


def _ask(person: Person, form: CorrectionForm) -> NameCorrection:
    name = clean_name(str(form.name.data))
    return naming.ask(session(), now(), school().office, person, name, me())


def _withdraw(last: NameCorrection) -> ResponseReturnValue:
    try:
        naming.withdraw(session(), now(), last, me())
    except ValueError as stop:
        abort(409, str(stop))
    return done(url_for(".ask"), _("Taken back. Your name stays as it is."))


def _tell_coordinators() -> None:
    """The letter names nobody: whoever may read it finds the rest behind the link."""
    link = school().settings.base_url + url_for("manage.cohorts")
    grants = people.grants_of(session(), me().id)
    cohorts = [grant.cohort for grant in grants if grant.role is Role.LEARNER and grant.cohort]
    members = people.members(session(), cohorts, Role.COORDINATOR)
    for address in {person.email for person, _cohort in members if person.id != me().id}:
        words = _("Someone asks for a name to be corrected. Look at it here: %(link)s", link=link)
        journal.send_mail(session(), now(), address, _("A name to be corrected"), words)


def _one_or_404(ref: str) -> tuple[NameCorrection, Person]:
    row = naming.by_ref(session(), ref) or abort(404)
    theirs = naming.waiting(session(), my_cohorts(Role.COORDINATOR))
    holder = session().get_one(Person, row.person_id)
    if not row.outcome and all(one.id != row.id for one, _person in theirs):
        abort(404)
    if row.outcome and row.decided_by != me().id:
        abort(404)
    refuse_own(holder)
    return row, holder


@bp.route("/manage/names/<ref>", methods=["GET", "POST"])
@allow(GET=Role.COORDINATOR, POST=Role.COORDINATOR)
def decide(ref: str) -> ResponseReturnValue:
    """See both names; print the new one with what was seen, or decline with a reason."""
    row, holder = _one_or_404(ref)
    is_no = "decline" in request.form
    seen = EvidenceForm(request.form if not is_no else None)
    no = DeclineForm(request.form if is_no else None)
    form: Form = no if is_no else seen
    if request.method == "POST" and form.validate():
        try:
            words = _decline(row, holder, no) if is_no else _approve(row, seen)
        except ValueError as stop:
            abort(409, str(stop))
        return done(url_for("manage.person", ref=holder.ref), words)
    held = certificates.of_person(session(), holder.id, now(), school().office)
    page = render_template(
        "manage/name.html", row=row, person=holder, seen=seen, no=no, form=form, records=held
    )
    return page, (422 if request.method == "POST" else 200)


def _approve(row: NameCorrection, form: EvidenceForm) -> str:
    naming.approve(session(), now(), row, str(form.evidence.data), school().office, me())
    return _("The name is corrected. Certificates that stand are issued anew.")


def _decline(row: NameCorrection, holder: Person, form: DeclineForm) -> str:
    naming.decline(session(), now(), row, str(form.reason.data).strip(), me())
    link = school().settings.base_url + url_for(".ask")
    words = _("What you asked about your name was answered. Read it here: %(link)s", link=link)
    journal.send_mail(session(), now(), holder.email, _("About your name"), words)
    return _("Declined. They get a letter with a link to your reason.")


@bp.route("/manage/certificates/<code>/name", methods=["GET", "POST"])
@allow(GET=Role.COORDINATOR, POST=Role.COORDINATOR)
def correct(code: str) -> ResponseReturnValue:
    """Correct the name at once: new certificates replace those that stand, linked both ways."""
    record, holder = standing_or_refused(code)
    if record.standing.state is State.SUSPENDED:
        # A corrected one would be valid: the doubt has to be settled first.
        abort(409, _("This certificate is suspended. Let it count again before you correct it."))
    last = naming.last_of(session(), holder.id)
    if last is not None and not last.outcome:
        return redirect(url_for(".decide", ref=last.ref), 303)
    form = CorrectAtOnceForm(request.form, name=holder.name)
    if request.method == "POST" and form.validate():
        try:
            _approve(_ask(holder, form), form)
        except ValueError as stop:
            form.form_errors.append(str(stop))
        else:
            return done(url_for("manage.person", ref=holder.ref), _("A corrected one is issued."))
    page = render_template("manage/correct.html", form=form, record=record, person=holder)
    return page, (422 if request.method == "POST" else 200)
