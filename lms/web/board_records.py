"""One released record at the board's desk: open it, read it, answer it."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, Form, RadioField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.domain import release as rules
from lms.domain.people import Role
from lms.domain.release import Scope, Seat, Verdict
from lms.records import journal, released, releases, watches
from lms.records.desks import Desk
from lms.records.releases import Over, Standing
from lms.web.access import allow
from lms.web.here import done, now, school, session
from lms.web.seats import BOARD_STATES, SCOPES, VERDICTS, is_open, my_release, over
from lms.web.text import _, lazy

bp = Blueprint("board_records", __name__)


class DecideForm(Form):
    """What the board answers, in words that the holder reads."""

    verdict = RadioField(
        lazy("What do you answer?"),
        [InputRequired(lazy("Choose what you answer."))],
        choices=[
            SelectChoice(str(Verdict.ACCEPTED), lazy("Accept")),
            SelectChoice(str(Verdict.ASKED_BACK), lazy("Ask back: something is missing")),
            SelectChoice(str(Verdict.DECLINED), lazy("Decline")),
        ],
    )
    reasons = TextAreaField(
        lazy("What should the holder know?"),
        [
            Length(
                max=rules.REASONS_LIMIT,
                message=lazy("This is longer than 4,000 characters. Shorten it."),
            )
        ],
    )
    watch = BooleanField(lazy("Tell us if a certificate we accept changes"))

    def validate_reasons(self, field: TextAreaField) -> None:
        """Who is refused or asked must be told why."""
        if self.verdict.data != Verdict.ACCEPTED and not (field.data or "").strip():
            raise ValidationError(
                _("Say what is missing or why. The holder needs it to know what to do.")
            )


@bp.get("/board/releases/<ref>")
@allow(GET=Role.BOARD)
def record(ref: str) -> ResponseReturnValue:
    """The record, while an opening by this very person lasts; before that, the door to it."""
    desk, standing = my_release(ref)
    if standing.is_over:
        return over(standing)
    pack = school().shelf.current().packs.get(standing.release.pack_id)
    frame = {
        "desk": desk,
        "standing": standing,
        "pack": pack,
        "scope": SCOPES[Scope(standing.release.scope)],
        "tag": BOARD_STATES[standing.state],
        "decisions": releases.decisions(session(), standing.release.id),
        "verdicts": VERDICTS,
        "decides": rules.decides(desk.seat),
    }
    if not is_open(desk, standing):
        return render_template("board/door.html", **frame)
    library = school().shelf.current()
    scope = Scope(standing.release.scope)
    seen = released.see(session(), now(), school().office, library, standing.holder, scope, pack)
    return render_template("board/record.html", seen=seen, topics=library.topics, **frame)


@bp.post("/board/releases/<ref>/open")
@allow(POST=Role.BOARD)
def open_it(ref: str) -> ResponseReturnValue:
    """Open the record: written down for the holder first, then shown for half an hour."""
    desk, standing = my_release(ref)
    try:
        releases.look(session(), now(), standing, desk.member)
    except Over:
        return over(standing)
    return done(url_for(".record", ref=ref))


@bp.route("/board/releases/<ref>/decide", methods=["GET", "POST"])
@allow(GET=Role.BOARD, POST=Role.BOARD)
def decide(ref: str) -> ResponseReturnValue:
    """Accept, ask back or decline. The form stays when the opening is over: nothing typed is
    lost.
    """
    desk, standing = my_release(ref, Seat.REVIEWER)
    form = DecideForm(request.form)
    if standing.is_over:
        return over(standing, form.reasons.data or "")
    if request.method == "POST" and form.validate():
        try:
            return _decide(form, desk, standing)
        except ValueError as stop:
            form.form_errors.append(str(stop))
    page = render_template("board/decide.html", form=form, standing=standing)
    return page, (422 if request.method == "POST" else 200)


def _decide(form: DecideForm, desk: Desk, standing: Standing) -> ResponseReturnValue:
    verdict = Verdict(form.verdict.data)
    releases.decide(session(), now(), standing, desk.member, verdict, form.reasons.data or "")
    if verdict is Verdict.ACCEPTED and form.watch.data:
        watches.begin(session(), now(), desk.board.id, standing.holder.id, school().office)
    # The letter says neither which board nor what it answered: someone else may read it.
    journal.send_mail(
        session(),
        now(),
        standing.holder.email,
        _("There is an answer for you"),
        _("Sign in to read it: %(link)s", link=f"{school().settings.base_url}/releases"),
    )
    return done(
        url_for(".record", ref=standing.release.ref),
        _("Your answer is written down, and the holder gets a letter that there is one."),
    )
