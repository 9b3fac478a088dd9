"""What a program is told when something is refused or fails: problem+json (RFC 9457)."""

from http import HTTPStatus
from typing import Any, NoReturn

from flask import Response, abort, current_app, jsonify, request

from lms.web import signed_in

PREFIX = "/api/"
SENTENCES = {
    400: "We could not read this request. Compare it with the description of the API.",
    404: "There is nothing at this address, or it belongs to another board.",
    405: "This address does not answer that method. The description of the API says which.",
    413: "The request is too large. Send at most 1,000 certificates and 1,000,000 bytes at once.",
    500: "Something went wrong on our side. Nothing of your request was lost. Try again later.",
    503: "Our records cannot be reached now. That says nothing about any certificate. Try again "
    "in a minute.",
}


def is_program() -> bool:
    """True when the address asked for belongs to programs."""
    return request.path.startswith(PREFIX)


def problem(status: int, detail: str = "", **more: Any) -> Response:
    """One problem: what, why, and how to go on, in one or two sentences."""
    signed_in.leave_as_is()
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or SENTENCES.get(status, HTTPStatus(status).description),
        **more,
    }
    answer = current_app.make_response(jsonify(body))
    answer.status_code = status
    answer.mimetype = "application/problem+json"
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="peerpath"'
    return answer


def refuse(status: int, detail: str, **more: Any) -> NoReturn:
    """End the request with a problem."""
    abort(problem(status, detail, **more))
