"""Result sheets of a check or of a decision, and their signatures."""

from datetime import UTC

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.domain.people import Role
from lms.domain.release import Scope, Verdict
from lms.formats import results
from lms.formats.results import Sheet
from lms.formats.seals import CHECK_AT
from lms.models.batches import ResultSheet
from lms.models.boards import Decision
from lms.models.people import Person
from lms.records import batches, result_sheets
from lms.records.releases import Standing
from lms.web import seats
from lms.web.access import allow
from lms.web.batches import csv_of, download, my_batch
from lms.web.here import done, now, school, session
from lms.web.seals import signature_of
from lms.web.text import _

bp = Blueprint("result_sheets", __name__)
_PDF = "application/pdf"
_RELEASED = {
    Scope.EXISTENCE: "that certificates exist",
    Scope.HOURS: "certificates and sums of hours",
    Scope.FULL: "the whole record",
}
_DECIDED = {
    Verdict.ACCEPTED: "accepted",
    Verdict.ASKED_BACK: "asked back",
    Verdict.DECLINED: "declined",
}


@bp.get("/board/checks/<ref>/sheet.pdf")
@allow(GET=Role.BOARD)
def sheet(ref: str) -> ResponseReturnValue:
    """The sheet of a check as a PDF."""
    pdf = result_sheets.pdf(session(), batches.subject(my_batch(ref)))
    return download(pdf, _PDF, f"peerpath-check-{ref[:6]}.pdf") if pdf else _preparing()


@bp.get("/board/checks/<ref>/sheet.pdf.sig")
@allow(GET=Role.BOARD)
def sheet_signature(ref: str) -> ResponseReturnValue:
    """The signature of that PDF."""
    pdf = result_sheets.pdf(session(), batches.subject(my_batch(ref)))
    return _signed(pdf, f"peerpath-check-{ref[:6]}.pdf.sig") if pdf else _preparing()


@bp.get("/board/checks/<ref>/answers.csv.sig")
@allow(GET=Role.BOARD)
def table_signature(ref: str) -> ResponseReturnValue:
    """The signature of the CSV."""
    return _signed(csv_of(my_batch(ref)), f"peerpath-check-{ref[:6]}.csv.sig")


@bp.route("/board/releases/<ref>/sheet", methods=["GET", "POST"])
@allow(GET=Role.BOARD, POST=Role.BOARD)
def decision(ref: str) -> ResponseReturnValue:
    """What the sheet of the newest decision says; asking for it freezes it and has it printed."""
    _desk, standing = seats.my_release(ref)
    if standing.is_over:
        return seats.over(standing)
    if standing.newest is None:
        abort(404)
    kept = result_sheets.find(session(), _subject(standing.newest))
    if request.method == "POST":
        facts = results.packed(_sheet(standing, standing.newest))
        result_sheets.ask(session(), now(), _subject(standing.newest), facts)
        return done(url_for(".decision", ref=ref), _("The sheet is being prepared."))
    return render_template(
        "board/decision_sheet.html",
        sheet=results.unpacked(kept.facts) if kept else _sheet(standing, standing.newest),
        release=standing.release,
        is_asked=kept is not None,
        is_printed=kept is not None and kept.pdf is not None,
    )


def _subject(row: Decision) -> str:
    return f"decision:{row.id}"


def _sheet(standing: Standing, row: Decision) -> Sheet:
    """The sheet of a decision, as things are now. Papers are in English."""
    settings = school().settings
    by = session().get_one(Person, row.by)
    names = {
        "Board": standing.board.name,
        "Holder of the record": standing.holder.name,
        "Asked for": _credential(standing.release.pack_id),
        "Released": _RELEASED[Scope(standing.release.scope)],
        "Released on": f"{school().office.day(standing.release.starts_at)}",
        "Decision": _DECIDED[Verdict(row.verdict)],
        "Decided at": f"{row.at.astimezone(UTC):%Y-%m-%d %H:%M UTC}",
        "Decided by": by.name,
        "Number of the release": standing.release.ref,
    }
    return results.decision_sheet(
        names, row.reasons, row.at, settings.provider.name, settings.base_url + CHECK_AT,
        settings.demo,
    )  # fmt: skip


def _credential(pack_id: str) -> str:
    pack = school().shelf.current().packs.get(pack_id)
    return pack.title if pack else pack_id or "no credential named"


def _kept(ref: str) -> ResultSheet:
    """The sheet that was asked for, of a release that still holds."""
    _desk, standing = seats.my_release(ref)
    newest = standing.newest
    kept = result_sheets.find(session(), _subject(newest)) if newest else None
    if kept is None or standing.is_over:
        abort(404)
    return kept


@bp.get("/board/releases/<ref>/sheet.<ext>")
@allow(GET=Role.BOARD)
def decision_file(ref: str, ext: str) -> ResponseReturnValue:
    """The sheet as a PDF or as CSV."""
    held = _held(ref, ext)
    kind = {"pdf": _PDF, "csv": "text/csv"}[ext]
    return download(held, kind, f"peerpath-decision-{ref[:6]}.{ext}") if held else _preparing()


@bp.get("/board/releases/<ref>/sheet.<ext>.sig")
@allow(GET=Role.BOARD)
def decision_signature(ref: str, ext: str) -> ResponseReturnValue:
    """The signature of one of the two."""
    held = _held(ref, ext)
    return _signed(held, f"peerpath-decision-{ref[:6]}.{ext}.sig") if held else _preparing()


def _held(ref: str, ext: str) -> bytes | None:
    if ext not in ("pdf", "csv"):
        abort(404)
    kept = _kept(ref)
    return kept.pdf if ext == "pdf" else results.sheet_csv(results.unpacked(kept.facts))


def _signed(held: bytes, name: str) -> ResponseReturnValue:
    answer = signature_of(held)
    if isinstance(answer, Response):
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _preparing() -> ResponseReturnValue:
    school().poke()
    page = current_app.make_response(render_template("board/preparing.html"))
    page.headers["Refresh"] = "5"
    page.status_code = 202
    return page
