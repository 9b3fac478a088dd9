"""Written role-plays: the brief, a turn a page, check and hand in, what the trainer saw."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.domain.curriculum import StepKind
from lms.domain.people import Role
from lms.records import grading, role_plays
from lms.records.role_plays import OPEN, REPLY_LIMIT, Changed, Closed, Scene
from lms.web.access import allow
from lms.web.here import done, me, now, school, session
from lms.web.learn import way_to
from lms.web.text import _
from lms.web.words import clock

bp = Blueprint("role_plays", __name__)


@bp.route("/role-plays/<scenario_id>", methods=["GET", "POST"])
@allow(GET=Role.LEARNER, POST=Role.LEARNER)
def front(scenario_id: str) -> ResponseReturnValue:
    """The brief, and one's goes so far."""
    way, step = way_to(StepKind.ROLE_PLAY, scenario_id)
    mine = role_plays.of_scenario(session(), me().id, scenario_id)
    newest = mine[-1] if mine else None
    may_begin = (
        way.is_open(step)
        and step.key not in way.done
        and (newest is None or newest.released_at is not None)
    )
    if request.method == "POST" and may_begin:
        play = role_plays.begin(session(), now(), way, scenario_id, "written", me())
        return done(url_for(".turn", ref=play.ref, n=1))
    scenario = way.library.scenarios[scenario_id]
    is_begun = newest is not None and newest.state == OPEN
    page = render_template(
        "role_plays/front.html",
        way=way,
        scenario=scenario,
        rubric=way.library.rubrics[scenario.rubric],
        plays=mine,
        newest=newest,
        place=_place(_scene(newest.ref)) if newest and is_begun else 1,
        is_open=way.is_open(step),
        left=sum(key not in way.done for key in step.needs),
        may_begin=may_begin,
    )
    return page, (422 if request.method == "POST" else 200)


def _place(scene: Scene) -> int:
    """The number of the first turn without an answer, else of the last."""
    return next(iter(scene.unanswered), len(scene.scenario.turns))


def _scene(ref: str) -> Scene:
    play = role_plays.by_ref(session(), ref)
    if play is None or play.person_id != me().id or play.mode != "written":
        abort(404)
    return role_plays.scene(session(), school().shelf, play)


@bp.route("/role-plays/answers/<ref>/<int:n>", methods=["GET", "POST"])
@allow(GET=Role.LEARNER, POST=Role.LEARNER)
def turn(ref: str, n: int) -> ResponseReturnValue:
    """What the person says, and what the learner answers."""
    scene = _scene(ref)
    if not 1 <= n <= len(scene.scenario.turns):
        abort(404)
    if request.method == "POST":
        return _save(scene, n)
    if scene.play.state != OPEN:
        return redirect(url_for(".check", ref=ref), 303)
    return _turn_page(scene, n)


def _turn_page(
    scene: Scene, n: int, typed: str | None = None, fault: str = "", conflict: bool = False
) -> str:
    saved = scene.replies.get(n)
    return render_template(
        "role_plays/turn.html",
        scene=scene,
        n=n,
        transcript=[t for t in scene.transcript() if t.number < 2 * n],
        text=typed if typed is not None else (saved.text if saved else ""),
        saved=saved,
        fault=fault,
        conflict=conflict,
        limit=REPLY_LIMIT,
    )


def _save(scene: Scene, n: int) -> ResponseReturnValue:
    """Save the reply: as JSON for a pause in typing, or turn the page."""
    typed = request.form.get("reply", "").replace("\r\n", "\n").strip()
    is_pause = request.headers.get("X-Autosave") == "1"
    if len(typed) > REPLY_LIMIT:
        fault = _(
            "Your answer has %(n)s characters. Shorten it to %(limit)s.",
            n=len(typed),
            limit=REPLY_LIMIT,
        )
        return ({"message": fault}, 422) if is_pause else (_turn_page(scene, n, typed, fault), 422)
    based_on = request.form.get("revision", 0, type=int)
    try:
        reply = role_plays.save_reply(session(), now(), scene, n, typed, based_on)
    except Closed:
        if is_pause:
            return {"message": _("This role-play was handed in. What was saved counts.")}, 409
        return done(url_for(".check", ref=scene.play.ref))
    except Changed:
        return _changed(scene, n, typed, is_pause)
    if is_pause:
        session().commit()
        return {
            "saved_at": clock(reply.saved_at if reply else now()),
            "revision": reply.revision if reply else 0,
        }
    if request.form.get("go") == "check" or n == len(scene.scenario.turns):
        return done(url_for(".check", ref=scene.play.ref))
    return done(url_for(".turn", ref=scene.play.ref, n=n + 1))


def _changed(scene: Scene, n: int, typed: str, is_pause: bool) -> ResponseReturnValue:
    if is_pause:
        message = _("You changed this answer in another tab. Turn the page to choose.")
        return {"message": message}, 409
    session().rollback()
    return _turn_page(_scene(scene.play.ref), n, typed, conflict=True), 409


@bp.route("/role-plays/answers/<ref>/check", methods=["GET", "POST"])
@allow(GET=Role.LEARNER, POST=Role.LEARNER)
def check(ref: str) -> ResponseReturnValue:
    """Read the whole transcript, then hand it in, once."""
    scene = _scene(ref)
    if request.method == "POST":
        try:
            role_plays.hand_in(session(), now(), scene)
        except ValueError:
            page = render_template("role_plays/check.html", scene=scene, refused=True)
            return page, 422
        return done(
            url_for(".front", scenario_id=scene.scenario.id),
            _("Your role-play is with your trainer."),
        )
    if scene.play.released_at is not None:
        return redirect(url_for(".feedback", ref=ref), 303)
    return render_template("role_plays/check.html", scene=scene, refused=False)


@bp.get("/role-plays/feedback/<ref>")
@allow(GET=Role.LEARNER)
def feedback(ref: str) -> ResponseReturnValue:
    """After release: levels, anchors, cited turns, and what to try next."""
    play = role_plays.by_ref(session(), ref)
    if play is None or play.person_id != me().id or play.released_at is None:
        abort(404)
    scene = role_plays.scene(session(), school().shelf, play)
    return render_template(
        "role_plays/feedback.html",
        scene=scene,
        outcomes=role_plays.outcomes(session(), play),
        sheets=[grading.as_sheet(s) for s in grading.sheets(session(), play) if s.signed_at],
    )
