"""Making an account: by an invitation, by open sign-up; and setting a new password by a link."""

from pathlib import Path

from flask import Blueprint, abort, render_template, request, url_for
from flask import session as form_cookie
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import EmailField, Form, ValidationError
from wtforms.validators import InputRequired, Regexp

from lms.domain.people import Grant, Role, clean_name
from lms.models.people import Cohort, Invitation, Person
from lms.records import desks, journal, learning, people, signing_in
from lms.web import kept, signed_in
from lms.web.access import PUBLIC, allow
from lms.web.account import refuse_if_signed_in
from lms.web.forms import NameForm, PasswordForm
from lms.web.here import done, now, school, session, visitor
from lms.web.text import _, lazy

bp = Blueprint("joining", __name__)

_ADDRESS = Regexp(
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    message=lazy("Enter an email address, such as name@example.org."),
)
_COMMON = frozenset(
    (Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8").split()
)


class JoinForm(NameForm, PasswordForm):
    """Name and password of a new account."""

    def validate_name(self, field: object) -> None:
        """The name must be printable on a certificate's line."""
        try:
            clean_name(str(self.name.data))
        except ValueError as fault:
            raise ValidationError(str(fault)) from fault

    def validate_password(self, field: object) -> None:
        """Refuse what everyone tries first."""
        refuse_common(str(self.password.data))


class SignUpForm(JoinForm):
    """As joining, with an address of one's own."""

    email = EmailField(
        lazy("Email address"), [InputRequired(lazy("Enter your email address.")), _ADDRESS]
    )


class NewPasswordForm(PasswordForm):
    """A new password for an account that exists."""

    def validate_password(self, field: object) -> None:
        """Refuse what everyone tries first."""
        refuse_common(str(self.password.data))


class ResetForm(Form):
    """The address to send a link to."""

    email = EmailField(
        lazy("Email address"), [InputRequired(lazy("Enter your email address.")), _ADDRESS]
    )


def refuse_common(password: str) -> None:
    """Raise ValidationError for passwords on the list of those tried first (ASVS 6.2.4, 6.2.11)."""
    plain = password.casefold().replace(" ", "")
    if plain in _COMMON or plain.strip("0123456789!") in _COMMON or "peerpath" in plain:
        raise ValidationError(
            _("This password is one of the first that thieves try. Choose a longer sentence.")
        )


@bp.route("/join/<token>", methods=["GET", "POST"])
@allow(GET=PUBLIC, POST=PUBLIC)
def join(token: str) -> ResponseReturnValue:
    """Accept an invitation: with a new account, or with the one of the invited address."""
    if (who := visitor()) is not None:
        return _join_more(token, who.person)
    form = JoinForm(request.form)
    is_right = request.method == "POST" and form.validate()
    # Hashing is slow on purpose, so it comes before the database is held.
    hashed = people.hash_password(str(form.password.data)) if is_right else ""
    letter = signing_in.invitation(session(), now(), token)
    if letter is None:
        return render_template("joining/used.html"), 404
    if people.by_email(session(), letter.email) is not None:
        return kept.ask_to_sign_in()
    if is_right:
        try:
            person = signing_in.accept(session(), now(), letter, str(form.name.data), hashed)
        except people.EmailTaken:
            return render_template("joining/used.html"), 409
        _begin_program(letter, person)
        desks.take_seat(session(), now(), letter, person)
        return _welcome(person)
    if request.method == "GET":
        form.name.data = letter.name
    status = 422 if request.method == "POST" else 200
    board = desks.of_invitation(session(), letter)
    return render_template("joining/join.html", form=form, email=letter.email, board=board), status


def _join_more(token: str, person: Person) -> ResponseReturnValue:
    """Someone with an account joins one more cohort, if the invitation was sent to them."""
    letter = signing_in.invitation(session(), now(), token)
    if letter is None or letter.email != person.email:
        return refuse_if_signed_in() or abort(404)
    cohort = session().get(Cohort, letter.cohort_id) if letter.cohort_id else None
    refused = ""
    if request.method == "POST":
        try:
            desks.take_seat(session(), now(), letter, person)
            signing_in.accept_more(session(), now(), letter, person)
            _begin_program(letter, person)
            return done("/", _("You have joined. Everything you did before still counts."))
        except ValueError as stop:
            refused = str(stop)
    page = render_template(
        "joining/more.html",
        letter=letter,
        cohort=cohort,
        program=school().shelf.current().programs.get(cohort.program_id) if cohort else None,
        board=desks.of_invitation(session(), letter),
        refused=refused,
    )
    return page, (422 if refused else 200)


def _begin_program(letter: Invitation, person: Person) -> None:
    if letter.role == Role.LEARNER and letter.cohort_id is not None:
        cohort = session().get_one(Cohort, letter.cohort_id)
        if learning.way(session(), school().shelf, person.id, cohort.program_id) is None:
            learning.enrol(session(), school().shelf, now(), person, cohort.program_id, cohort.id)


def _welcome(person: Person) -> ResponseReturnValue:
    token = signing_in.start_device(session(), now(), person, _("The device you joined on"))
    form_cookie.clear()
    signed_in.remember(token)
    return done("/", _("Welcome. Your account is ready."))


@bp.route("/sign-up", methods=["GET", "POST"])
@allow(GET=PUBLIC, POST=PUBLIC)
def sign_up() -> ResponseReturnValue:
    """Make an account without an invitation, where the school allows it."""
    if not school().settings.open_sign_up:
        abort(404)
    if (stop := refuse_if_signed_in()) is not None:
        return stop
    form = SignUpForm(request.form)
    if request.method == "POST" and form.validate():
        return _sign_up(form)
    status = 422 if request.method == "POST" else 200
    return render_template("joining/sign_up.html", form=form), status


def _sign_up(form: SignUpForm) -> ResponseReturnValue:
    """The same page for a new and for a known address: nobody learns who is enrolled."""
    address = people.clean_email(str(form.email.data))
    hashed = people.hash_password(str(form.password.data))
    if not signing_in.may_write_to(session(), now(), school().settings.secret, address):
        return done(url_for(".check_mail"))
    if people.by_email(session(), address) is not None:
        journal.send_mail(
            session(),
            now(),
            address,
            _("You have an account already"),
            _(
                "Someone tried to sign up with this address. You have an account: sign in, or set "
                "a new password at %(link)s",
                link=school().settings.base_url + "/reset",
            ),
        )
        return done(url_for(".check_mail"))
    cohort = session().scalar(select(Cohort).order_by(Cohort.id).limit(1))
    if cohort is None:
        abort(404)
    _write_to_confirm(address, clean_name(str(form.name.data)), hashed, cohort)
    return done(url_for(".check_mail"))


def _write_to_confirm(address: str, name: str, password_hash: str, cohort: Cohort) -> None:
    grant = Grant(Role.LEARNER, cohort.id)
    token = signing_in.invite(
        session(), now(), address, grant, None, name=name, password_hash=password_hash
    )
    link = f"{school().settings.base_url}/sign-up/{token}"
    text = _("Open this link to finish: %(link)s", link=link)
    journal.send_mail(session(), now(), address, _("Finish signing up"), text)


@bp.get("/check-your-mail")
@allow(GET=PUBLIC)
def check_mail() -> ResponseReturnValue:
    """A letter is on its way, if there is somewhere to send it."""
    return render_template("joining/check_mail.html")


def reset_address(person: Person) -> str:
    """The link to send: a one-time one."""
    settings = school().settings
    token = signing_in.reset_token(settings.secret, now(), person)
    return f"{settings.base_url}/reset/{token}"


@bp.route("/reset", methods=["GET", "POST"])
@allow(GET=PUBLIC, POST=PUBLIC)
def ask_reset() -> ResponseReturnValue:
    """Ask for a link to set a new password; the answer is the same for every address."""
    form = ResetForm(request.form)
    if request.method == "POST" and form.validate():
        address = str(form.email.data)
        person = people.by_email(session(), address)
        may = signing_in.may_write_to(session(), now(), school().settings.secret, address)
        if may and person is not None and person.disabled_at is None:
            journal.send_mail(
                session(),
                now(),
                person.email,
                _("Set a new password"),
                _(
                    "Open this link within an hour to set a new password: %(link)s "
                    "If you did not ask for it, do nothing.",
                    link=reset_address(person),
                ),
            )
        return done(url_for(".check_mail"))
    status = 422 if request.method == "POST" else 200
    return render_template("joining/ask_reset.html", form=form), status


@bp.route("/reset/<token>", methods=["GET", "POST"])
@allow(GET=PUBLIC, POST=PUBLIC)
def reset(token: str) -> ResponseReturnValue:
    """Set a new password by link; every device is signed out."""
    form = NewPasswordForm(request.form)
    is_right = request.method == "POST" and form.validate()
    hashed = people.hash_password(str(form.password.data)) if is_right else ""
    person = signing_in.person_of_reset(session(), now(), school().settings.secret, token)
    if person is None:
        return render_template("joining/used.html"), 404
    if is_right:
        people.set_password(session(), now(), person, hashed)
        signing_in.end_all_devices(session(), now(), person)
        return done(url_for("account.sign_in"), _("Your new password is set. Sign in with it."))
    status = 422 if request.method == "POST" else 200
    return render_template("joining/reset.html", form=form, email=person.email), status


@bp.route("/sign-up/<token>", methods=["GET", "POST"])
@allow(GET=PUBLIC, POST=PUBLIC)
def finish_sign_up(token: str) -> ResponseReturnValue:
    """Confirm the address of an open sign-up; the account is made only now."""
    if (stop := refuse_if_signed_in()) is not None:
        return stop
    letter = signing_in.invitation(session(), now(), token)
    if letter is None or not letter.password_hash:
        return render_template("joining/used.html"), 404
    if request.method == "POST":
        try:
            person = signing_in.accept(session(), now(), letter, letter.name, letter.password_hash)
        except people.EmailTaken:
            return render_template("joining/used.html"), 409
        _begin_program(letter, person)
        return _welcome(person)
    return render_template("joining/finish.html", email=letter.email)
