"""What a holder shows of a certificate: the name on the check page, and links for others."""

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.domain.people import Role
from lms.domain.sharing import DAYS, Shared, is_open
from lms.models.certificates import Certificate
from lms.models.holding import ShareLink
from lms.records import certificates, sharing
from lms.records.certificates import CERTIFICATE, TRANSCRIPT, Record
from lms.web import errors
from lms.web.access import PUBLIC, allow
from lms.web.certificates import held_or_404, preparing
from lms.web.here import done, me, now, school, session
from lms.web.papers import REASONS
from lms.web.text import _, lazy

bp = Blueprint("sharing", __name__)

SCOPES = {
    Shared.STATE: (
        lazy("That it holds"),
        lazy("The program, the dates, and where it stands today. Not your name, not your hours."),
    ),
    Shared.FACTS: (
        lazy("Everything on it"),
        lazy("Your name, hours and every other line, also while your name is off the check page."),
    ),
    Shared.PAPERS: (
        lazy("Everything, and the papers"),
        lazy("The same, with the certificate and the transcript to download."),
    ),
}
LASTS = {7: lazy("A week"), 30: lazy("A month"), 90: lazy("Three months"), 365: lazy("A year")}
LOOKS = {
    "page": lazy("The page was opened"),
    CERTIFICATE: lazy("The certificate was downloaded"),
    TRANSCRIPT: lazy("The transcript was downloaded"),
}


class ShareForm(Form):
    """How much a link shows, for how long, and for whom."""

    scope = RadioField(
        lazy("What it shows"),
        [InputRequired(lazy("Choose what it shows."))],
        choices=[SelectChoice(str(scope), words[0]) for scope, words in SCOPES.items()],
    )
    days = RadioField(
        lazy("How long it works"),
        [InputRequired(lazy("Choose how long it works."))],
        choices=[SelectChoice(str(days), LASTS[days]) for days in DAYS],
    )
    label = StringField(
        lazy("Who is it for?"), [Length(max=80, message=lazy("Use 80 characters at most."))]
    )


def own_or_404(code: str) -> Record:
    """A certificate of the visitor's own."""
    record = held_or_404(code)
    if record.certificate.person_id != me().id:
        abort(404)
    return record


@bp.post("/certificates/<code>/public-name")
@allow(POST=Role.LEARNER)
def public_name(code: str) -> ResponseReturnValue:
    """Keep the name off what anyone with the code sees, or show it there again."""
    row = own_or_404(code).certificate
    off = row.name_hidden_at is None
    certificates.keep_name_off(session(), now(), row, off=off)
    words = _("Your name is off the check page.") if off else _("The check page shows your name.")
    return done(url_for(".share", code=row.code), words)


@bp.route("/certificates/<code>/share", methods=["GET", "POST"])
@allow(GET=Role.LEARNER, POST=Role.LEARNER)
def share(code: str) -> ResponseReturnValue:
    """One's links to a certificate, who looked, and a form for another."""
    record = own_or_404(code)
    form = ShareForm(request.form, scope=Shared.FACTS, days="30")
    if request.method == "POST" and form.validate():
        try:
            _make(record.certificate, form)
            return done(url_for(".share", code=record.certificate.code), _("The link is made."))
        except ValueError as stop:
            form.form_errors.append(str(stop))
    secret = school().settings.secret
    page = render_template(
        "certificates/share.html",
        record=record,
        form=form,
        scopes=SCOPES,
        looks=LOOKS,
        links=[
            (link, views, is_open(now(), link.ends_at, link.ended_at), _address(secret, link))
            for link, views in sharing.of_certificate(session(), record.certificate)
        ],
    )
    return page, (422 if request.method == "POST" else 200)


def _make(row: Certificate, form: ShareForm) -> None:
    label = " ".join(str(form.label.data or "").split())
    scope, days = Shared(form.scope.data), int(form.days.data)
    sharing.make(session(), now(), row, scope, days, label, me())


def _address(secret: str, link: ShareLink) -> str:
    base = school().settings.base_url
    return base + url_for(".shown", token=sharing.token(secret, link))


@bp.post("/certificates/links/<ref>/end")
@allow(POST=Role.LEARNER)
def end(ref: str) -> ResponseReturnValue:
    """End a link of one's own; whoever opens it sees nothing any more."""
    link = sharing.by_ref(session(), ref)
    if link is None or link.person_id != me().id:
        abort(404)
    sharing.end(session(), now(), link, me())
    row = session().get_one(Certificate, link.certificate_id)
    return done(url_for(".share", code=row.code), _("The link shows nothing any more."))


@bp.route("/shared/<token>", methods=["GET", "POST"])
@allow(GET=PUBLIC, POST=PUBLIC)
def shown(token: str) -> ResponseReturnValue:
    """A door that shows nothing, so that programs which follow links are no looks; behind it, what
    the holder chose.
    """
    link = sharing.by_token(session(), school().settings.secret, now(), token)
    if link is None:
        return _over()
    if request.method == "GET":
        return _unlisted(render_template("shared/door.html", link=link, scopes=SCOPES), 200)
    record = _record(link)
    sharing.look(session(), now(), link, "page")
    session().commit()
    reason = record.standing.reason
    page = render_template(
        "shared/shown.html",
        link=link,
        record=record,
        facts=record.facts,
        state=record.standing.state,
        reason=REASONS[reason] if reason else "",
        checked_at=now(),
        token=token,
        shows_all=link.scope != Shared.STATE,
        has_papers=link.scope == Shared.PAPERS,
    )
    return _unlisted(page, 200)


@bp.post("/shared/<token>/<kind>.pdf")
@allow(POST=PUBLIC)
def paper(token: str, kind: str) -> ResponseReturnValue:
    """A paper, where the link gives papers; each download is a look."""
    link = sharing.by_token(session(), school().settings.secret, now(), token)
    if link is None or link.scope != Shared.PAPERS or kind not in (CERTIFICATE, TRANSCRIPT):
        return _over()
    row = _record(link).certificate
    held = certificates.paper(session(), row, kind)
    if held is None:
        return preparing()
    sharing.look(session(), now(), link, kind)
    session().commit()
    name = f"peerpath-{kind}-{row.code[:5].lower()}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return _marked(Response(held, mimetype="application/pdf", headers=headers))


def _record(link: ShareLink) -> Record:
    row = session().get_one(Certificate, link.certificate_id)
    found = certificates.look_up(session(), row.code, now(), school().office)
    return found or abort(404)


def _over() -> ResponseReturnValue:
    return errors.page(
        404,
        _("This link shows nothing"),
        _("It may be over, or its holder ended it. Ask whoever sent it to you for another."),
    )


def _unlisted(page: str, status: int) -> Response:
    return _marked(current_app.make_response((page, status)))


def _marked(answer: Response) -> Response:
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer.headers["Cache-Control"] = "no-store"
    return answer
