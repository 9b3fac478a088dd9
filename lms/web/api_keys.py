"""Keys for a board's own programs: made and ended by the head of the board."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, IntegerField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from lms.domain.api_keys import DEFAULT_DAYS, MOST_DAYS, NAME_LIMIT, KeyScope
from lms.domain.people import Role
from lms.domain.release import Seat
from lms.records import api_keys
from lms.records.desks import Desk
from lms.web.access import allow
from lms.web.here import done, me, now, school, session
from lms.web.seats import my_desk
from lms.web.text import _, lazy

bp = Blueprint("api_keys", __name__)
SCOPES = {
    KeyScope.VERIFY: lazy("Check certificates, which anyone with the code can do"),
    KeyScope.RELEASES: lazy("Read what holders released to your board; each reading is a look"),
}


class KeyForm(Form):
    """What the key is for, what it may ask, how long."""

    name = StringField(
        lazy("What is it for?"),
        [InputRequired(lazy("Name the key.")), Length(max=NAME_LIMIT)],
    )
    scopes = SelectMultipleField(
        lazy("What may it ask?"),
        [InputRequired(lazy("Choose what the key may ask."))],
        choices=[SelectChoice(str(scope), words) for scope, words in SCOPES.items()],
    )
    days = IntegerField(
        lazy("Days until it ends"),
        [
            InputRequired(lazy("Enter a number of days.")),
            NumberRange(1, MOST_DAYS, lazy("Enter 1 to 366 days.")),
        ],
    )


@bp.route("/board/keys", methods=["GET", "POST"])
@allow(GET=Role.BOARD, POST=Role.BOARD)
def mine() -> ResponseReturnValue:
    """The keys of the board, and the form for another. A new key is shown in this answer only."""
    desk = my_desk(Seat.HEAD)
    form = KeyForm(request.form, days=DEFAULT_DAYS)
    if request.method == "POST" and form.validate():
        try:
            return _make(desk, form)
        except ValueError as stop:
            form.form_errors.append(str(stop))
    found = api_keys.of_board(session(), desk.board.id)
    page = render_template(
        "board/keys.html",
        form=form,
        live=[key for key in found if api_keys.is_live(key, now())],
        over=[key for key in found if not api_keys.is_live(key, now())],
        scopes=SCOPES,
        base_url=school().settings.base_url,
    )
    return page, (422 if request.method == "POST" else 200)


def _make(desk: Desk, form: KeyForm) -> ResponseReturnValue:
    scopes = [KeyScope(value) for value in form.scopes.data]
    token = api_keys.make(session(), now(), desk, form.name.data, scopes, form.days.data, me())
    # The answer of the form is the list, where the key cannot be seen: sent again, it shows that.
    done(url_for(".mine"))
    base_url = school().settings.base_url
    return render_template("board/key_made.html", token=token, form=form, base_url=base_url)


@bp.post("/board/keys/<ref>/end")
@allow(POST=Role.BOARD)
def end(ref: str) -> ResponseReturnValue:
    """End a key at once."""
    desk = my_desk(Seat.HEAD)
    key = api_keys.by_ref(session(), ref, desk.board.id) or abort(404)
    if api_keys.end(session(), now(), key, me()):
        return done(url_for(".mine"), _("The key opens nothing any more."))
    return done(url_for(".mine"), _("This key was over already."))
