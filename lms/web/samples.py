"""A random sample for an audit: which ones, by which seed, and what so few can tell."""

import secrets
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from lms.domain import sampling
from lms.domain.batches import Said
from lms.domain.people import Role
from lms.domain.release import State
from lms.records import batches, releases
from lms.records.desks import Desk
from lms.web.access import allow
from lms.web.here import now, session
from lms.web.seats import my_desk
from lms.web.text import _

bp = Blueprint("samples", __name__)
_ANSWERED = (State.ACCEPTED, State.DECLINED, State.ASKED_BACK)
RELEASES = "releases"


@dataclass(frozen=True, slots=True)
class Pool:
    """What a sample is drawn from: a title, and each thing's id with the words shown for it."""

    name: str
    title: str
    things: dict[str, str]


@bp.get("/board/sample")
@allow(GET=Role.BOARD)
def draw() -> ResponseReturnValue:
    """The form and, once a number and a seed are given, the sample. Nothing is stored: the same
    address draws the same sample.
    """
    desk = my_desk()
    pool = _pool(desk, request.args.get("list", RELEASES))
    seed = request.args.get("seed", "").strip()
    typed = request.args.get("n", "").strip()
    fault, drawn = "", []
    if typed:
        try:
            drawn = sampling.sample(list(pool.things), _number(typed), seed)
        except ValueError as stop:
            fault = str(stop)
    page = render_template(
        "board/sample.html",
        pool=pool,
        drawn=[(one, pool.things[one]) for one in drawn],
        seed=seed or secrets.token_hex(4),
        n=typed,
        fault=fault,
        bounds=sampling.bounds(len(pool.things), len(drawn)) if drawn else [],
        releases=RELEASES,
        most=min(len(pool.things), sampling.MOST_SAMPLED),
        had=batches.of_board(session(), desk.board.id),
    )
    return page, (422 if fault else 200)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0


def _pool(desk: Desk, name: str) -> Pool:
    if name == RELEASES:
        found = releases.of_board(session(), now(), desk.board.id)
        answered = [one.release.ref for one in found if one.state in _ANSWERED]
        return Pool(name, _("Releases your board has answered"), {ref: ref for ref in answered})
    batch = batches.by_ref(session(), name, desk.board.id) or abort(404)
    ours: dict[str, str] = {}
    for answer in batches.answers_of(batch):
        if answer.said not in (Said.NOT_OURS, Said.UNREADABLE):
            ours.setdefault(answer.code, answer.own)
    return Pool(name, _("Certificates of one check"), ours)
