"""Deleting one's own account: said before, confirmed by the password, said again after."""

from flask import Blueprint, render_template, request, url_for
from flask import session as form_cookie
from flask.typing import ResponseReturnValue
from wtforms import Form, PasswordField
from wtforms.validators import InputRequired

from lms.domain.retention import MARGIN_YEARS, RULES
from lms.models.people import Person
from lms.records import closing, people, signing_in
from lms.web import signed_in
from lms.web.access import PUBLIC, SIGNED_IN, allow
from lms.web.account import brake_words, guess_keys
from lms.web.here import done, me, now, school, session
from lms.web.text import _, lazy
from lms.web.words import day

bp = Blueprint("closing", __name__)


class DeleteForm(Form):
    """One's own password, so that a borrowed phone deletes nothing."""

    password = PasswordField(
        lazy("Your password"), [InputRequired(lazy("Enter your password to confirm."))]
    )


@bp.route("/account/delete", methods=["GET", "POST"])
@allow(GET=SIGNED_IN, POST=SIGNED_IN)
def delete() -> ResponseReturnValue:
    """What would go and what would stay; then delete."""
    form = DeleteForm(request.form)
    status = 200
    if request.method == "POST":
        person = session().merge(me())
        status = _refuse(form, person)
        if not status:
            try:
                return _delete(person)
            except closing.OnlyOperator:
                only = _("You are the only operator. Give someone else this role first.")
                form.form_errors.append(only)
                status = 422
    page = render_template(
        "account/delete.html",
        form=form,
        kept=closing.kept(session(), now(), school().office, me()),
        margin=MARGIN_YEARS,
        longest=max(rule.years for rule in RULES),
    )
    return page, status


def _refuse(form: DeleteForm, person: Person) -> int:
    """The status of a refusal, or 0 when the password is theirs."""
    if not form.validate():
        return 422
    keys = guess_keys(person.email)
    if signing_in.must_wait(session(), now(), *keys):
        form.form_errors.append(brake_words())
        return 429
    if not people.password_is_right(person.password_hash, str(form.password.data)):
        signing_in.note_failure(session(), now(), *keys)
        session().commit()
        form.password.errors = [_("This is not your password. Nothing was deleted.")]
        return 422
    return 0


def _delete(person: Person) -> ResponseReturnValue:
    kept = closing.delete_account(session(), now(), school().office, person)
    form_cookie.clear()
    signed_in.forget()
    words = _(
        "Your account is deleted. What is kept is kept until %(day)s at least.", day=day(kept.until)
    )
    return done(url_for(".deleted"), words)


@bp.get("/account/deleted")
@allow(GET=PUBLIC)
def deleted() -> ResponseReturnValue:
    """What went and what stays, in general: the page that follows a deletion."""
    return render_template("account/deleted.html", margin=MARGIN_YEARS)
