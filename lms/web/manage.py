"""The coordinator's desk: cohorts, people, extra time, invitations, corrections of hours."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import EmailField, Form, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from lms.domain.people import Grant, Role
from lms.domain.quiz import Quiz
from lms.models.people import Cohort, Person
from lms.records import (
    confirmations,
    goes,
    hours,
    journal,
    learning,
    naming,
    people,
    signing_in,
    undertakings,
)
from lms.records.certificates import of_person
from lms.web.access import allow
from lms.web.here import done, me, my_cohorts, now, school, session
from lms.web.text import _, lazy

bp = Blueprint("manage", __name__)

FACTORS = {
    "100": lazy("Usual time"),
    "125": lazy("A quarter more"),
    "150": lazy("Half as long again"),
    "200": lazy("Twice as long"),
    "0": lazy("No time limits"),
}


class FactorForm(Form):
    """A person's accommodation. Its reason is never asked for."""

    factor = RadioField(
        lazy("Time in quizzes"),
        [InputRequired(lazy("Choose how much time."))],
        choices=[SelectChoice(value, label) for value, label in FACTORS.items()],
    )


class InviteForm(Form):
    """Whom to invite, and as what."""

    email = EmailField(
        lazy("Email address"),
        [
            InputRequired(lazy("Enter an email address.")),
            Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message=lazy("Enter one email address.")),
        ],
    )
    role = SelectField(
        lazy("Role"),
        [InputRequired(lazy("Choose a role."))],
        choices=[
            SelectChoice(str(Role.LEARNER), lazy("Learner")),
            SelectChoice(str(Role.ASSESSOR), lazy("Assessor")),
        ],
    )


class ReasonForm(Form):
    """Why a line is taken back."""

    reason = StringField(
        lazy("Why is this line taken back?"),
        [InputRequired(lazy("Say why. The learner will see it.")), Length(max=300)],
    )


@bp.get("/manage")
@allow(GET=Role.COORDINATOR)
def cohorts() -> ResponseReturnValue:
    """One's cohorts and the people in them."""
    mine = people.cohorts(session(), my_cohorts(Role.COORDINATOR))
    learners = people.members(session(), [c.id for c in mine], Role.LEARNER)
    asked = undertakings.asked_of(session(), me(), [c.id for c in mine])
    return render_template(
        "manage/cohorts.html",
        cohorts=mine,
        learners=learners,
        asked=asked,
        names=naming.waiting(session(), [c.id for c in mine]),
    )


@bp.route("/manage/cohorts/<ref>/invite", methods=["GET", "POST"])
@allow(GET=Role.COORDINATOR, POST=Role.COORDINATOR)
def invite(ref: str) -> ResponseReturnValue:
    """Send an invitation; the letter goes through the outbox."""
    cohort = cohort_or_404(ref)
    form = InviteForm(request.form)
    if request.method == "POST" and form.validate():
        grant = Grant(Role(form.role.data), cohort.id)
        token = signing_in.invite(session(), now(), form.email.data, grant, me().id)
        address = people.clean_email(form.email.data)
        journal.send_mail(session(), now(), address, *invitation_letter(token))
        return done(url_for(".cohorts"), _("The invitation is on its way."))
    page = render_template("manage/invite.html", form=form, cohort=cohort)
    return page, (422 if request.method == "POST" else 200)


def cohort_or_404(ref: str) -> Cohort:
    """A cohort that the visitor coordinates."""
    mine = people.cohorts(session(), my_cohorts(Role.COORDINATOR))
    return next((c for c in mine if c.ref == ref), None) or abort(404)


def invitation_letter(token: str) -> tuple[str, str]:
    """The subject and the words of an invitation."""
    link = f"{school().settings.base_url}/join/{token}"
    return (
        _("You are invited to a training"),
        _("Open this link within two weeks to join: %(link)s", link=link),
    )


def person_or_404(ref: str) -> Person:
    """A learner of a cohort that the visitor coordinates."""
    person = people.by_ref(session(), ref)
    mine = my_cohorts(Role.COORDINATOR)
    grants = people.grants_of(session(), person.id) if person else ()
    if person is None or not any(g.role is Role.LEARNER and g.cohort in mine for g in grants):
        abort(404)
    refuse_own(person)
    return person


def refuse_own(person: Person) -> None:
    """Nobody gives themselves time, hours or a corrected paper."""
    if person.id == me().id:
        abort(403, _("This is your own record. Another coordinator looks after it."))


@bp.route("/manage/people/<ref>", methods=["GET", "POST"])
@allow(GET=Role.COORDINATOR, POST=Role.COORDINATOR)
def person(ref: str) -> ResponseReturnValue:
    """One learner: how far, which hours, which certificates; and their time in quizzes."""
    found = person_or_404(ref)
    form = FactorForm(request.form, factor=str(found.time_factor))
    if request.method == "POST" and form.validate():
        people.set_time_factor(session(), now(), found, int(form.factor.data), me().id)
        return done(
            url_for(".person", ref=ref), _("Kept. It counts from now, also in a running quiz.")
        )
    lines = hours.lines(session(), found.id)
    ways = learning.ways(session(), school().shelf, found.id)
    page = render_template(
        "manage/person.html",
        person=found,
        form=form,
        ways=ways,
        goes=goes.standing(session(), found.id, _quizzes(ways)),
        lines=lines,
        taken_back={line.reverses_id for line in lines if line.reverses_id},
        asked=confirmations.of_person(session(), now(), found.id),
        records=of_person(session(), found.id, now(), school().office),
    )
    return page, (422 if request.method == "POST" else 200)


@bp.post("/manage/people/<ref>/quizzes/<quiz_id>")
@allow(POST=Role.COORDINATOR)
def another_go(ref: str, quiz_id: str) -> ResponseReturnValue:
    """Give one more go at a quiz, open at once."""
    found = person_or_404(ref)
    mine = _quizzes(learning.ways(session(), school().shelf, found.id))
    quiz = next((quiz for quiz in mine if quiz.id == quiz_id), None) or abort(404)
    try:
        goes.give(session(), now(), found, quiz, me())
    except goes.AlreadyPassed:
        abort(409)
    return done(url_for(".person", ref=ref), _("Another go is given, and they get a letter."))


def _quizzes(ways: list[learning.Way]) -> list[Quiz]:
    return [way.library.quizzes[name] for way in ways for name in way.program.requires.quizzes]


@bp.route("/manage/hours/<ref>", methods=["GET", "POST"])
@allow(GET=Role.COORDINATOR, POST=Role.COORDINATOR)
def take_back(ref: str) -> ResponseReturnValue:
    """Take a line of hours back, with a reason; the line itself stays."""
    line = hours.by_ref(session(), ref) or abort(404)
    holder = session().get_one(Person, line.person_id)
    person_or_404(holder.ref)
    form = ReasonForm(request.form)
    if request.method == "POST" and form.validate():
        try:
            hours.reverse(session(), now(), line, form.reason.data, me())
            return done(url_for(".person", ref=holder.ref), _("The line is taken back."))
        except ValueError as stop:
            form.form_errors.append(str(stop))
    page = render_template("manage/take_back.html", form=form, line=line, person=holder)
    return page, (422 if request.method == "POST" else 200)
