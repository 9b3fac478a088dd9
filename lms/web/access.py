"""Who may use a route: declared per method beside the view, enforced before it runs."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, redirect, request
from flask.typing import ResponseReturnValue

from lms.domain.api_keys import KeyScope
from lms.domain.people import Role
from lms.web import callers, kept
from lms.web.here import SAFE, visitor

PUBLIC = "public"
SIGNED_IN = "signed-in"
SEALED = "sealed"
"""What is sent carries a signature of its own, by which alone it counts."""

Allowed = Role | KeyScope | str
View = TypeVar("View", bound=Callable[..., Any])


class Undeclared(Exception):
    """A route does not say who may use it, so the application does not start."""


def allow(**methods: Allowed | tuple[Allowed, ...]) -> Callable[[View], View]:
    """Declare who may use a view, per method: ``@allow(GET=PUBLIC, POST=Role.LEARNER)``."""
    declared = {m: a if isinstance(a, tuple) else (a,) for m, a in methods.items()}

    def mark(view: View) -> View:
        view.access = declared  # type: ignore[attr-defined]
        return view

    return mark


def declared(app: Flask, endpoint: str) -> dict[str, tuple[Allowed, ...]]:
    """What a route's view declares, {} when it declares nothing."""
    return getattr(app.view_functions[endpoint], "access", {})


def check_declared(app: Flask) -> None:
    """Raise Undeclared unless every method of every route says who may use it, and no more."""
    for rule in app.url_map.iter_rules():
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if methods != set(declared(app, rule.endpoint)):
            raise Undeclared(
                f"{rule.rule} answers {sorted(methods)} but declares "
                f"{sorted(declared(app, rule.endpoint))}. Add @allow(...) with one entry a method."
            )


def is_for_keys(app: Flask) -> bool:
    """True when the route asked for takes a key of a program or a signature. No browser sends that
    by itself, so no other site can make one send it.
    """
    allowed = declared(app, request.endpoint) if request.endpoint else {}
    return any(
        isinstance(one, KeyScope) or one == SEALED for many in allowed.values() for one in many
    )


def enforce(app: Flask) -> ResponseReturnValue | None:
    """Before every view: let pass, send to sign-in with what was typed kept, or refuse."""
    if request.endpoint is None or request.method == "OPTIONS":
        return None
    method = "GET" if request.method == "HEAD" else request.method
    allowed = declared(app, request.endpoint)[method]
    if PUBLIC in allowed or SEALED in allowed:
        return None
    if scope := next((one for one in allowed if isinstance(one, KeyScope)), None):
        return callers.let_in(scope)
    who = visitor()
    if who is None:
        return kept.ask_to_sign_in() if request.method in SAFE else kept.keep_and_ask()
    if SIGNED_IN not in allowed and all(grant.role not in allowed for grant in who.grants):
        abort(403)
    # The same form again is the same action: it shows the answer it was given.
    return redirect(who.answered_at, 303) if who.answered_at else None
