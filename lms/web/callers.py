"""Programs at the door: a board's key instead of a sign-in. No cookie is read or set for them."""

from typing import cast

from flask import Response, g, request

from lms.domain.api_keys import A_MINUTE, PREFIX, KeyScope
from lms.records import api_keys
from lms.records.api_keys import Caller
from lms.web import signed_in
from lms.web.here import now, school
from lms.web.problems import problem

_LONGEST = 200


def caller() -> Caller:
    """The program that asks, on an address that needs a key."""
    return cast(Caller, g.caller)


def let_in(scope: KeyScope) -> Response | None:
    """Admit the program of this request, or say why not. Every request of a key is counted.

    The count is written even where nothing else is, and in a transaction of its own, so that a
    request that fails counts as well.
    """
    signed_in.leave_as_is()
    token = _bearer()
    if token is None:
        return problem(401, "Send your key as: Authorization: Bearer peerpath_…")
    with school().database.writing() as session:
        found = api_keys.admit(session, now(), token, school().office.day(now()))
        if found is not None:
            session.commit()
    if found is None:
        return problem(401, "This key opens nothing: it is wrong, over, or was ended.")
    if found.turn.is_too_much:
        answer = problem(
            429,
            f"This key has asked {A_MINUTE} times in this minute. Wait {found.turn.wait} seconds. "
            "To check many certificates, send them in one request.",
        )
        answer.headers["Retry-After"] = str(found.turn.wait)
        return answer
    if scope not in found.scopes:
        return problem(403, f"This key may not ask for this: it lacks the scope {scope}.")
    g.caller = found
    return None


def _bearer() -> str | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    token = token.strip()
    fits = token.startswith(PREFIX) and len(token) <= _LONGEST and token.isascii()
    return token if kind.lower() == "bearer" and fits else None
