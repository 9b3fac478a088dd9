"""Who works at a board, for its head: invite, change, take off, and see who did what."""

from datetime import UTC, datetime

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import EmailField, Form, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Regexp

from lms.domain.people import Role
from lms.domain.release import Seat
from lms.models.boards import Board, BoardMember
from lms.records import board_log, desks, journal, people
from lms.web.access import allow
from lms.web.here import done, me, now, school, session
from lms.web.seats import LOOKS, SEAT_NAMES, SEATS, VERDICTS, my_desk
from lms.web.text import _, lazy

bp = Blueprint("board_people", __name__)


class InviteForm(Form):
    """Whom to invite to a board, and as what."""

    email = EmailField(
        lazy("Email address"),
        [
            InputRequired(lazy("Enter an email address.")),
            Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message=lazy("Enter one email address.")),
        ],
    )
    seat = RadioField(
        lazy("What will they do?"),
        [InputRequired(lazy("Choose what they will do."))],
        choices=[SelectChoice(str(seat), words) for seat, words in SEATS.items()],
    )


class SeatForm(Form):
    """What a member does from now on."""

    seat = RadioField(
        lazy("What do they do?"),
        [InputRequired(lazy("Choose what they do."))],
        choices=[
            *(SelectChoice(str(seat), words) for seat, words in SEATS.items()),
            SelectChoice("leave", lazy("Nothing more: they left the board")),
        ],
    )


def send_invitation(board: Board, email: str, seat: Seat) -> None:
    """Invite someone to a board; the letter names no person."""
    token = desks.invite(session(), now(), board, email, seat, me())
    link = f"{school().settings.base_url}/join/{token}"
    journal.send_mail(
        session(),
        now(),
        people.clean_email(email),
        _("You are invited to the desk of a certification board"),
        _("Open this link within two weeks to join: %(link)s", link=link),
    )


@bp.route("/board/people", methods=["GET", "POST"])
@allow(GET=Role.BOARD, POST=Role.BOARD)
def ours() -> ResponseReturnValue:
    """People of one's board, and the form to invite another."""
    desk = my_desk(Seat.HEAD)
    form = InviteForm(request.form)
    if request.method == "POST" and form.validate():
        send_invitation(desk.board, form.email.data, Seat(form.seat.data))
        return done(url_for(".ours"), _("The invitation is on its way."))
    page = render_template(
        "board/people.html",
        form=form,
        board=desk.board,
        members=desks.members(session(), desk.board.id),
        seats=SEAT_NAMES,
    )
    return page, (422 if request.method == "POST" else 200)


@bp.route("/board/people/<ref>", methods=["GET", "POST"])
@allow(GET=Role.BOARD, POST=Role.BOARD)
def member(ref: str) -> ResponseReturnValue:
    """Change what someone does at the board, or take them off it."""
    desk = my_desk(Seat.HEAD)
    found = desks.member_by_ref(session(), desk.board.id, ref) or abort(404)
    form = SeatForm(request.form, seat=found.role)
    if request.method == "POST" and form.validate():
        try:
            _change(found, form.seat.data)
            is_me = found.person_id == me().id
            home = url_for("board.desk") if is_me else url_for(".ours")
            return done(home, _("Changed. It counts from now on."))
        except ValueError as stop:
            form.form_errors.append(str(stop))
    names = {row.id: person.name for row, person in desks.members(session(), desk.board.id)}
    page = render_template("board/member.html", form=form, member=found, name=names[found.id])
    return page, (422 if request.method == "POST" else 200)


def _change(found: BoardMember, chosen: str) -> None:
    if chosen == "leave":
        desks.leave(session(), now(), found, me())
    else:
        desks.set_seat(session(), now(), found, Seat(chosen), me())


@bp.get("/board/log")
@allow(GET=Role.BOARD)
def log() -> ResponseReturnValue:
    """Who looked and decided, newest first."""
    desk = my_desk(Seat.HEAD)
    lines = board_log.lines(session(), desk.board.id, _key(request.args.get("after", "")))
    more = len(lines) == board_log.PAGE
    return render_template(
        "board/log.html",
        lines=lines,
        older=url_for(".log", after=_after(lines[-1])) if more else "",
        looks=LOOKS,
        verdicts=VERDICTS,
    )


def _after(line: board_log.Line) -> str:
    return f"{line.at.isoformat()}_{line.kind}_{line.id}"


def _key(typed: str) -> board_log.Key | None:
    """The key of a link of ours; anything else shows the newest page."""
    parts = typed.split("_")
    try:
        moment, number = datetime.fromisoformat(parts[0]), int(parts[-1])
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return (moment, parts[1], number) if len(parts) == 3 and 0 <= number < 2**31 else None
