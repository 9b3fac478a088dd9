"""What a stranger sees of a certificate: every fact on the paper and one honest state."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from lms.domain.certificate import Facts, State, read_code
from lms.models.database import Unavailable
from lms.records import certificates, log_tree
from lms.records.certificates import Record
from lms.records.log_tree import Entered
from lms.web import signed_in
from lms.web.access import PUBLIC, allow
from lms.web.here import end_session, now, school, session
from lms.web.papers import REASONS

bp = Blueprint("verify", __name__)

NOT_OURS, UNREACHABLE = "not-issued-by-us", "cannot-check-now"


def wants_json() -> bool:
    """True when a machine asks."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def public_facts(record: Record) -> dict[str, Any]:
    """The facts anyone with the code may see, the holder only where the name is shown."""
    facts = certificates.shown(record.facts)
    if not record.shows_name:
        facts.pop("holder")
    facts["program_id"] = record.facts.printed_id
    return facts


def shown_facts(record: Record) -> Facts:
    """The same facts for a page, without a name that is not shown."""
    return record.facts if record.shows_name else replace(record.facts, holder="")


@bp.get("/verify")
@allow(GET=PUBLIC)
def ask() -> ResponseReturnValue:
    """One field for a code."""
    # People paste the whole address of a certificate, too: its last part is the code.
    typed = request.args.get("code", "").strip(" /").rpartition("/")[2]
    if typed:
        return redirect(url_for(".answer", typed=read_code(typed) or typed[:80]), 303)
    return _private(render_template("verify/ask.html", empty="code" in request.args), 200)


@bp.get("/verify/<typed>")
@allow(GET=PUBLIC)
def answer(typed: str) -> ResponseReturnValue:
    """The answer to one code, in HTML or JSON. Keeps no session and sets no cookie."""
    code = read_code(typed)
    try:
        found = code and certificates.look_up(session(), code, now(), school().office)
        entered = log_tree.entered(session(), found.certificate) if found else None
    except (DBAPIError, Unavailable):
        end_session()
        return _show(None, UNREACHABLE, typed, 503)
    if not found:
        return _show(None, NOT_OURS, typed, 404)
    return _show(found, found.standing.state, typed, 200, entered)


def public_entry(entered: Entered | None, code: str) -> dict[str, Any] | None:
    """Where a certificate stands in the public log, as anyone may know it."""
    if entered is None:
        return None
    return {
        "index": entered.index,
        "revoked_by": entered.ended,
        "checkpoint": entered.signed.size if entered.signed else None,
        "checkpoint_at": entered.signed.at.isoformat() if entered.signed else None,
        "witnesses": [{"name": one.name, "at": one.at.isoformat()} for one in entered.seen],
        "proof": url_for("translog.proof", typed=code, _external=True),
    }


def _show(
    record: Record | None, state: str, typed: str, status: int, entered: Entered | None = None
) -> Response:
    checked_at = now()
    if wants_json():
        # One verdict, so that nobody takes a signature that holds for a certificate that does.
        body: dict[str, Any] = {
            "valid": state == State.VALID,
            "state": state,
            "checked_at": checked_at.isoformat(),
        }
        if record is not None:
            body["since"] = record.standing.since.isoformat()
            body["reason"] = record.standing.reason
            body["replaced_by"] = record.standing.replaced_by
            body["facts"] = public_facts(record)
            body["log"] = public_entry(entered, record.facts.code)
        return _mark(current_app.make_response((body, status)))
    reason = record.standing.reason if record else None
    page = render_template(
        "verify/answer.html",
        record=record,
        entered=entered,
        facts=shown_facts(record) if record else None,
        state=state,
        reason=REASONS[reason] if reason else "",
        typed=typed[:80],
        is_code=read_code(typed) is not None,
        checked_at=checked_at,
    )
    return _private(page, status)


def _private(page: str, status: int) -> Response:
    return _mark(current_app.make_response((page, status)))


def _mark(response: Response) -> Response:
    signed_in.leave_as_is()
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Vary"] = "Accept"
    return response
