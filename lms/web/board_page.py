"""One board: what it asks, how far a learner is, what comes next, and what a move would change."""

from datetime import date

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.domain.certificate import in_hours
from lms.domain.next_steps import next_steps
from lms.domain.packs import Pack, Version
from lms.domain.people import Role
from lms.domain.reciprocity import Move, compare
from lms.records import boards, evaluated, learning, lessons, standing
from lms.records.evaluated import Evaluated
from lms.web import answers
from lms.web.access import allow
from lms.web.here import done, me, now, school, session
from lms.web.places import by_place, place
from lms.web.steps import way_on
from lms.web.text import _
from lms.web.words import day

bp = Blueprint("board_page", __name__)
_ONE_LINE = 4


def pack_or_404(pack_id: str) -> Pack:
    """A pack of the current library."""
    return school().shelf.current().packs.get(pack_id) or abort(404)


def today() -> date:
    """The provider's calendar day of this request."""
    return school().office.day(now())


def _version(pack: Pack) -> Version:
    """The version asked for by its id, else the one in force."""
    wanted = request.args.get("version", "")
    if not wanted:
        return pack.version(today())
    return next((v for v in pack.versions if v.id == wanted), None) or abort(404)


@bp.get("/requirements/<pack_id>")
@allow(GET=Role.LEARNER)
def one(pack_id: str) -> ResponseReturnValue:
    """Each requirement with its meter, its table, its sentence and the lines behind it."""
    pack = pack_or_404(pack_id)
    version = _version(pack)
    caps = school().office.caps
    found = evaluated.of_one(session(), me().id, pack, today(), version, caps)
    library = school().shelf.current()
    lines = {entry.id: entry for entry in found.record.entries}
    behind = answers.Behind(lines, library, found.said)
    return render_template(
        "requirements/board.html",
        found=found,
        version=version,
        in_force=pack.version(today()),
        place=place(pack),
        is_followed=any(b.pack_id == pack.id for b in boards.followed(session(), me().id)),
        stages=[(stage, answers.shown(some, behind)) for stage, some in found.stages],
        ongoing=answers.shown(found.ongoing, behind),
        renewal=answers.shown(found.renewal, behind),
        steps=_steps(found),
        questions=len(found.unanswered),
        clock_sentence=answers.said(found.clock.sentence) if found.clock else "",
        confidence=answers.confidence(version.confidence),
        sources=answers.named(version.sources, library),
        others=[(p.id, f"{place(p)}: {p.title}") for p in _others(pack)],
        versions=[(v.id, _version_words(v)) for v in pack.versions],
        rule=_version_words(version),
        most_online=caps.online_in_24_hours,
    )


def _version_words(version: Version) -> str:
    name = _("In force now") if version.id == "current" else version.id
    if version.starts is None:
        return name
    return _("%(version)s, from %(day)s", version=name, day=day(version.starts))


def _steps(found: Evaluated) -> list[tuple[str, str, int, str, str, str]]:
    """What to do next, in words: (title, within, minutes missing, how, address, its words)."""
    ways = learning.ways(session(), school().shelf, me().id)
    offered = lessons.left(ways, found.record.entries)
    return [
        (step.title, step.within, step.missing, *way_on(step))
        for step in next_steps(found.now, found.version, offered)
    ]


def _others(pack: Pack) -> list[Pack]:
    packs = school().shelf.current().packs.values()
    return [other for other in by_place(packs) if other.id != pack.id]


@bp.post("/requirements/<pack_id>/follow")
@allow(POST=Role.LEARNER)
def follow(pack_id: str) -> ResponseReturnValue:
    """Follow this board, or follow it no longer."""
    pack = pack_or_404(pack_id)
    if request.form.get("go") == "leave":
        boards.leave(session(), now(), me(), pack.id)
        return done(
            url_for("requirements.mine"), _("You no longer follow %(title)s.", title=pack.title)
        )
    boards.follow(session(), now(), me(), [pack.id])
    return done(url_for(".one", pack_id=pack.id), _("You follow this board."))


@bp.get("/requirements/<pack_id>/moving")
@allow(GET=Role.LEARNER)
def moving(pack_id: str) -> ResponseReturnValue:
    """What another board would still ask of who has this record."""
    pack = pack_or_404(pack_id)
    wanted = request.args.get("to", "")
    other = pack_or_404(wanted) if wanted else None
    moved = _moved(pack, other) if other else None
    return render_template(
        "requirements/moving.html",
        pack=pack,
        other=other,
        place=place,
        moved=moved,
        line=_in_one_line(moved) if moved else "",
        said=answers.said,
        others=[(p.id, f"{place(p)}: {p.title}") for p in _others(pack)],
    )


def _moved(pack: Pack, other: Pack) -> Move:
    record = standing.record_of(session(), me().id, school().office.caps)
    return compare(record, pack.version(today()), other.version(today()), today())


def _in_one_line(moved: Move) -> str:
    """The hours that only the other board asks, in one line; "" for more than a line can hold."""
    hours = [gap for gap in moved.added if answers.in_minutes(gap.answer) and gap.missing]
    if len(hours) > _ONE_LINE:
        return ""
    return ", ".join(
        _(
            "%(time)s %(title)s missing",
            time=in_hours(gap.missing or 0),
            title=answers.as_in_a_sentence(gap.answer.title),
        )
        for gap in hours
    )
