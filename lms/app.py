"""The application: the only module that knows all others."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog
from flask import Flask, request
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect
from structlog.typing import Processor

from lms.config import Settings
from lms.content.places import content_root
from lms.models.database import Database
from lms.records.office import office_of
from lms.records.shelf import Shelf
from lms.web import (
    access,
    account,
    api,
    api_keys,
    applications,
    batches,
    board,
    board_answers,
    board_draft,
    board_page,
    board_people,
    board_records,
    board_watches,
    boards,
    calendars,
    certificates,
    closing,
    cohort_requirements,
    confirm,
    confirmations,
    credentials,
    curriculum,
    door,
    errors,
    evaluations,
    grading,
    guides,
    home,
    hours,
    images,
    joining,
    learn,
    letterhead,
    live_sessions,
    logging_hours,
    manage,
    naming,
    operate,
    outcomes,
    papers,
    past_hours,
    planning,
    provider,
    quizzes,
    releases,
    renewing,
    requirements,
    result_sheets,
    role_plays,
    rosters,
    samples,
    seals,
    security,
    sharing,
    signed_in,
    stuck,
    suspending,
    timetable,
    trainers,
    transfers,
    translog,
    undertakings,
    uploads,
    verify,
    verify_file,
    wording,
    words,
)
from lms.web.here import School, end_session

_NOUNS = (
    home,
    curriculum,
    account,
    closing,
    joining,
    learn,
    images,
    quizzes,
    role_plays,
    hours,
    logging_hours,
    confirmations,
    confirm,
    certificates,
    credentials,
    suspending,
    verify,
    verify_file,
    translog,
    grading,
    outcomes,
    live_sessions,
    planning,
    door,
    timetable,
    calendars,
    guides,
    manage,
    transfers,
    papers,
    operate,
    board,
    requirements,
    board_page,
    board_answers,
    applications,
    cohort_requirements,
    past_hours,
    rosters,
    stuck,
    undertakings,
    naming,
    sharing,
    renewing,
    wording,
    letterhead,
    provider,
    trainers,
    evaluations,
    batches,
    samples,
    result_sheets,
    seals,
    api_keys,
    api,
    board_records,
    board_watches,
    board_people,
    board_draft,
    boards,
    releases,
)
FORM_LIMIT = 1_000_000
FIELD_LIMIT = 200_000


def utc_now() -> datetime:
    """The server's clock."""
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    *,
    database: Database | None = None,
    shelf: Shelf | None = None,
    clock: Callable[[], datetime] = utc_now,
    poke: Callable[[], None] = lambda: None,
) -> Flask:
    """Put the application together. Raises access.Undeclared when a route says nothing of
    access.
    """
    app = Flask("lms", template_folder=str(content_root() / "templates"), static_folder="static")
    app.request_class = security.PlainRequest
    _configure(app, settings)
    base = database or Database(settings.database_url)
    office = office_of(settings)
    app.extensions["peerpath"] = School(settings, base, shelf or Shelf(base), office, clock, poke)
    Babel(app, default_locale="en", default_translation_directories="translations")
    signed_in.connect(app)
    _guard(app)
    for noun in _NOUNS:
        app.register_blueprint(noun.bp)
    access.allow(GET=access.PUBLIC)(app.view_functions["static"])
    words.connect(app)
    errors.connect(app)
    access.check_declared(app)
    return app


def _guard(app: Flask) -> None:
    """What every request passes before and after its view."""
    csrf = CSRFProtect()
    csrf.init_app(app)
    app.before_request(security.check_request)
    app.before_request(lambda: uploads.make_room(app))
    app.before_request(lambda: access.enforce(app))
    # An address that is none, or does not take the method, has nothing to protect or to send again.
    app.before_request(
        lambda: csrf.protect() if request.endpoint and not access.is_for_keys(app) else None
    )
    app.after_request(security.add_headers)
    app.teardown_request(end_session)


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret,
        SESSION_COOKIE_NAME="__Host-peerpath-form" if settings.is_https else "peerpath-form",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=timedelta(days=14),
        # The token lives as long as its cookie: an hour's limit would eat what people typed.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=FORM_LIMIT,
        MAX_FORM_MEMORY_SIZE=FIELD_LIMIT,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def configure_logs(level: str) -> None:
    """JSON lines with a moment in UTC; no names, no answers, no addresses of people."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
            foreign_pre_chain=shared,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for talkative in ("huey", "weasyprint", "fontTools"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
