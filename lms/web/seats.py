"""Who sits at which board, and which of its releases they ask for."""

from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from lms.domain import release as rules
from lms.domain.release import Scope, Seat, State, Verdict
from lms.records import desks, releases
from lms.records.desks import Desk
from lms.records.releases import Standing
from lms.web.here import me, now, session
from lms.web.text import _, lazy

SEATS = {
    Seat.READER: lazy("Reader: looks at records"),
    Seat.REVIEWER: lazy("Reviewer: looks and decides"),
    Seat.HEAD: lazy("Head: looks, decides, invites people and sees the log"),
}
SEAT_NAMES = {
    Seat.READER: lazy("Reader"),
    Seat.REVIEWER: lazy("Reviewer"),
    Seat.HEAD: lazy("Head"),
}
SCOPES = {
    Scope.EXISTENCE: (
        lazy("Certificates only"),
        lazy("Your name, and the code and state of each certificate."),
    ),
    Scope.HOURS: (
        lazy("Certificates and sums of hours"),
        lazy(
            "Your name and certificates, and your hours added up by the board's own parts and by "
            "how they were spent. No single line of them."
        ),
    ),
    Scope.FULL: (
        lazy("The full record"),
        lazy(
            "Your name, certificates and sums of hours; every line of hours with what stands "
            "behind it and who vouches for it; and your answers to what this board asks."
        ),
    ),
}
STATES: dict[State, tuple[str, Any]] = {
    State.WAITING: ("wait", lazy("With the board")),
    State.ASKED_BACK: ("next", lazy("Asks you something")),
    State.ACCEPTED: ("done", lazy("Accepted")),
    State.DECLINED: ("stop", lazy("Declined")),
    State.ENDED: ("todo", lazy("Ended")),
    State.EXPIRED: ("todo", lazy("Over")),
}
BOARD_STATES = STATES | {
    State.WAITING: ("wait", lazy("Waits for you")),
    State.ASKED_BACK: ("next", lazy("You asked back")),
}
"""The same for the board."""

VERDICTS = {
    Verdict.ACCEPTED: lazy("Accepted"),
    Verdict.ASKED_BACK: lazy("Asked back"),
    Verdict.DECLINED: lazy("Declined"),
}
LOOKS = {
    releases.OPENED: lazy("the record was opened"),
    releases.PROGRAM: lazy("a program of the board read it"),
    releases.DRAFT: lazy("a draft of the board's own rule was tried on it"),
}
"""What was looked at, in words for the holder and for the board's log."""

_ORDER = tuple(Seat)


def my_desk(least: Seat = Seat.READER) -> Desk:
    """Where the person asking sits: 404 for who has no board, 403 for who may not do this there."""
    desk = desks.desk_of(session(), me().id) or abort(404)
    if _ORDER.index(desk.seat) < _ORDER.index(least):
        abort(403, _("At your board this is for someone else. Ask the head of your board."))
    return desk


def my_release(ref: str, least: Seat = Seat.READER) -> tuple[Desk, Standing]:
    """A release to one's own board, whatever its state; those of others are not there."""
    desk = my_desk(least)
    standing = releases.by_ref(session(), now(), ref)
    if standing is None or standing.board.id != desk.board.id:
        abort(404)
    return desk, standing


def is_open(desk: Desk, standing: Standing, what: str = releases.OPENED) -> bool:
    """True while an opening by this very member lasts and the release holds."""
    looked = releases.last_look(session(), standing.release.id, desk.member.person_id, what)
    return not standing.is_over and rules.may_view(looked, now())


def over(standing: Standing, typed: str = "") -> ResponseReturnValue:
    """The page of a release that has ended: nothing of the record, not even whose it was.

    ``typed`` is what the visitor was writing, so that it is not lost.
    """
    page = render_template(
        "board/over.html",
        release=standing.release,
        state=standing.state,
        decisions=releases.decisions(session(), standing.release.id),
        verdicts=VERDICTS,
        typed=typed,
    )
    return page, 410
