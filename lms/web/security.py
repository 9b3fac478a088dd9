"""Headers on every answer, and the checks every request passes first."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Request, Response, abort, g, request
from werkzeug.datastructures import ImmutableMultiDict, iter_multi_items

from lms.web.here import SAFE, school

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


class Fields(ImmutableMultiDict[str, Any]):
    """Fields of a form or query without NUL, which nobody types and PostgreSQL cannot store."""

    def __init__(self, given: Mapping[str, Any] | Iterable[tuple[str, Any]] | None = None) -> None:
        super().__init__([(_plain(k), _plain(v)) for k, v in iter_multi_items(given or ())])


def _plain(value: Any) -> Any:
    return value.replace("\x00", "") if isinstance(value, str) else value


class PlainRequest(Request):
    """A request whose fields are read once, and plain."""

    parameter_storage_class = Fields


def csp_nonce() -> str:
    """The nonce that our one script carries in this response."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def _is_our_host(host: str) -> bool:
    ours = school().settings.host
    if host == ours:
        return True
    name, _, port = ours.rpartition(":")
    there, _, there_port = host.rpartition(":")
    return name in _LOOPBACK and there in _LOOPBACK and port == there_port


def _is_our_origin(origin: str) -> bool:
    try:
        return _is_our_host(urlsplit(origin).netloc)
    except ValueError:  # not an address at all
        return False


def check_request() -> None:
    """Refuse other hosts' names, and changes that another site asks for."""
    if not _is_our_host(request.host):
        abort(400, "This address is not ours.")
    if "\x00" in request.path:
        abort(404)
    if request.method in SAFE:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403, "This form was sent from another site.")
    origin = request.headers.get("Origin")
    if origin and not _is_our_origin(origin):
        abort(403, "This form was sent from another site.")


def add_headers(response: Response) -> Response:
    """No third party, no framing, no guessing of types, no leaking of addresses, no caching."""
    script = f"'nonce-{csp_nonce()}'" if response.mimetype == "text/html" else "'none'"
    response.headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'none'; script-src {script}; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "object-src 'none'; frame-ancestors 'none'",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    # Not "no-referrer": browsers then send "Origin: null" with our own forms.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if school().settings.is_https:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
