"""Signing in and out, joining, a forgotten password, one's own devices."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask import session as form_cookie
from flask.typing import ResponseReturnValue

from lms.domain.people import ABSOLUTE, Role
from lms.models.people import Device, Person
from lms.models.timetable import CalendarFeed
from lms.records import calendars, nudging, people, signing_in
from lms.web import kept, signed_in
from lms.web.access import PUBLIC, SIGNED_IN, allow
from lms.web.forms import SignInForm
from lms.web.here import done, me, now, school, session, visitor
from lms.web.here import signed_in as signed_in_visitor
from lms.web.manage import FACTORS
from lms.web.text import _

bp = Blueprint("account", __name__)


def _label() -> str:
    agent = request.user_agent.string
    system = next(
        (s for s in ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux") if s in agent), ""
    )
    browser = next((b for b in ("Firefox", "Edg", "Chrome", "Safari") if b in agent), "")
    return " · ".join(p for p in (browser.replace("Edg", "Edge"), system) if p) or _("A device")


def guess_keys(email: str) -> tuple[str, str]:
    """What failed guesses are counted by: the account, and the address they come from."""
    secret = school().settings.secret
    return (
        signing_in.keyed(secret, "account", people.clean_email(email)),
        signing_in.keyed(secret, "address", request.remote_addr or ""),
    )


def _check(form: SignInForm) -> tuple[Person | None, bool]:
    """The person whose password this is, and whether guesses are braked. Hashing holds no lock."""
    email, password = str(form.email.data), str(form.password.data)
    with school().database.reading() as reading:
        braked = signing_in.must_wait(reading, now(), *guess_keys(email))
        person = people.by_email(reading, email)
    if braked:
        return None, True
    right = people.password_is_right(person.password_hash if person else None, password)
    return (person if right and person and person.disabled_at is None else None), False


@bp.route("/sign-in", methods=["GET", "POST"])
@allow(GET=PUBLIC, POST=PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Sign in, and go on where one wanted to go."""
    form = SignInForm(request.form)
    held = kept.read(request.form.get("kept", ""))
    target = request.values.get("next", "")
    if request.method == "GET":
        return render_template("account/sign_in.html", form=SignInForm(), next=target, kept="")
    status = 422
    if form.validate():
        person, braked = _check(form)
        if person is not None:
            return _enter(person, held, kept.read_path(target) or "/")
        status = 429 if braked else 422
        if not braked:
            signing_in.note_failure(session(), now(), *guess_keys(str(form.email.data)))
            session().commit()
        form.form_errors.append(brake_words() if braked else _wrong_words())
    again = kept.repack(held) if held else ""
    page = render_template("account/sign_in.html", form=form, next=target, kept=again)
    return page, status


def _wrong_words() -> str:
    return _("The email address and password do not go together. Check both.")


def brake_words() -> str:
    """What is said when guesses are braked."""
    return _("There were too many tries. Wait 15 minutes, then try again.")


def _enter(person: Person, held: kept.Kept | None, target: str) -> ResponseReturnValue:
    token = signing_in.start_device(session(), now(), person, _label())
    form_cookie.clear()
    signed_in.remember(token)
    # No once key: the second click of a hasty hand signs in too, instead of spoiling the first.
    session().commit()
    if held is None:
        return redirect(target, 303)
    return kept.offer_again(
        held,
        _("You are signed in again"),
        _("What you typed is still here. It is not saved yet. Send it now to save it."),
        200,
    )


@bp.post("/sign-out")
@allow(POST=SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """End this session on the server."""
    who = signed_in_visitor()
    signing_in.end_device(session(), now(), session().merge(who.device), who.person.id)
    form_cookie.clear()
    signed_in.forget()
    return done(url_for("home.front"), _("You are signed out."))


@bp.route("/account", methods=["GET", "POST"])
@allow(GET=SIGNED_IN, POST=SIGNED_IN)
def mine() -> ResponseReturnValue:
    """One's own account: devices, roles, accommodation."""
    who = signed_in_visitor()
    if request.method == "POST":
        signing_in.end_all_devices(session(), now(), who.person, keep=who.device.id)
        return done(url_for(".mine"), _("You are signed out everywhere else."))
    factor = str(who.person.time_factor)
    return render_template(
        "account/mine.html",
        who=who,
        time_words=FACTORS.get(factor, f"{factor} %"),
        devices=[d for d in _devices() if now() - d.started_at <= ABSOLUTE],
        cohorts=people.cohorts(session(), [g.cohort for g in who.grants if g.cohort]),
        feed=(feed := calendars.of_person(session(), who.person.id)),
        feed_href=feed and _feed_href(feed),
    )


def _feed_href(feed: CalendarFeed) -> str:
    token = calendars.token(school().settings.secret, feed)
    return school().settings.base_url + url_for("calendars.feed", token=token)


def _devices() -> list[Device]:
    return signing_in.devices_of(session(), me().id)


@bp.post("/account/letters")
@allow(POST=Role.LEARNER)
def letters() -> ResponseReturnValue:
    """Turn letters about going on off, or on again."""
    is_on = me().nudges_off_at is not None
    nudging.switch(session(), now(), session().merge(me()), is_on)
    return done(
        url_for(".mine"),
        _("You get letters about going on again.") if is_on else _("You get no more such letters."),
    )


@bp.post("/account/devices/<ref>")
@allow(POST=SIGNED_IN)
def end_device(ref: str) -> ResponseReturnValue:
    """Sign one of one's own devices out."""
    device = next((d for d in _devices() if d.ref == ref), None) or abort(404)
    signing_in.end_device(session(), now(), device, me().id)
    return done(url_for(".mine"), _("That device is signed out."))


def refuse_if_signed_in() -> ResponseReturnValue | None:
    """A link for someone else's account is not followed while signed in."""
    if visitor() is None:
        return None
    flash(_("You are signed in. Sign out first to use that link."), "info")
    return redirect(url_for("account.mine"), 303)
