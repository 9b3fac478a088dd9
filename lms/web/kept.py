"""Typed words that met a closed door: kept in the page, and offered again behind it."""

from typing import TypedDict, cast

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

from lms.web.forms import SignInForm
from lms.web.here import school

_NEVER = frozenset({"csrf_token", "once"})
_KEEP_SECONDS = 24 * 3600


class Kept(TypedDict):
    """A form as it was sent: where to, its key, and its fields in order."""

    path: str
    once: str
    fields: list[tuple[str, str]]


def _next() -> URLSafeSerializer:
    return URLSafeSerializer(school().settings.secret, salt="next")


def _box() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(school().settings.secret, salt="kept")


def sign_path(path: str) -> str:
    """A path of ours, signed, so that nobody can send a person elsewhere after signing in."""
    return str(_next().dumps(path))


def read_path(signed: str) -> str | None:
    """The path, or None when we did not make it."""
    try:
        return str(_next().loads(signed))
    except BadSignature:
        return None


def this_form() -> Kept:
    """The form of this request, without secrets. It keeps its key: sent again, it acts once."""
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in _NEVER and "password" not in name
    ]
    return {"path": request.path, "once": request.form.get("once", "")[:64], "fields": fields}


def read(packed: str) -> Kept | None:
    """A kept form from a sign-in page, or None when it is not ours or a day old."""
    try:
        return cast(Kept, _box().loads(packed, max_age=_KEEP_SECONDS))
    except BadSignature:
        return None


def ask_to_sign_in() -> ResponseReturnValue:
    """To the sign-in page, and back here afterwards."""
    here = request.full_path.rstrip("?")
    return redirect(url_for("account.sign_in", next=sign_path(here)), 303)


def keep_and_ask() -> ResponseReturnValue:
    """A form arrived after the session ended: the sign-in page, holding what was typed."""
    return make_response(
        render_template(
            "account/sign_in.html",
            form=SignInForm(),
            next="",
            kept=_box().dumps(this_form()),
            ended=True,
        ),
        401,
    )


def repack(form: Kept) -> str:
    """A kept form for another try at signing in."""
    return str(_box().dumps(form))


def offer_again(form: Kept, title: str, why: str, status: int) -> ResponseReturnValue:
    """A page that shows what was typed and sends it again with one button."""
    shown = [value for name, value in form["fields"] if len(value) > 12 and " " in value]
    page = render_template("account/again.html", kept=form, shown=shown, title=title, why=why)
    return make_response(page, status)
