"""What a request stands on: the school, its clock, the session, who is asking, how it ends."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app, flash, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from lms.config import Settings
from lms.domain.people import Role, cohorts_as
from lms.models.database import Database
from lms.models.people import Person
from lms.records import journal
from lms.records.office import Office
from lms.records.shelf import Shelf
from lms.records.signing_in import Visitor

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class School:
    """One installation, as the web knows it. ``poke`` wakes the job worker after a commit."""

    settings: Settings
    database: Database
    shelf: Shelf
    office: Office
    clock: Callable[[], datetime]
    poke: Callable[[], None]


def school() -> School:
    """The installation of this application."""
    return cast(School, current_app.extensions["peerpath"])


def now() -> datetime:
    """The server's moment for this request: the same throughout."""
    if "now" not in g:
        g.now = school().clock()
    return cast(datetime, g.now)


def session() -> Session:
    """The request's database session: for writing only where the method may write."""
    if "session" not in g:
        base = school().database
        g.session = base.reading() if request.method in SAFE else base.writing()
    return cast(Session, g.session)


def end_session(_fault: BaseException | None = None) -> None:
    """Give the session back when the request ends, and with it the place in the writers' queue."""
    held: Session | None = g.pop("session", None)
    if held is not None:
        held.close()


def visitor() -> Visitor | None:
    """Who is asking, or None."""
    return cast("Visitor | None", getattr(current_user, "visitor", None))


def signed_in() -> Visitor:
    """Who is asking, on a page that needs a sign-in."""
    found = visitor()
    if found is None:
        raise LookupError("this page is not declared as one that needs a sign-in")
    return found


def me() -> Person:
    """The person who is asking, on a page that needs a sign-in."""
    return signed_in().person


def my_cohorts(role: Role) -> frozenset[int]:
    """The cohorts in which the person asking has a role."""
    return cohorts_as(signed_in().grants, role)


def done(location: str, message: str = "") -> ResponseReturnValue:
    """End a POST: remember the form, commit everything at once, and show the answer elsewhere."""
    key = request.form.get("once", "")[:64]
    who = visitor()
    if key:
        journal.remember(session(), now(), key, who.person.id if who else None, location)
    session().commit()
    if session().info.get(journal.HAS_JOBS):
        school().poke()
    if message:
        flash(message, "good")
    return redirect(location, 303)
