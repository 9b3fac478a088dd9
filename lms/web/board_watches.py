"""Certificates that a board accepted and wants to hear of when they change."""

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.domain.people import Role
from lms.domain.release import Seat
from lms.records import watches
from lms.web.access import allow
from lms.web.here import done, me, now, session
from lms.web.seats import my_desk
from lms.web.text import _

bp = Blueprint("board_watches", __name__)


@bp.get("/board/watches")
@allow(GET=Role.BOARD)
def all_of_ours() -> ResponseReturnValue:
    """What is watched: codes, whose public page anyone can open, and no names."""
    desk = my_desk()
    return render_template(
        "board/watches.html",
        watched=watches.of_board(session(), desk.board.id),
        decides=desk.seat is not Seat.READER,
    )


@bp.post("/board/watches/<ref>")
@allow(POST=Role.BOARD)
def stop(ref: str) -> ResponseReturnValue:
    """Watch one no longer."""
    desk = my_desk(Seat.REVIEWER)
    watch = watches.by_ref(session(), desk.board.id, ref) or abort(404)
    watches.stop(session(), now(), watch, me())
    return done(url_for(".all_of_ours"), _("You get no more letters about this certificate."))
