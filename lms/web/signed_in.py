"""The session cookie: a random token, signed with the time it was last shown."""

from datetime import timedelta

from flask import Flask, Request, Response, g, request
from flask_login import LoginManager, UserMixin
from itsdangerous import BadSignature, TimestampSigner
from werkzeug.exceptions import RequestEntityTooLarge

from lms.domain.people import ABSOLUTE
from lms.models.database import take_turn
from lms.records import signing_in
from lms.records.signing_in import Visitor
from lms.web.here import now, school, session

_REFRESH = timedelta(minutes=10)


class SignedIn(UserMixin):
    """What flask-login calls the current user."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.id = visitor.person.ref


def cookie_name() -> str:
    """``__Host-`` binds the cookie to this very host; plain http exists only on the own machine."""
    return "__Host-peerpath" if school().settings.is_https else "peerpath"


class _Signer(TimestampSigner):
    """Signs with the moment of the request, so that one clock decides."""

    def get_timestamp(self) -> int:
        """Whole seconds since 1970."""
        return int(now().timestamp())


def _signer() -> TimestampSigner:
    return _Signer(school().settings.secret, salt="device")


def load(_request: Request) -> SignedIn | None:
    """The visitor of this request, from the cookie and one statement."""
    signed = request.cookies.get(cookie_name())
    if not signed:
        return None
    try:
        token, seen_at = _signer().unsign(signed, return_timestamp=True)
    except BadSignature:
        return None
    once = _form_key()
    if once:
        take_turn(session(), once)
    found = signing_in.visitor(session(), now(), token.decode(), seen_at, once)
    if found is None:
        g.drop_cookie = True
        return None
    if now() - seen_at > _REFRESH:
        g.set_cookie = token.decode()
    return SignedIn(found)


def _form_key() -> str:
    """The key of the form that was sent; "" for one too large to read, which its view refuses."""
    try:
        return request.form.get("once", "")[:64] if request.method == "POST" else ""
    except RequestEntityTooLarge:
        return ""


def remember(token: str) -> None:
    """Set the cookie of a new sign-in on this response."""
    g.set_cookie = token


def forget() -> None:
    """Drop the cookie on this response."""
    g.drop_cookie = True


def leave_as_is() -> None:
    """Neither set nor drop the cookie on this response: for pages that keep no session."""
    g.pop("set_cookie", None)
    g.pop("drop_cookie", None)


def write_cookie(response: Response) -> Response:
    """Put the cookie on the response when this request changed it."""
    secure = school().settings.is_https
    if token := g.pop("set_cookie", None):
        response.set_cookie(
            cookie_name(),
            _signer().sign(token).decode(),
            max_age=int(ABSOLUTE.total_seconds()),
            secure=secure,
            httponly=True,
            samesite="Lax",
            path="/",
        )
    elif g.pop("drop_cookie", False):
        response.delete_cookie(cookie_name(), path="/", secure=secure, httponly=True)
    return response


def connect(app: Flask) -> None:
    """Tell flask-login how to find the visitor; it keeps no session of its own."""
    login = LoginManager()
    login.session_protection = None
    login.request_loader(load)
    # Its context processor would ask the database on error pages too.
    login.init_app(app, add_context_processor=False)
    app.after_request(write_cookie)
