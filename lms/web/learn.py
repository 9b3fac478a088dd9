"""Home, sections, and the way through a program."""

import re
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.content.marks import among
from lms.domain.curriculum import Module, Section, Step, StepKind
from lms.domain.people import Role
from lms.records import learning
from lms.records.finished import Waiting
from lms.records.learning import Way
from lms.web.access import allow
from lms.web.here import done, me, now, school, session
from lms.web.text import _, plural

bp = Blueprint("learn", __name__)

_HEADING = re.compile(r"(</?h)([2-5])\b")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the task list."""

    title: str
    status: str
    tag: str
    href: str = ""
    hint: str = ""


def href_of(way: Way, step: Step) -> str:
    """Where a step is done."""
    if step.kind is StepKind.SECTION:
        module_id, _slash, section_id = step.id.partition("/")
        return url_for(
            "learn.section", program_id=way.program.id, module_id=module_id, section_id=section_id
        )
    if step.kind is StepKind.QUIZ:
        return url_for("quizzes.front", quiz_id=step.id)
    if step.kind is StepKind.ROLE_PLAY:
        return url_for("role_plays.front", scenario_id=step.id)
    return url_for("hours.mine")


def _needs_words(way: Way, step: Step) -> str:
    left = [key for key in step.needs if key not in way.done]
    if not step.module:
        return plural(
            "Opens when the %(num)s section or quiz left before it is done",
            "Opens when the %(num)s sections and quizzes left before it are done",
            len(left),
        )
    if step.kind is StepKind.SECTION:
        first = left[0].partition(":")[2].partition("/")[0]
        return _("Opens when you have read “%(title)s”", title=way.library.modules[first].title)
    return plural(
        "Opens when the %(num)s section left to read is done",
        "Opens when the %(num)s sections left to read are done",
        len(left),
    )


def _about(way: Way, step: Step) -> str:
    """What a step is and how long it takes."""
    if step.kind is StepKind.SECTION:
        minutes = way.library.section(step.id).minutes
        return plural("Reading, about %(num)s minute", "Reading, about %(num)s minutes", minutes)
    if step.kind is StepKind.QUIZ:
        length = way.library.quizzes[step.id].length
        return plural("Quiz, %(num)s question", "Quiz, %(num)s questions", length)
    minutes = way.library.scenarios[step.id].minutes
    return plural("Role-play, about %(num)s minute", "Role-play, about %(num)s minutes", minutes)


def _row(way: Way, step: Step, offered: Step | None) -> Row:
    href, about = href_of(way, step), _about(way, step)
    waiting = way.waiting.get(step.key)
    if step.key in way.done:
        return Row(step.title, "done", _("Done"), href)
    if waiting is Waiting.TRAINER:
        return Row(step.title, "wait", _("With your trainer"), href, about)
    if not way.is_open(step):
        return Row(step.title, "todo", _("Cannot start yet"), "", _needs_words(way, step))
    if step == offered:
        return Row(step.title, "next", _("Next"), href, about)
    if waiting is Waiting.OPEN:
        return Row(step.title, "open", _("Begun"), href, about)
    if waiting is Waiting.AGAIN:
        return Row(step.title, "open", _("Try again"), href, about)
    return Row(step.title, "todo", _("Not started"), href, about)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the path with its task rows: a module, or the exams at the end (id "")."""

    id: str
    title: str
    summary: str
    rows: list[Row]
    done: int

    @property
    def total(self) -> int:
        """How many steps it has."""
        return len(self.rows)


def stretches(way: Way) -> list[Stretch]:
    """The modules of a program and then its exams, each with its task rows."""
    modules = [way.library.modules[name] for name in way.program.modules]
    named = [(m.id, m.title, m.summary) for m in modules]
    if way.program.requires.exams:
        named.append(("", _("Exam"), _("It draws from everything the program teaches.")))
    offered = way.next
    found = []
    for name, title, summary in named:
        mine = [s for s in way.steps if s.module == name and s.kind is not StepKind.LIVE]
        done = sum(step.key in way.done for step in mine)
        found.append(Stretch(name, title, summary, [_row(way, s, offered) for s in mine], done))
    return found


@bp.get("/learn")
@allow(GET=Role.LEARNER)
def home() -> ResponseReturnValue:
    """One thing to do next, and everything there is."""
    programs = learning.ways(session(), school().shelf, me().id, now())
    shown = [
        (way, way.next, way.next and href_of(way, way.next), stretches(way)) for way in programs
    ]
    return render_template("learn/home.html", programs=shown, person=me())


def way_or_404(program_id: str) -> Way:
    """The visitor's own way through a program."""
    return learning.way(session(), school().shelf, me().id, program_id) or abort(404)


def way_to(kind: StepKind, step_id: str) -> tuple[Way, Step]:
    """The visitor's program that holds a quiz or role-play."""
    ways = learning.ways(session(), school().shelf, me().id)
    found = ((way, step) for way in ways if (step := way.step(kind, step_id)) is not None)
    return next(found, None) or abort(404)


def _module(way: Way, module_id: str) -> Module:
    if module_id not in way.program.modules:
        abort(404)
    return way.library.modules[module_id]


@bp.route("/learn/<program_id>/<module_id>/<section_id>", methods=["GET", "POST"])
@allow(GET=Role.LEARNER, POST=Role.LEARNER)
def section(program_id: str, module_id: str, section_id: str) -> ResponseReturnValue:
    """Read a section; "done, next" notes it and goes on."""
    way = way_or_404(program_id)
    module = _module(way, module_id)
    here = next((s for s in module.sections if s.id == section_id), None) or abort(404)
    if request.method == "POST":
        return _finish(way, module, here)
    place = module.sections.index(here)
    following = module.sections[place + 1] if place + 1 < len(module.sections) else None
    html = here.html.replace("/learn/-/", f"/learn/{program_id}/")
    step = way.step(StepKind.SECTION, f"{module_id}/{section_id}")
    return render_template(
        "learn/section.html",
        way=way,
        module=module,
        section=here,
        html=html,
        place=place + 1,
        following=following,
        before=module.sections[place - 1] if place else None,
        is_done=step is not None and step.key in way.done,
        sources=[way.library.sources[s] for s in here.sources],
    )


def _finish(way: Way, module: Module, here: Section) -> ResponseReturnValue:
    learning.finish_section(session(), now(), way, module.id, here.id, _seconds_seen())
    place = module.sections.index(here)
    if place + 1 < len(module.sections):
        after = module.sections[place + 1].id
        return done(
            url_for(".section", program_id=way.program.id, module_id=module.id, section_id=after)
        )
    return done(url_for(".home"), _("You have read all of “%(title)s”.", title=module.title))


def _seconds_seen() -> int | None:
    """What the page measured on screen, up to a day; None where no script measured it."""
    typed = request.form.get("seen", "")
    is_figure = typed.isascii() and typed.isdigit() and len(typed) < 6
    return min(int(typed), 86_400) if is_figure and int(typed) else None


def _inside(section: Section, program_id: str) -> str:
    """A section's HTML among others on one page: marks of its own, headings one level lower."""
    html = section.html.replace("/learn/-/", f"/learn/{program_id}/")
    return _HEADING.sub(lambda tag: f"{tag[1]}{int(tag[2]) + 1}", among(html, section.id))


@bp.get("/learn/<program_id>/<module_id>")
@allow(GET=Role.LEARNER)
def module_print(program_id: str, module_id: str) -> ResponseReturnValue:
    """A whole module on one page, to print."""
    way = way_or_404(program_id)
    module = _module(way, module_id)
    sections = [(s, _inside(s, program_id)) for s in module.sections]
    sources = [way.library.sources[s] for s in module.sources]
    return render_template(
        "learn/module.html", way=way, module=module, sections=sections, sources=sources
    )
