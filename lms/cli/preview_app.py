"""The application of ``lms content preview``: no database, and an answer to this machine only."""

from pathlib import Path
from typing import Any, Final

from flask import Flask, Response, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from werkzeug.exceptions import NotFound
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from lms.cli import preview_pages
from lms.cli.preview_pages import Preview, preview
from lms.cli.watch import Watch
from lms.content.places import content_root
from lms.domain.certificate import elapsed, in_hours

HOST: Final = "127.0.0.1"

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)


class _Quiet(WSGIRequestHandler):
    """Says nothing of each request: pages ask every second."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing."""


def server(app: Flask, port: int) -> BaseWSGIServer:
    """A server for this machine only. The port must be free."""
    return make_server(HOST, port, app, threaded=True, request_handler=_Quiet)


def create(root: Path, watch: Watch) -> Flask:
    """The application for one tree."""
    app = Flask("lms", template_folder=str(content_root() / "templates"), static_folder="static")
    app.config.update(TRUSTED_HOSTS=[HOST, "localhost"], SEND_FILE_MAX_AGE_DEFAULT=0)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(hours=in_hours, elapsed=elapsed)
    app.extensions["preview"] = Preview(root, watch)
    Babel(app, default_locale="en")
    app.before_request(_look)
    app.after_request(_add_headers)
    app.context_processor(_frame)
    app.url_defaults(_without_program)
    app.register_error_handler(NotFound, _missing)
    for part in (preview_pages.desk, preview_pages.guides, preview_pages.learn):
        app.register_blueprint(part)
    return app


def _look() -> None:
    """Before anything is read, so that a change in between is not missed."""
    if request.endpoint != "static":
        g.token = preview().watch.token()


def _add_headers(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def _frame() -> dict[str, Any]:
    found = preview().watch.findings
    links = (
        ("/", "Modules"),
        ("/findings", "Findings" if found is None else f"Findings ({len(found)})"),
        ("/authoring", "Writing"),
    )
    return {
        "token": g.get("token", ""),
        "found": found,
        # A page inside another one, as on a phone, shows what a learner sees and nothing besides.
        "is_framed": request.headers.get("Sec-Fetch-Dest") == "iframe",
        "error_count": sum(finding.severity == "error" for finding in found or ()),
        "nav": [(href, label, request.path == href) for href, label in links],
    }


def _without_program(_endpoint: str, values: dict[str, Any]) -> None:
    """A section stands at its own address here, whatever program teaches it."""
    values.pop("program_id", None)


def _missing(_fault: Exception) -> ResponseReturnValue:
    return render_template("preview/missing.html"), 404
