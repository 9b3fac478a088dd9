"""A board's own pack as a draft: typed or uploaded, checked, tried on released records."""

from collections import Counter
from dataclasses import dataclass

import yaml
from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.content.pack_drafts import Draft, read_draft
from lms.domain import release as rules
from lms.domain.packs import Pack
from lms.domain.people import Role
from lms.domain.release import Scope, Seat
from lms.domain.requirements import State
from lms.models.boards import PackDraft
from lms.records import pack_drafts, released, releases
from lms.records.desks import Desk
from lms.records.released import Part
from lms.records.releases import Standing
from lms.web.access import allow
from lms.web.here import done, me, now, school, session
from lms.web.seats import is_open, my_desk
from lms.web.text import _

bp = Blueprint("board_draft", __name__)
LARGEST = 150_000
MOST = 50
"""Records a draft is tried on at once: those that waited longest."""


@bp.route("/board/draft", methods=["GET", "POST"])
@allow(GET=Role.BOARD, POST=Role.BOARD)
def draft() -> ResponseReturnValue:
    """The wording saved last, what is wrong with it, and the form to save another."""
    desk = my_desk(Seat.HEAD)
    saved = pack_drafts.newest(session(), desk.board.id)
    if request.method == "GET":
        return _page(desk, saved, _begin(desk) or (saved.text if saved else ""))
    text, refused = _typed()
    if refused:
        return _page(desk, saved, text, refused), 422
    try:
        pack_drafts.save(session(), now(), desk.board, text, _revision(), me())
    except pack_drafts.SavedMeanwhile:
        words = _("Someone of your board saved another wording meanwhile. Yours is still below.")
        return _page(desk, saved, text, words), 409
    return done(url_for(".draft"), _("Saved as a draft. Nobody but your board sees it."))


def _revision() -> int:
    typed = request.form.get("revision", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def _begin(desk: Desk) -> str:
    """Our own wording to begin from, when a link asks for it."""
    pack_id = request.args.get("from", "")
    if pack_id not in desk.board.pack_ids:
        return ""
    body = pack_drafts.published(session(), school().shelf.current(), pack_id)
    return yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=90) if body else ""


def _typed() -> tuple[str, str]:
    """The text that was uploaded, or else typed; and why it cannot be taken, or ""."""
    text = request.form.get("text", "")
    file = request.files.get("file")
    if file is not None and file.filename:
        try:
            text = file.read(4 * LARGEST).decode("utf-8-sig")
        except UnicodeDecodeError:
            return text, _("The file is not UTF-8 text. Save it again with the encoding UTF-8.")
    if len(text) > LARGEST:
        return text[:LARGEST], _("This is longer than 150,000 characters. Shorten it.")
    if not text.strip():
        return text, _("Choose a file, or paste its text.")
    if "\x00" in text:
        return text.replace("\x00", ""), _("The file holds characters that are no text.")
    return text, ""


def _page(desk: Desk, saved: PackDraft | None, text: str, refused: str = "") -> str:
    library = school().shelf.current()
    read = read_draft(text, library) if text else Draft(None, ())
    return render_template(
        "board/draft.html",
        text=text,
        saved=saved,
        is_saved=saved is not None and saved.text == text,
        read=read,
        refused=refused,
        packs=[library.packs[name] for name in desk.board.pack_ids if name in library.packs],
        tries=len(_tried(desk)),
    )


def _tried(desk: Desk) -> list[Standing]:
    """Releases that show hours: on the others a draft could say nothing."""
    standings = releases.of_board(session(), now(), desk.board.id)
    return [s for s in standings if rules.shows(Scope(s.release.scope)).sums][:MOST]


@dataclass(frozen=True, slots=True)
class Row:
    """What a draft says of one record."""

    standing: Standing
    parts: tuple[Part, ...]
    counts: Counter[State]


@bp.route("/board/draft/preview", methods=["GET", "POST"])
@allow(GET=Role.BOARD, POST=Role.BOARD)
def preview() -> ResponseReturnValue:
    """Try the saved draft on released records: each is written down for its holder first."""
    desk = my_desk(Seat.HEAD)
    saved = pack_drafts.newest(session(), desk.board.id)
    pack = read_draft(saved.text, school().shelf.current()).pack if saved else None
    if request.method == "POST":
        if pack is None:
            abort(409)
        for standing in _tried(desk):
            releases.look(session(), now(), standing, desk.member, releases.DRAFT)
        return done(url_for(".preview"))
    shown = [s for s in _tried(desk) if is_open(desk, s, releases.DRAFT)] if pack else []
    rows = [_row(standing, pack) for standing in shown if pack]
    return render_template("board/draft_preview.html", rows=rows, pack=pack, most=MOST)


def _row(standing: Standing, pack: Pack) -> Row:
    """Hours only, whatever was released: what a holder says of themself they released for the rule
    they chose, not for any question that a draft may ask.
    """
    office, holder = school().office, standing.holder
    version = pack.version(office.day(now()))
    parts = released.told(session(), now(), office, holder, Scope.HOURS, pack.id, version)
    states = Counter(answer.state for part in parts for answer in part.answers)
    return Row(standing, parts, states)
