"""The boards a learner follows: how far they are with each, and which more there are."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.domain.people import Role
from lms.records import boards, evaluated
from lms.web.access import allow
from lms.web.answers import state_words
from lms.web.here import done, me, now, school, session
from lms.web.places import by_place, place, places
from lms.web.text import _, plural

bp = Blueprint("requirements", __name__)


@bp.get("/requirements")
@allow(GET=Role.LEARNER)
def mine() -> ResponseReturnValue:
    """Each board that is followed: its state in words, and a meter."""
    library = school().shelf.current()
    office = school().office
    followed = [row.pack_id for row in boards.followed(session(), me().id)]
    packs = [library.packs[name] for name in followed if name in library.packs]
    found = (
        evaluated.of_many(session(), me().id, packs, office.day(now()), office.caps)
        if packs
        else []
    )
    cards = [(one, *state_words(one.state), place(one.pack)) for one in found]
    return render_template("requirements/mine.html", cards=cards)


@bp.route("/requirements/choose", methods=["GET", "POST"])
@allow(GET=Role.LEARNER, POST=Role.LEARNER)
def choose() -> ResponseReturnValue:
    """Packs by place, with a box beside each; nobody asks where the visitor is."""
    packs = school().shelf.current().packs
    error = ""
    if request.method == "POST":
        chosen = [name for name in request.form.getlist("pack") if name in packs]
        if chosen:
            count = boards.follow(session(), now(), me(), chosen)
            words = plural(
                "You follow %(num)s more board.", "You follow %(num)s more boards.", count
            )
            return done(url_for(".mine"), words)
        error = _("Choose at least one board.")
    code = request.values.get("place", "")[:5]
    followed = {row.pack_id for row in boards.followed(session(), me().id)}
    shown = [pack for pack in by_place(packs.values(), code) if pack.id not in followed]
    page = render_template(
        "requirements/choose.html",
        options=[(pack.id, pack.title, f"{place(pack)} · {pack.body}") for pack in shown],
        places=[("", _("All places")), *places(packs.values())],
        code=code,
        error=error,
    )
    return page, (422 if error else 200)
