"""The board's desk: releases that wait, and one field for a code."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from lms.domain.people import Role
from lms.records import desks, release_lists, releases
from lms.web.access import allow
from lms.web.here import me, now, school, session
from lms.web.seats import BOARD_STATES, SCOPES, VERDICTS

bp = Blueprint("board", __name__)


@bp.get("/board")
@allow(GET=Role.BOARD)
def desk() -> ResponseReturnValue:
    """Releases to one's own board, who waits longest first; and a code to check."""
    mine = desks.desk_of(session(), me().id)
    if mine is None:
        return render_template("board/desk.html", desk=None)
    before = releases.by_ref(session(), now(), request.args.get("before", ""))
    key = before.release if before and before.board.id == mine.board.id else None
    answered = release_lists.answered(session(), now(), mine.board.id, key)
    return render_template(
        "board/desk.html",
        desk=mine,
        waiting=release_lists.waiting(session(), now(), mine.board.id),
        answered=answered,
        older=answered[-1].release.ref if len(answered) == release_lists.PAGE else "",
        over=release_lists.over_of_board(session(), now(), mine.board.id),
        most=release_lists.PAGE,
        packs=school().shelf.current().packs,
        scopes=SCOPES,
        states=BOARD_STATES,
        verdicts=VERDICTS,
    )


@bp.get("/board/how")
@allow(GET=Role.BOARD)
def how() -> ResponseReturnValue:
    """What each answer to a check means, and what a true certificate of ours shows."""
    settings = school().settings
    return render_template("board/how.html", provider=settings.provider, base_url=settings.base_url)
