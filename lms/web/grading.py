"""The assessor's desk: the queue, a sheet beside its evidence, live role-plays."""

from collections.abc import Mapping

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.domain.curriculum import StepKind
from lms.domain.people import Role
from lms.domain.rubric import Fault, Rating, Status
from lms.models.people import Person
from lms.models.role_plays import RolePlay
from lms.records import grading, learning, people, role_plays
from lms.records.grading import Incomplete, NotYours, SheetChanged
from lms.records.role_plays import Scene
from lms.web import sheet_form
from lms.web.access import allow
from lms.web.here import done, me, my_cohorts, now, school, session
from lms.web.text import _
from lms.web.words import clock

bp = Blueprint("grading", __name__)


@bp.get("/grading")
@allow(GET=Role.ASSESSOR)
def queue() -> ResponseReturnValue:
    """What waits, oldest first, without names."""
    cohorts = my_cohorts(Role.ASSESSOR)
    waiting = grading.queue(session(), me().id, cohorts)
    taken = grading.seats_taken(session(), [w.play.id for w in waiting])
    rows = [
        (
            w,
            scenario := school().shelf.at(w.play.publication_id).scenarios[w.play.scenario_id],
            taken.get(w.play.id, 0),
            scenario.raters + (w.play.state == role_plays.THIRD),
        )
        for w in waiting
    ]
    mine_or_free = [row for row in rows if row[0].mine is not None or row[2] < row[3]]
    return render_template(
        "grading/queue.html",
        rows=mine_or_free,
        unreleased=len(grading.unreleased(session(), cohorts)),
        cohorts={c.id: c.title for c in people.cohorts(session(), cohorts)},
        now=now(),
    )


def _scene(ref: str) -> Scene:
    play = role_plays.by_ref(session(), ref)
    if play is None or play.cohort_id not in my_cohorts(Role.ASSESSOR):
        abort(404)
    return role_plays.scene(session(), school().shelf, play)


@bp.route("/grading/<ref>", methods=["GET", "POST"])
@allow(GET=Role.ASSESSOR, POST=Role.ASSESSOR)
def sheet(ref: str) -> ResponseReturnValue:
    """Evidence beside the rubric; the draft is kept on the server until it is signed."""
    scene = _scene(ref)
    try:
        grading.may_rate(scene, grading.sheets(session(), scene.play), me())
    except NotYours as stop:
        return _stopped(str(stop), scene)
    return _save(scene) if request.method == "POST" else _sheet_page(scene)


def _stopped(why: str, scene: Scene) -> ResponseReturnValue:
    if request.headers.get("X-Autosave") == "1":
        return {"message": why}, 409
    typed = sheet_form.read(scene.rubric, request.form)
    page = render_template("grading/stopped.html", why=why, rubric=scene.rubric, typed=typed)
    return page, (409 if request.method == "POST" else 200)


def _sheet_page(
    scene: Scene,
    typed: Mapping[str, Rating] | None = None,
    faults: tuple[tuple[str, Fault], ...] = (),
    conflict: bool = False,
    based_on: int | None = None,
) -> str:
    rows = grading.sheets(session(), scene.play)
    mine = next((row for row in rows if row.rater_id == me().id), None)
    saved = grading.as_sheet(mine)
    ratings = typed if typed is not None else saved
    summary, by_criterion = sheet_form.fault_words(scene.rubric, faults, scene.last_turn)
    return render_template(
        "grading/sheet.html",
        scene=scene,
        learner=session().get(Person, scene.play.person_id) if scene.play.mode == "live" else None,
        ratings=ratings,
        saved=saved,
        mine=mine,
        revision=(mine.revision if mine else 0) if based_on is None else based_on,
        progress=sheet_form.rows(scene.rubric, ratings),
        errors=summary,
        by_criterion=by_criterion,
        conflict=conflict,
        empty=Rating(),
    )


def _save(scene: Scene) -> ResponseReturnValue:
    typed = sheet_form.read(scene.rubric, request.form)
    based_on = request.form.get("revision", 0, type=int)
    try:
        if request.headers.get("X-Autosave") == "1":
            row = grading.save_draft(session(), now(), scene, me(), typed, based_on)
            session().commit()
            return {"saved_at": clock(row.saved_at), "revision": row.revision}
        if request.form.get("go") not in ("sign", "next"):
            grading.save_draft(session(), now(), scene, me(), typed, based_on)
            return done(url_for(".queue"), _("Your draft is kept. Only you can see it."))
        status = grading.sign(session(), now(), scene, me(), typed, based_on)
        return _signed(status)
    except NotYours as stop:
        return _stopped(str(stop), scene)
    except Incomplete as stop:
        return _sheet_page(scene, typed, stop.faults, based_on=based_on), 422
    except SheetChanged:
        if request.headers.get("X-Autosave") == "1":
            return {"message": _("You changed this sheet in another tab.")}, 409
        return _sheet_page(scene, typed, conflict=True), 409


def _signed(status: Status) -> ResponseReturnValue:
    words = {
        Status.DECIDED: _("Your sheet is signed. The outcome waits to be released."),
        Status.WAITING: _("Your sheet is signed. It stays private until the other one is in."),
        Status.THIRD: _(
            "Your sheet is signed. The two sheets are apart, so a third trainer reads."
        ),
    }[status]
    following = next(iter(grading.queue(session(), me().id, my_cohorts(Role.ASSESSOR))), None)
    if following is None or request.form.get("go") != "next":
        return done(url_for(".queue"), words)
    return done(url_for(".sheet", ref=following.play.ref), words)


@bp.route("/grading/live", methods=["GET", "POST"])
@allow(GET=Role.ASSESSOR, POST=Role.ASSESSOR)
def live() -> ResponseReturnValue:
    """Choose whom to observe and in which scenario; then fill the same sheet on a phone."""
    members = people.members(session(), my_cohorts(Role.ASSESSOR), Role.LEARNER)
    # Someone in two cohorts is one learner here.
    learners = list({p.id: p for p, _cohort in members if p.id != me().id}.values())
    scenarios = school().shelf.current().scenarios
    refused = ""
    if request.method == "POST":
        chosen = next((p for p in learners if p.ref == request.form.get("learner")), None)
        scenario_id = request.form.get("scenario", "")
        play, refused = _begin_live(chosen, scenario_id)
        if play is not None:
            return done(url_for(".sheet", ref=play.ref))
    page = render_template(
        "grading/live.html",
        learners=learners,
        scenarios=scenarios.values(),
        refused=refused,
        chosen=(request.form.get("learner", ""), request.form.get("scenario", "")),
    )
    return page, (422 if refused else 200)


def _begin_live(learner: Person | None, scenario_id: str) -> tuple[RolePlay | None, str]:
    if learner is None or not scenario_id:
        return None, _("Choose a learner and a scenario.")
    mine = my_cohorts(Role.ASSESSOR)
    ways = learning.ways(session(), school().shelf, learner.id)
    here = (w for w in ways if w.enrolment.cohort_id in mine)
    way = next((w for w in here if w.step(StepKind.ROLE_PLAY, scenario_id)), None)
    if way is None:
        return None, _("This scenario is not part of the learner's program.")
    play = role_plays.begin(session(), now(), way, scenario_id, "live", me())
    if play.mode != "live" or play.state == role_plays.DECIDED:
        return None, _("This learner has a written go at this scenario that is not decided yet.")
    return play, ""
