"""Who in a cohort has stopped, where and why; and a kind letter to those whose turn it is."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.domain.people import Role
from lms.domain.stuck import MOST, QUIET, Letter, Turn
from lms.records import nudging
from lms.web.access import allow
from lms.web.here import done, me, now, school, session
from lms.web.manage import cohort_or_404
from lms.web.text import _, lazy, plural

bp = Blueprint("stuck", __name__)

TURNS = {
    Turn.LEARNER: ("open", lazy("Can go on")),
    Turn.CLAIM: ("next", lazy("Everything is met: can take the certificate")),
    Turn.TRAINER: ("wait", lazy("Waits for a trainer to read a role-play")),
    Turn.COORDINATOR: ("wait", lazy("Waits for you: no go is left at a quiz")),
    Turn.MEETING: ("wait", lazy("Waits for a live session")),
}
LETTERS = {
    Letter.NOT_THEIRS: lazy("No letter: it is not their turn."),
    Letter.OFF: lazy("No letter: they asked for none. Call them, or talk to them."),
    Letter.SOON: lazy("No letter yet: one went out within two weeks."),
    Letter.ENOUGH: lazy("No more letters: three had no answer. Call them, or talk to them."),
}


@bp.route("/manage/cohorts/<ref>/stuck", methods=["GET", "POST"])
@allow(GET=Role.COORDINATOR, POST=Role.COORDINATOR)
def stuck(ref: str) -> ResponseReturnValue:
    """Those who have not moved for two weeks, the longest first; letters go to whom is ticked."""
    cohort = cohort_or_404(ref)
    if request.method == "POST":
        chosen = request.form.getlist("person")
        sent = nudging.send(session(), school().shelf, now(), cohort, chosen, me(), _letter())
        words = plural("%(num)s letter is on its way.", "%(num)s letters are on their way.", sent)
        return done(url_for(".stuck", ref=ref), words)
    rows = nudging.of_cohort(session(), school().shelf, now(), cohort)
    return render_template(
        "manage/stuck.html",
        cohort=cohort,
        learners=len(rows),
        rows=[row for row in rows if row.stand.is_stuck(now())],
        days=QUIET.days,
        quiet=lambda row: row.stand.quiet(now()).days,
        may={r.person.ref for r in rows if r.letter is Letter.MAY and r.person.id != me().id},
        turns=TURNS,
        letters=LETTERS,
        most=MOST,
    )


def _letter() -> tuple[str, str]:
    """Names no program, so that a letter seen by others says nothing."""
    base = school().settings.base_url
    return (
        _("Your place is kept"),
        _(
            "Nothing is late and nothing is lost. You can go on where you stopped: %(link)s "
            "If something stands in the way, answer %(name)s, your coordinator: more time, another "
            "go and a talk are all possible. If you want no letters like this, turn them off in "
            "your account: %(account)s",
            link=base + url_for("learn.home"),
            account=base + url_for("account.mine"),
            name=me().name,
        ),
    )
