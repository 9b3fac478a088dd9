"""Quizzes: the front page, one item a page, check your answers, the result."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.domain import items as rules
from lms.domain import quiz as quiz_rules
from lms.domain.curriculum import StepKind
from lms.domain.items import Item
from lms.domain.people import Role
from lms.domain.quiz import Entry, Result
from lms.records import attempts, goes
from lms.records.attempts import Changed, Closed, NotNow, Sitting
from lms.web.access import allow
from lms.web.here import done, me, now, school, session
from lms.web.learn import way_to
from lms.web.text import _
from lms.web.words import clock, stressed

bp = Blueprint("quizzes", __name__)


@bp.route("/quizzes/<quiz_id>", methods=["GET", "POST"])
@allow(GET=Role.LEARNER, POST=Role.LEARNER)
def front(quiz_id: str) -> ResponseReturnValue:
    """What the quiz is, the attempts so far, and the button to start."""
    way, step = way_to(StepKind.QUIZ, quiz_id)
    quiz = way.library.quizzes[quiz_id]
    if request.method == "POST" and way.is_open(step):
        try:
            attempt = attempts.start(session(), way, now(), me(), quiz_id)
        except NotNow:
            return done(url_for(".front", quiz_id=quiz_id))
        return done(url_for(".item", ref=attempt.ref, n=1))
    mine = goes.of_quiz(session(), me().id, quiz_id)
    running = goes.live(mine)
    return render_template(
        "quizzes/front.html",
        way=way,
        quiz=quiz,
        is_open=way.is_open(step),
        left=sum(key not in way.done for key in step.needs),
        attempts=mine,
        running=running,
        place=_place(_sitting(running.ref)) if running else 1,
        entry=goes.entry(session(), quiz, mine, now()),
        minutes=quiz_rules.allowed(quiz.minutes, me().time_factor),
    ), (422 if request.method == "POST" else 200)


def _sitting(ref: str) -> Sitting:
    return attempts.sitting(session(), school().shelf, me(), ref) or abort(404)


def _place(sitting: Sitting) -> int:
    """The number of the first item without an answer, else of the last."""
    for n, item in enumerate(sitting.items, 1):
        if not rules.is_answered(item, sitting.chosen(item.id)):
            return n
    return len(sitting.items)


def _item_at(sitting: Sitting, n: int) -> Item:
    if not 1 <= n <= len(sitting.items):
        abort(404)
    return sitting.items[n - 1]


def _after(ref: str, n: int, of: int) -> str:
    if request.form.get("go") == "check" or n >= of:
        return url_for(".check", ref=ref)
    return url_for(".item", ref=ref, n=n + 1)


@bp.route("/attempts/<ref>/<int:n>", methods=["GET", "POST"])
@allow(GET=Role.LEARNER, POST=Role.LEARNER)
def item(ref: str, n: int) -> ResponseReturnValue:
    """One item: shown without its key, saved when the page turns or while typing pauses."""
    sitting = _sitting(ref)
    shown = _item_at(sitting, n)
    if request.method == "POST":
        return _save(sitting, shown, n)
    if sitting.is_over(now()):
        return redirect(url_for(".check", ref=ref), 303)
    return _item_page(sitting, shown, n)


def _item_page(sitting: Sitting, shown: Item, n: int, typed: rules.Chosen | None = None) -> str:
    saved = sitting.answers.get(shown.id)
    seed = sitting.attempt.seed
    mine = sitting.chosen(shown.id)
    question = rules.ask(shown, seed)
    return render_template(
        "quizzes/item.html",
        sitting=sitting,
        question=question,
        choices=[(choice.token, choice.text) for choice in question.choices],
        prompts=[(prompt.token, prompt.text) for prompt in question.prompts],
        chosen=rules.tokens(shown, seed, mine if typed is None else typed),
        theirs=rules.tokens(shown, seed, mine),
        conflict=typed is not None,
        revision=sitting.revision(shown.id),
        saved_at=saved.saved_at if saved else None,
        n=n,
        now=now(),
    )


def _save(sitting: Sitting, shown: Item, n: int) -> ResponseReturnValue:
    """Save the answer. A page that pauses gets JSON; a page that turns gets the next one."""
    typed = rules.chosen(shown, sitting.attempt.seed, request.form.getlist("answer")[:40])
    based_on = request.form.get("revision", 0, type=int)
    is_pause = request.headers.get("X-Autosave") == "1"
    try:
        answer = attempts.save(session(), now(), sitting, shown, typed, based_on)
    except Closed:
        if is_pause:
            return {"message": _("This attempt is closed. What was saved in time counts.")}, 409
        return done(url_for(".check", ref=sitting.attempt.ref))
    except Changed:
        return _changed(sitting, shown, n, typed, is_pause)
    if is_pause:
        session().commit()
        return {
            "saved_at": clock(answer.saved_at if answer else now()),
            "revision": answer.revision if answer else 0,
        }
    return done(_after(sitting.attempt.ref, n, len(sitting.items)))


def _changed(
    sitting: Sitting, shown: Item, n: int, typed: rules.Chosen, is_pause: bool
) -> ResponseReturnValue:
    if is_pause:
        return {
            "message": _("You changed this answer in another tab. Turn the page to choose.")
        }, 409
    session().rollback()
    fresh = _sitting(sitting.attempt.ref)
    return _item_page(fresh, shown, n, typed), 409


@bp.get("/attempts/<ref>/check")
@allow(GET=Role.LEARNER)
def check(ref: str) -> ResponseReturnValue:
    """Check your answers before handing in, once."""
    sitting = _sitting(ref)
    if sitting.attempt.submitted_at is not None:
        return redirect(url_for(".result", ref=ref), 303)
    rows = [
        (
            stressed(f"{n}. {item.stem}"),
            rules.is_answered(item, sitting.chosen(item.id)),
            url_for(".item", ref=ref, n=n),
        )
        for n, item in enumerate(sitting.items, 1)
    ]
    return render_template(
        "quizzes/check.html", sitting=sitting, rows=rows, over=sitting.is_over(now()), now=now()
    )


@bp.post("/attempts/<ref>/submit")
@allow(POST=Role.LEARNER)
def submit(ref: str) -> ResponseReturnValue:
    """Hand in, once; the second time shows the same result."""
    sitting = _sitting(ref)
    attempts.submit(session(), now(), sitting, school().office.provider.approvals)
    return done(url_for(".result", ref=ref))


@bp.get("/attempts/<ref>/result")
@allow(GET=Role.LEARNER)
def result(ref: str) -> ResponseReturnValue:
    """Points, the reason for every option, and what to read again."""
    sitting = _sitting(ref)
    attempt = sitting.attempt
    if attempt.submitted_at is None or attempt.item_points is None:
        return redirect(url_for(".check", ref=ref), 303)
    marked = quiz_rules.Result(
        tuple(attempt.item_points), attempt.out_of or 0, bool(attempt.passed)
    )
    mine = goes.of_quiz(session(), me().id, sitting.quiz.id)
    show = _exam_result if sitting.quiz.is_exam else _quiz_result
    return show(sitting, marked, goes.entry(session(), sitting.quiz, mine, now()))


def _quiz_result(sitting: Sitting, marked: Result, entry: Entry) -> str:
    module = sitting.library.modules[sitting.quiz.module]
    again = quiz_rules.reread(sitting.items, marked)
    rows = [
        (
            item,
            points,
            rules.shuffled(item, sitting.attempt.seed),
            sitting.chosen(item.id),
            rules.key(item),
        )
        for item, points in zip(sitting.items, marked.points, strict=True)
    ]
    return render_template(
        "quizzes/result.html",
        sitting=sitting,
        attempt=sitting.attempt,
        rows=rows,
        module=module,
        program_id=sitting.enrolment.program_id,
        reread=[s for s in module.sections if s.id in again],
        entry=entry,
    )


def _exam_result(sitting: Sitting, marked: Result, entry: Entry) -> str:
    """Points by area and what to read again; never a key, because others will meet the item."""
    library, exam = sitting.library, sitting.quiz
    missed = {
        f"{library.items[item.id][0]}/{item.section}"
        for item, points in zip(sitting.items, marked.points, strict=True)
        if points < rules.POINTS
    }
    again = [
        (module, [s for s in module.sections if f"{module.id}/{s.id}" in missed])
        for module in (library.modules[name] for name in library.programs[exam.program].modules)
    ]
    return render_template(
        "quizzes/exam_result.html",
        sitting=sitting,
        attempt=sitting.attempt,
        areas=quiz_rules.by_area(
            exam.blueprint, library.banks_of(exam), sitting.items, marked.points
        ),
        harmful=quiz_rules.harmful(
            sitting.items, {item.id: sitting.chosen(item.id) for item in sitting.items}
        ),
        program_id=sitting.enrolment.program_id,
        reread=[(module, sections) for module, sections in again if sections],
        entry=entry,
    )
