"""What is taught, for anyone to see: programs with their hours, and what they cover."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from lms.content.offers import offer
from lms.domain.coverage import by_domain, coverage
from lms.web.access import PUBLIC, allow
from lms.web.here import school

bp = Blueprint("curriculum", __name__)


@bp.get("/curriculum")
@allow(GET=PUBLIC)
def programs() -> ResponseReturnValue:
    """Every program: what it gives in hours, alone and live, and what it asks."""
    library = school().shelf.current()
    shown = [(program, offer(library, program.id)) for program in library.programs.values()]
    return render_template("curriculum/programs.html", programs=shown)


@bp.get("/curriculum/<program_id>")
@allow(GET=PUBLIC)
def program(program_id: str) -> ResponseReturnValue:
    """One program: modules, sessions, requirements, hours by topic and by the domains of others."""
    library = school().shelf.current()
    found = library.programs.get(program_id) or abort(404)
    given = offer(library, program_id)
    return render_template(
        "curriculum/program.html",
        program=found,
        offer=given,
        modules=[library.modules[name] for name in found.modules],
        sessions=[library.guides[name] for name in found.sessions],
        exams=[library.quizzes[name] for name in found.requires.exams],
        topics=[
            (topic, given.self_paced.get(topic.id, 0), given.live.get(topic.id, 0))
            for topic in library.topics.values()
        ],
        schemes=[(scheme, by_domain(scheme, given)) for scheme in library.schemes],
        sources=library.sources,
    )


@bp.get("/curriculum/coverage")
@allow(GET=PUBLIC)
def covered() -> ResponseReturnValue:
    """Every competency: how often it is taught, asked and judged; gaps are marked."""
    library = school().shelf.current()
    rows = coverage(
        library.categories,
        library.modules.values(),
        library.banks.values(),
        library.rubrics.values(),
    )
    return render_template("curriculum/coverage.html", rows=rows)
