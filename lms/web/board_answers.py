"""What a learner says of themself to a board: facts it asks for, and the credential they hold.

Asked in the board's own words, answered with a word, shown to nobody else.
"""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, Form
from wtforms.validators import InputRequired, Optional

from lms.domain.application import PRIVATE
from lms.domain.packs import FACTS, Requirement
from lms.domain.people import Role
from lms.domain.questions import questions as questions_of
from lms.models.standing import FactHeld
from lms.records import boards, standing
from lms.records.standing import NO, UNSAID, Said
from lms.web.access import allow
from lms.web.board_page import pack_or_404, today
from lms.web.here import done, me, now, session
from lms.web.text import _, lazy

bp = Blueprint("board_answers", __name__)

ATTESTED, WAITING = "attested", "waiting"
_OF_SELF = ((ATTESTED, lazy("Yes")), (NO, lazy("No, not yet")), (UNSAID, lazy("I leave this out")))
_ON_PAPER = (
    (ATTESTED, lazy("Yes, I can show it")),
    (WAITING, lazy("I wait for someone to sign or send it")),
    (NO, lazy("No, not yet")),
    (UNSAID, lazy("I leave this out")),
)
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a board with the answer as it stands, or as it was typed."""

    asked: Requirement
    options: tuple[tuple[str, str], ...]
    chosen: str
    text: str
    is_private: bool
    errors: tuple[str, ...] = ()


class CredentialForm(Form):
    """Since when, and until when if it says so."""

    certified_on = DateField(
        lazy("The day it began"), [InputRequired(lazy("Enter the day, such as 2026-03-04."))]
    )
    valid_until = DateField(lazy("The day it is good until"), [Optional(strip_whitespace=True)])


@bp.route("/requirements/<pack_id>/facts", methods=["GET", "POST"])
@allow(GET=Role.LEARNER, POST=Role.LEARNER)
def facts(pack_id: str) -> ResponseReturnValue:
    """The board's questions: yes, not yet, or left out; never more than it asks."""
    pack = pack_or_404(pack_id)
    asked = questions_of(pack.version(today()))
    if request.method == "POST":
        questions = [_typed(need) for need in asked]
        if not any(question.errors for question in questions):
            said = {q.asked.id: (q.asked, Said(q.chosen, version=q.text)) for q in questions}
            standing.say(session(), now(), me(), pack.id, said)
            return done(url_for("board_page.one", pack_id=pack.id), _("Your answers are kept."))
    else:
        before = standing.answers(session(), me().id)
        questions = [_stored(need, before.get((pack.id, need.id))) for need in asked]
    errors = [(f"fact-{q.asked.id}-0", text) for q in questions for text in q.errors]
    page = render_template("requirements/facts.html", pack=pack, questions=questions, errors=errors)
    return page, (422 if errors else 200)


def _question(need: Requirement, chosen: str, text: str, errors: tuple[str, ...] = ()) -> Question:
    options = _OF_SELF if FACTS.get(need.fact, "self") == "self" else _ON_PAPER
    words = tuple((value, str(label)) for value, label in options)
    return Question(need, words, chosen, text, need.fact in PRIVATE, errors)


def _stored(need: Requirement, row: FactHeld | None) -> Question:
    return _question(need, row.standing if row else UNSAID, row.version if row else "")


def _typed(need: Requirement) -> Question:
    chosen = request.form.get(f"fact-{need.id}", UNSAID)
    is_code = need.fact == "ethics-code"
    text = request.form.get(f"text-{need.id}", "").strip() if is_code else ""
    errors = []
    if chosen not in dict(_question(need, "", "").options):
        errors.append(_("Choose one of the answers: %(title)s.", title=need.title))
    if len(text) > _LONGEST:
        errors.append(_("Name the text in %(most)s letters at most.", most=_LONGEST))
    return _question(need, chosen, text, tuple(errors))


@bp.route("/requirements/<pack_id>/credential", methods=["GET", "POST"])
@allow(GET=Role.LEARNER, POST=Role.LEARNER)
def credential(pack_id: str) -> ResponseReturnValue:
    """Since when the credential is held, or that it is held no longer."""
    pack = pack_or_404(pack_id)
    held = boards.credentials(session(), me().id).get(pack.id)
    if request.method == "POST" and request.form.get("go") == "no":
        return _hold(pack.id, None, None)
    form = CredentialForm(
        request.form,
        certified_on=held.certified_on if held else None,
        valid_until=held.valid_until if held else None,
    )
    if request.method == "POST" and form.validate():
        try:
            return _hold(pack.id, form.certified_on.data, form.valid_until.data)
        except ValueError as stop:
            form.form_errors.append(str(stop))
    page = render_template("requirements/credential.html", pack=pack, form=form, held=held)
    return page, (422 if request.method == "POST" else 200)


def _hold(pack_id: str, since: date | None, until: date | None) -> ResponseReturnValue:
    boards.hold(session(), now(), today(), me(), pack_id, since, until)
    return done(url_for("board_page.one", pack_id=pack_id), _("Kept."))
