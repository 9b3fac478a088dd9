"""What a person sees when something is refused or fails: what, why, and how to go on."""

import logging
import secrets
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import (
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
)
from werkzeug.exceptions import HTTPException

from lms.models.database import Unavailable
from lms.records import journal
from lms.records.shelf import NothingPublished
from lms.web import kept, problems, uploads
from lms.web.here import SAFE, end_session, school
from lms.web.text import _

_log = logging.getLogger("lms.web")


def _texts() -> dict[int, tuple[str, str]]:
    return {
        400: (_("We could not read this request"), _("Go back and try again from our page.")),
        403: (
            _("This page is not for your role"),
            _("You are signed in, but this page belongs to another role. Ask your coordinator."),
        ),
        404: (
            _("We could not find this page"),
            _("It may have moved, or it belongs to someone else. Start again from your home page."),
        ),
        405: (_("This address does not do that"), _("Go back and use the button on the page.")),
        409: (
            _("This was already done"),
            _("Someone, or another tab, was a moment quicker. Look at how it stands now."),
        ),
        413: (
            _("This is too much at once"),
            _("A form can hold up to 200,000 characters. Shorten the text and send it again."),
        ),
        429: (
            _("Too many tries"),
            _("Wait 15 minutes, then try again. You can also set a new password."),
        ),
    }


def page(status: int, title: str = "", text: str = "", reference: str = "") -> ResponseReturnValue:
    """An error page. It needs no database."""
    known = _texts().get(status, (_("Something went wrong on our side"), ""))
    return (
        render_template(
            "errors/error.html",
            title=title or known[0],
            text=text or known[1],
            ways=[("/", _("Go to the start page")), ("/help", _("Get help"))],
            reference=reference,
            bare=True,
        ),
        status,
    )


def _http(fault: HTTPException) -> ResponseReturnValue:
    end_session()
    if isinstance(fault, CSRFError):
        return kept.offer_again(
            kept.this_form(),
            _("Your page was open for too long"),
            _("Nothing was saved yet. What you typed is still here. Send it once more."),
            400,
        )
    status = fault.code or 500
    custom = fault.description if status in (400, 403, 409, 422) else ""
    standard = type(fault).description
    if status == 413 and (declared := uploads.room(current_app)):
        return page(status, text=str(declared[1]))
    return page(status, text="" if custom == standard else str(custom or ""))


def _busy(fault: Exception) -> ResponseReturnValue:
    end_session()
    g.is_bare = True
    _log.warning("database unavailable: %s", type(fault).__name__)
    why = _("The place where we keep your work cannot be reached or written at this moment.")
    if request.method in SAFE:
        return page(503, _("We cannot show this just now"), why)
    again = _("Nothing was saved yet. What you typed is below. Wait a minute, then send it again.")
    return kept.offer_again(kept.this_form(), _("We could not save this"), f"{why} {again}", 503)


def _already(_fault: IntegrityError) -> ResponseReturnValue:
    """Another request was first: show its answer when it was this very form, else keep what was
    typed.
    """
    end_session()
    with school().database.reading() as fresh:
        location = journal.answered_at(fresh, request.form.get("once", "")[:64])
    if location:
        return redirect(location, 303)
    title, quicker = _texts()[409]
    kept_words = _("Nothing of this form was saved. What you typed is still here.")
    return kept.offer_again(kept.this_form(), title, f"{quicker} {kept_words}", 409)


def _unpublished(fault: NothingPublished) -> ResponseReturnValue:
    end_session()
    return page(503, _("There is nothing to learn yet"), str(fault))


def _unexpected(fault: Exception) -> ResponseReturnValue:
    end_session()
    reference = secrets.token_hex(4)
    _log.error("unexpected error %s", reference, exc_info=fault)
    text = _("We wrote down what happened. What you saved before is safe.")
    if request.method in SAFE:
        return page(500, text=text, reference=reference)
    return kept.offer_again(
        kept.this_form(), _("Something went wrong on our side"), f"{text} ({reference})", 500
    )


def connect(app: Flask) -> None:
    """Register what is shown for each kind of fault."""
    app.register_error_handler(HTTPException, _for_both(_http))
    for fault in (OperationalError, InterfaceError, InternalError, ProgrammingError, Unavailable):
        app.register_error_handler(fault, _for_both(_busy, 503))
    app.register_error_handler(IntegrityError, _for_both(_already, 503))
    app.register_error_handler(NothingPublished, _for_both(_unpublished, 503))
    app.register_error_handler(Exception, _for_both(_unexpected, 500))


def _for_both(
    page_of: Callable[[Any], ResponseReturnValue], status: int = 0
) -> Callable[[Any], ResponseReturnValue]:
    """A page for a person; a problem in JSON where a program asks."""

    def answer(fault: Any) -> ResponseReturnValue:
        if not problems.is_program():
            return page_of(fault)
        end_session()
        if status == 500:
            _log.error("unexpected error for a program", exc_info=fault)
        return problems.problem(status or fault.code or 500)

    return answer
