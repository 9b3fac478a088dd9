"""After the sheets: release in a batch, look at an outcome, amend it with a reason."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.domain.people import Role
from lms.domain.rubric import LEVELS
from lms.models.people import Person
from lms.records import grading, role_plays
from lms.records.role_plays import Scene
from lms.web.access import allow
from lms.web.here import done, me, my_cohorts, now, school, session
from lms.web.text import _, plural

bp = Blueprint("outcomes", __name__)

_STAFF = (Role.ASSESSOR, Role.COORDINATOR)


def _cohorts() -> frozenset[int]:
    return my_cohorts(Role.ASSESSOR) | my_cohorts(Role.COORDINATOR)


@bp.route("/outcomes", methods=["GET", "POST"])
@allow(GET=_STAFF, POST=_STAFF)
def release() -> ResponseReturnValue:
    """Decided and not told yet: choose which to release, all at once."""
    found = [row for row in grading.unreleased(session(), _cohorts()) if row[1].id != me().id]
    refused = ""
    if request.method == "POST":
        ticked = set(request.form.getlist("shown" if request.form.get("go") == "all" else "play"))
        chosen = [row for row in found if row[0].ref in ticked]
        if chosen:
            count = grading.release(session(), now(), chosen, me())
            words = plural("%(num)s outcome is released.", "%(num)s outcomes are released.", count)
            return done(url_for(".release"), words)
        refused = _("Tick at least one role-play to release.")
    rows = [
        (
            play,
            person,
            school().shelf.at(play.publication_id).scenarios[play.scenario_id],
            role_plays.outcomes(session(), play)[-1],
        )
        for play, person in found[:50]
    ]
    page = render_template(
        "outcomes/release.html", rows=rows, refused=refused, more=len(found) > len(rows)
    )
    return page, (422 if refused else 200)


def _scene(ref: str) -> Scene:
    play = role_plays.by_ref(session(), ref)
    if play is None or play.cohort_id not in _cohorts() or play.person_id == me().id:
        abort(404)
    if play.state != role_plays.DECIDED:
        abort(404)
    return role_plays.scene(session(), school().shelf, play)


@bp.route("/outcomes/<ref>", methods=["GET", "POST"])
@allow(GET=_STAFF, POST=_STAFF)
def one(ref: str) -> ResponseReturnValue:
    """All sheets side by side, the outcome, and how it was amended."""
    scene = _scene(ref)
    refused = ""
    found = role_plays.outcomes(session(), scene.play)
    levels = found[-1].levels
    if request.method == "POST":
        levels = {
            c.id: request.form.get(f"level-{c.id}", found[-1].levels[c.id], type=int)
            for c in scene.rubric.criteria
        }
        reason = request.form.get("reason", "")[:1000]
        try:
            if any(level not in LEVELS for level in levels.values()):
                raise ValueError(_("Choose a level from 1 to 4."))
            grading.amend(session(), now(), scene, levels, reason, me())
            return done(url_for(".one", ref=ref), _("The outcome is amended."))
        except ValueError as stop:
            refused = str(stop)
    sheets = [s for s in grading.sheets(session(), scene.play) if s.signed_at]
    page = render_template(
        "outcomes/one.html",
        scene=scene,
        learner=session().get(Person, scene.play.person_id),
        sheets=[(grading.as_sheet(s), session().get(Person, s.rater_id)) for s in sheets],
        outcomes=found,
        levels=levels,
        refused=refused,
        reason=request.form.get("reason", ""),
    )
    return page, (422 if refused else 200)
