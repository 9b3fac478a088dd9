"""Boards for the operator: make one, say which packs are its own, invite its head."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import EmailField, Form, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from lms.domain.people import Role
from lms.domain.release import Seat
from lms.models.boards import Board
from lms.records import desks
from lms.web.access import allow
from lms.web.board_people import send_invitation
from lms.web.here import done, me, now, school, session
from lms.web.seats import SEAT_NAMES
from lms.web.text import _, lazy

bp = Blueprint("boards", __name__)


class BoardForm(Form):
    """A new board."""

    name = StringField(
        lazy("Name of the board"),
        [
            InputRequired(lazy("Enter the name of the board.")),
            Length(max=desks.NAME_LIMIT, message=lazy("Use 120 characters at most.")),
        ],
    )
    packs = SelectMultipleField(lazy("Which requirement packs are its own?"))


class PacksForm(Form):
    """Which packs are a board's own."""

    packs = SelectMultipleField(lazy("Which requirement packs are its own?"))


class HeadForm(Form):
    """Whom to invite as the head of a board."""

    email = EmailField(
        lazy("Email address"),
        [
            InputRequired(lazy("Enter an email address.")),
            Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message=lazy("Enter one email address.")),
        ],
    )


def _offer_packs(form: BoardForm | PacksForm) -> None:
    packs = school().shelf.current().packs.values()
    form.packs.choices = [
        SelectChoice(pack.id, pack.title) for pack in sorted(packs, key=lambda pack: pack.title)
    ]


@bp.route("/operate/boards", methods=["GET", "POST"])
@allow(GET=Role.OPERATOR, POST=Role.OPERATOR)
def every() -> ResponseReturnValue:
    """All boards with a desk here, and the form to make another."""
    form = BoardForm(request.form)
    _offer_packs(form)
    if request.method == "POST" and form.validate():
        try:
            board = desks.make(session(), now(), form.name.data, form.packs.data or [], me())
            return done(url_for(".one", ref=board.ref), _("Now invite its head."))
        except ValueError as stop:
            form.form_errors.append(str(stop))
    page = render_template("operate/boards.html", form=form, boards=desks.every(session()))
    return page, (422 if request.method == "POST" else 200)


def _board_or_404(ref: str) -> Board:
    return desks.by_ref(session(), ref) or abort(404)


def _page(board: Board, packs: PacksForm | None = None, head: HeadForm | None = None) -> str:
    form = packs or PacksForm(packs=board.pack_ids)
    _offer_packs(form)
    return render_template(
        "operate/board.html",
        board=board,
        packs=form,
        head=head or HeadForm(),
        members=desks.members(session(), board.id),
        seats=SEAT_NAMES,
    )


@bp.route("/operate/boards/<ref>", methods=["GET", "POST"])
@allow(GET=Role.OPERATOR, POST=Role.OPERATOR)
def one(ref: str) -> ResponseReturnValue:
    """One board: who works there, and which packs are its own. None of what was released to it."""
    board = _board_or_404(ref)
    if request.method == "GET":
        return _page(board)
    form = PacksForm(request.form)
    _offer_packs(form)
    if not form.validate():
        return _page(board, packs=form), 422
    desks.set_packs(session(), now(), board, form.packs.data or [], me())
    return done(url_for(".one", ref=ref), _("Kept."))


@bp.post("/operate/boards/<ref>/invite")
@allow(POST=Role.OPERATOR)
def invite(ref: str) -> ResponseReturnValue:
    """Invite the head of a board, who invites the others."""
    board = _board_or_404(ref)
    form = HeadForm(request.form)
    if not form.validate():
        return _page(board, head=form), 422
    send_invitation(board, form.email.data, Seat.HEAD)
    return done(url_for(".one", ref=ref), _("The invitation is on its way."))
