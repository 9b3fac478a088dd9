"""Certificates given or taken back in numbers: looked through, begun, agreed to, followed."""

from flask import Blueprint, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from lms.domain.batches import MOST_ROWS
from lms.domain.certificate import ReasonClass, read_code
from lms.domain.people import Role
from lms.domain.undertakings import ALONE, Deed, End
from lms.formats.named_lists import CODES, Named
from lms.formats.names import unprintable
from lms.models.undertakings import Undertaking
from lms.records import candidates, journal, undertakings
from lms.web.access import allow
from lms.web.here import done, me, my_cohorts, now, school, session, signed_in
from lms.web.manage import cohort_or_404
from lms.web.named_lists import MOST_BYTES, TOO_MUCH, Shown, Steps
from lms.web.papers import REASONS, RevokeForm
from lms.web.text import _, lazy, plural
from lms.web.uploads import takes

bp = Blueprint("undertakings", __name__)

ENDS = {
    End.WAITING: ("open", lazy("Waits")),
    End.DONE: ("done", lazy("Done")),
    End.HELD: ("done", lazy("Has one already")),
    End.MISSING: ("wait", lazy("Something is missing")),
    End.WITHHELD: ("wait", lazy("An earlier one was revoked: decide on it alone")),
    End.LETTERS: ("stop", lazy("The name has letters we cannot print")),
    End.ENDED: ("done", lazy("Was revoked or replaced already")),
}
AGREES = (Role.COORDINATOR, Role.OPERATOR)


@bp.route("/manage/cohorts/<ref>/certificates", methods=["GET", "POST"])
@allow(GET=Role.COORDINATOR, POST=Role.COORDINATOR)
def issue(ref: str) -> ResponseReturnValue:
    """Who of a cohort can have a certificate; those that are ticked get one, in turn."""
    cohort = cohort_or_404(ref)
    found = candidates.of_cohort(session(), school().shelf, cohort, me().id, unprintable)
    ready = [one for one in found if one.end is End.WAITING]
    fault = ""
    if request.method == "POST":
        ticked = set(request.form.getlist("person"))
        chosen = [one.person for one in ready if one.person.ref in ticked]
        if chosen:
            begun = undertakings.issue_to(session(), now(), cohort, chosen, me())
            return done(url_for(".follow", ref=begun.ref))
        fault = _("Choose at least one person who can have a certificate.")
    page = render_template(
        "manage/issue.html",
        cohort=cohort,
        ready=ready,
        others=[one for one in found if one.end is not End.WAITING],
        earlier=undertakings.recent(session(), cohort),
        ends=ENDS,
        fault=fault,
    )
    return page, (422 if fault else 200)


@bp.route("/manage/revocations", methods=["GET", "POST"])
@allow(GET=Role.COORDINATOR, POST=Role.COORDINATOR)
@takes(MOST_BYTES, TOO_MUCH)
def revoke() -> ResponseReturnValue:
    """A list of codes, looked through; then a reason, and for many a second person."""
    form = RevokeForm(request.form if "bring" in request.form else None)
    mine = my_cohorts(Role.COORDINATOR)

    def look(reading: Session, named: Named) -> list[candidates.Doomed]:
        codes = [(row, read_code(cells["code"])) for row, cells in named.rows]
        return candidates.look(reading, codes, mine, me())

    def begin(named: Named) -> ResponseReturnValue:
        found = look(session(), named)
        if any(line.fault for line in found):
            raise ValueError(_("Nothing was done, because some rows have a fault."))
        if not form.validate():
            raise ValueError(_("Choose a reason below. Nothing was done so far."))
        rows = [line.certificate for line in found if line.certificate]
        reason = ReasonClass(form.reason.data)
        begun = undertakings.revoke(session(), now(), rows, reason, me())
        _tell(begun)
        return done(url_for(".follow", ref=begun.ref))

    shown = Steps(CODES, ("code",), look, begin).take()
    if not isinstance(shown, Shown):
        return shown
    page = render_template(
        "manage/revocations.html", shown=shown, form=form, alone=ALONE, most=MOST_ROWS
    )
    return page, shown.status


def _tell(begun: Undertaking) -> None:
    """Write to whoever may agree, so that a request does not wait unseen."""
    if begun.needs_second:
        link = school().settings.base_url + url_for(".follow", ref=begun.ref)
        for person in undertakings.seconds(session(), begun):
            words = _("A colleague asks you to look at a decision before it is carried out: ")
            journal.send_mail(
                session(), now(), person.email, _("Your agreement is asked for"), words + link
            )


def _mine_or_404(ref: str) -> Undertaking:
    """One that the visitor began, or may agree to."""
    found = undertakings.by_ref(session(), ref) or abort(404)
    if found.begun_by == me().id or any(g.role is Role.OPERATOR for g in signed_in().grants):
        return found
    if not undertakings.cohorts_of(session(), found) <= my_cohorts(Role.COORDINATOR):
        abort(404)
    return found


@bp.get("/manage/undertakings/<ref>")
@allow(GET=AGREES)
def follow(ref: str) -> ResponseReturnValue:
    """How far it is, who decided it, and what could not be done. It looks again by itself."""
    shown = undertakings.shown(session(), _mine_or_404(ref))
    touched = undertakings.cohorts_of(session(), shown.undertaking)
    page = current_app.make_response(
        render_template(
            "manage/undertaking.html",
            shown=shown,
            is_mine=shown.undertaking.begun_by == me().id,
            names=touched <= my_cohorts(Role.COORDINATOR),
            ends=ENDS,
            reason=_reason(shown.undertaking),
            title=_title(shown),
            in_time=shown.undertaking.deed == Deed.ISSUE,
        )
    )
    if shown.is_running:
        school().poke()
        page.headers["Refresh"] = "3"
    return page


def _reason(found: Undertaking) -> str:
    return REASONS[ReasonClass(found.reason_class)] if found.reason_class else ""


def _title(shown: undertakings.Shown) -> str:
    number = len(shown.lines)
    if shown.undertaking.deed == Deed.ISSUE:
        return plural("%(num)s certificate is given", "%(num)s certificates are given", number)
    return plural("%(num)s certificate is revoked", "%(num)s certificates are revoked", number)


@bp.post("/manage/undertakings/<ref>/agree")
@allow(POST=AGREES)
def agree(ref: str) -> ResponseReturnValue:
    """A second person agrees; it is carried out at once."""
    found = _mine_or_404(ref)
    try:
        undertakings.agree(session(), now(), found, me())
    except undertakings.NotASecond as stop:
        abort(403, str(stop))
    except ValueError as stop:
        abort(409, str(stop))
    return done(url_for(".follow", ref=ref))


@bp.post("/manage/undertakings/<ref>/withdraw")
@allow(POST=AGREES)
def withdraw(ref: str) -> ResponseReturnValue:
    """Whoever began it, or may agree, gives it up before anything was done."""
    found = _mine_or_404(ref)
    try:
        undertakings.withdraw(session(), now(), found, me())
    except ValueError as stop:
        abort(409, str(stop))
    return done(url_for(".follow", ref=ref), _("Given up. No certificate was changed."))
