"""What a holder released: to whom, how much, until when; who looked; what was answered."""

from datetime import date, datetime, time, timedelta

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, Form, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from lms.domain import release as rules
from lms.domain.packs import Pack
from lms.domain.people import Role
from lms.domain.release import Scope
from lms.models.boards import Board
from lms.records import desks, released, releases
from lms.records.released import Seen
from lms.records.releases import Standing
from lms.web.access import allow
from lms.web.here import done, me, now, school, session
from lms.web.seats import LOOKS, SCOPES, SEAT_NAMES, STATES, VERDICTS
from lms.web.text import _, lazy

bp = Blueprint("releases", __name__)


class ReleaseForm(Form):
    """To whom, how much, until when."""

    board = RadioField(lazy("Which board?"), [InputRequired(lazy("Choose a board."))])
    scope = RadioField(
        lazy("How much may the board see?"),
        [InputRequired(lazy("Choose how much the board may see."))],
        choices=[SelectChoice(str(scope), words[0]) for scope, words in SCOPES.items()],
    )
    until = DateField(
        lazy("Last day"), [InputRequired(lazy("Enter the last day, such as 2027-02-24."))]
    )


def _choices() -> dict[str, tuple[Board, Pack | None]]:
    """What can be chosen: each board, by each of its packs if it has some."""
    packs = school().shelf.current().packs
    found: dict[str, tuple[Board, Pack | None]] = {}
    for board in desks.every(session()):
        known: list[Pack | None] = [packs[name] for name in board.pack_ids if name in packs]
        for pack in known or [None]:
            found[f"{board.ref}:{pack.id if pack else ''}"] = (board, pack)
    return found


def title(board: Board, pack: Pack | None) -> str:
    """A board, with the credential that is asked about."""
    return f"{board.name}: {pack.title}" if pack else board.name


def _today() -> date:
    return school().office.day(now())


def _form(choices: dict[str, tuple[Board, Pack | None]]) -> ReleaseForm:
    default = _today() + timedelta(days=rules.DEFAULT_DAYS)
    form = ReleaseForm(request.values or None, until=default)
    form.board.choices = [SelectChoice(key, title(*chosen)) for key, chosen in choices.items()]
    return form


def _is_right(form: ReleaseForm) -> bool:
    if not form.validate():
        return False
    try:
        rules.last_day(form.until.data, _today())
    except ValueError as stop:
        form.until.errors = [str(stop)]
        return False
    return True


def _end_of(day: date) -> datetime:
    """The first moment after a day of the provider's calendar."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=school().settings.timezone)


@bp.get("/releases")
@allow(GET=Role.LEARNER)
def mine() -> ResponseReturnValue:
    """Every release one gave, newest first."""
    return render_template(
        "releases/mine.html",
        standings=releases.of_person(session(), now(), me().id),
        packs=school().shelf.current().packs,
        scopes=SCOPES,
        states=STATES,
    )


@bp.route("/releases/new", methods=["GET", "POST"])
@allow(GET=Role.LEARNER, POST=Role.LEARNER)
def new() -> ResponseReturnValue:
    """Choose; see what the board will see; then release. Nothing is released by looking."""
    choices = _choices()
    form = _form(choices)
    if not request.values:
        return _ask(form, 200)
    if not _is_right(form):
        return _ask(form, 422)
    board, pack = choices[form.board.data]
    if request.method == "GET":
        return _preview(form, board, pack)
    return _give(form, board, pack)


def _ask(form: ReleaseForm, status: int) -> ResponseReturnValue:
    page = render_template(
        "releases/new.html",
        form=form,
        scopes=SCOPES,
        latest=_today() + timedelta(days=rules.MOST_DAYS),
        today=_today(),
    )
    return page, status


def _preview(form: ReleaseForm, board: Board, pack: Pack | None) -> ResponseReturnValue:
    scope = Scope(form.scope.data)
    return render_template(
        "releases/preview.html",
        form=form,
        board=board,
        name=title(board, pack),
        until=form.until.data,
        scope=SCOPES[scope],
        seen=_seen(scope, pack),
        topics=school().shelf.current().topics,
    )


def _seen(scope: Scope, pack: Pack | None) -> Seen:
    library = school().shelf.current()
    return released.see(session(), now(), school().office, library, me(), scope, pack)


def _give(form: ReleaseForm, board: Board, pack: Pack | None) -> ResponseReturnValue:
    try:
        row = releases.give(
            session(),
            now(),
            me(),
            board,
            Scope(form.scope.data),
            pack.id if pack else "",
            _end_of(form.until.data),
        )
    except ValueError as stop:
        form.form_errors.append(str(stop))
        return _ask(form, 422)
    words = _("Your record is released to %(board)s.", board=board.name)
    return done(url_for(".one", ref=row.ref), words)


def _mine_or_404(ref: str) -> Standing:
    standing = releases.by_ref(session(), now(), ref)
    if standing is None or standing.holder.id != me().id:
        abort(404)
    return standing


@bp.get("/releases/<ref>")
@allow(GET=Role.LEARNER)
def one(ref: str) -> ResponseReturnValue:
    """Where a release stands, who looked at it, and what the board answered."""
    standing = _mine_or_404(ref)
    return render_template(
        "releases/one.html",
        standing=standing,
        pack=school().shelf.current().packs.get(standing.release.pack_id),
        looks=releases.looks(session(), standing.release.id),
        decisions=releases.decisions(session(), standing.release.id),
        scope=SCOPES[Scope(standing.release.scope)],
        tag=STATES[standing.state],
        seats=SEAT_NAMES,
        words=LOOKS,
        verdicts=VERDICTS,
    )


@bp.post("/releases/<ref>/end")
@allow(POST=Role.LEARNER)
def end(ref: str) -> ResponseReturnValue:
    """End a release at once."""
    standing = _mine_or_404(ref)
    ended = releases.end(session(), now(), standing.release, me())
    words = _("Ended. The board sees nothing of your record from now on.")
    return done(url_for(".one", ref=ref), words if ended else _("This release was over already."))


@bp.post("/releases/<ref>/again")
@allow(POST=Role.LEARNER)
def again(ref: str) -> ResponseReturnValue:
    """Tell a board that asked back that it may look again."""
    standing = _mine_or_404(ref)
    try:
        releases.ask_again(session(), now(), standing, me())
    except ValueError:
        abort(409)
    return done(url_for(".one", ref=ref), _("The board sees that it can look again."))
