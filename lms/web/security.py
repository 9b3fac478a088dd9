"""Headers on every answer, and the checks every request passes first."""

import secrets
from urllib.parse import urlsplit

from flask import Response, abort, g, request

from lms.web.here import SAFE, school

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


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


def check_request() -> None:
    """Refuse other hosts' names, and changes that another site asks for."""
    if not _is_our_host(request.host):
        abort(400, "This address is not ours.")
    if request.method in SAFE:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403, "This form was sent from another site.")
    origin = request.headers.get("Origin")
    if origin and not _is_our_host(urlsplit(origin).netloc):
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
