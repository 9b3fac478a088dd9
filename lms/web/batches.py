"""A board's check of many certificates: a pasted list, a CSV file, or the papers themselves.

For boards with an account only. What anyone can check without one is a code at a time: a check of
many is kept, signed and deleted, so it needs someone whose it is.
"""

from collections.abc import Sequence
from hashlib import sha256

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from lms.domain.batches import MOST_PAPERS, MOST_ROWS, Answer, Asked, Match, Notes, Said, repeated
from lms.domain.people import Role
from lms.formats import lists, results
from lms.formats.origin import code_in
from lms.models.batches import Batch
from lms.records import batches, result_sheets
from lms.web.access import allow
from lms.web.here import done, end_session, me, now, school, session
from lms.web.papers import REASONS
from lms.web.seats import my_desk
from lms.web.text import _, lazy
from lms.web.uploads import takes

bp = Blueprint("batches", __name__)
MOST_BYTES = 12_000_000
_PAGE = 100
_FIRST = 50
_NAME = 120
SAID = {
    Said.VALID: ("done", lazy("Valid")),
    Said.EXPIRED: ("wait", lazy("Expired")),
    Said.SUSPENDED: ("stop", lazy("Suspended")),
    Said.REPLACED: ("wait", lazy("Replaced")),
    Said.REVOKED: ("stop", lazy("Revoked")),
    Said.NOT_OURS: ("stop", lazy("Not issued by us")),
    Said.UNREADABLE: ("open", lazy("Cannot be read")),
}


@bp.route("/board/check", methods=["GET", "POST"])
@allow(GET=Role.BOARD, POST=Role.BOARD)
@takes(
    MOST_BYTES,
    lazy(
        "Files may have 12 MB together, and a pasted list 200,000 characters. Cut the list into "
        "parts and check one after the other."
    ),
)
def check() -> ResponseReturnValue:
    """The form for a list or files; the answer has a page of its own."""
    desk = my_desk()
    fault = ""
    if request.method == "POST":
        try:
            asked, notes = _asked(request.form.get("codes", ""), _files())
            answers = _answered(asked)
            batch = batches.keep(session(), now(), desk.board.id, me(), answers, notes)
            return done(url_for(".one", ref=batch.ref))
        except lists.Unreadable as stop:
            fault = str(stop)
    page = render_template(
        "board/check.html",
        typed=request.form.get("codes", ""),
        fault=fault,
        most_rows=MOST_ROWS,
        most_papers=MOST_PAPERS,
        had=batches.of_board(session(), desk.board.id, limit=1),
    )
    return page, (422 if fault else 200)


def _answered(asked: Sequence[Asked]) -> list[Answer]:
    """Look up in a session that only reads, so that nobody waits meanwhile to write."""
    end_session()
    with school().database.reading() as reading:
        return batches.answer(reading, asked, now(), school().office)


def _files() -> list[FileStorage]:
    return [file for file in request.files.getlist("files") if file.filename]


def _asked(typed: str, files: Sequence[FileStorage]) -> tuple[list[Asked], Notes]:
    """The lines of one list, or of papers. Raises Unreadable."""
    held = [(str(file.filename), file.stream.read()) for file in files]
    papers = [(name, body) for name, body in held if body.startswith(b"%PDF-")]
    given: list[str | bytes] = [body for _name, body in held if not body.startswith(b"%PDF-")]
    if typed.strip():
        given.append(typed)
    if len(given) + bool(papers) != 1:
        raise lists.Unreadable(
            _("Paste a list, or choose one CSV file, or choose PDF files. One of these at a time.")
        )
    return _of_papers(papers) if papers else lists.read(given[0])


def _of_papers(papers: Sequence[tuple[str, bytes]]) -> tuple[list[Asked], Notes]:
    if len(papers) > MOST_PAPERS:
        raise lists.Unreadable(
            _("Choose up to %(most)s PDF files at a time. You chose %(num)s.", most=MOST_PAPERS,
              num=len(papers))
        )  # fmt: skip
    asked = [
        Asked(row, name[-_NAME:], code_in(pdf) or "", paper=sha256(pdf).hexdigest())
        for row, (name, pdf) in enumerate(papers, 1)
    ]
    return asked, repeated(asked)


@bp.get("/board/checks")
@allow(GET=Role.BOARD)
def every() -> ResponseReturnValue:
    """The board's checks so far, newest first."""
    desk = my_desk()
    before = request.args.get("before", "")
    newest = batches.by_ref(session(), before, desk.board.id) if before else None
    found = batches.of_board(session(), desk.board.id, newest.id if newest else None, _PAGE + 1)
    older = url_for(".every", before=found[_PAGE - 1].ref) if len(found) > _PAGE else ""
    return render_template("board/checks.html", batches=found[:_PAGE], older=older, words=SAID)


@bp.get("/board/checks/<ref>")
@allow(GET=Role.BOARD)
def one(ref: str) -> ResponseReturnValue:
    """What was answered: how many of each, what needs a look, then every line."""
    batch = my_batch(ref)
    answers = batches.answers_of(batch)
    start = request.args.get("after", 0, type=int)
    later = [answer for answer in answers if answer.row > start]
    return render_template(
        "board/checked.html",
        batch=batch,
        notes=batches.notes_of(batch),
        remarks=list(results.remarks(batches.notes_of(batch))),
        to_look_at=[answer for answer in answers if needs_a_look(answer)] if not start else [],
        first=_FIRST,
        shown=later[:_PAGE],
        start=start,
        more=later[_PAGE - 1].row if len(later) > _PAGE else 0,
        words=SAID,
        reasons=REASONS,
        printed=result_sheets.pdf(session(), batches.subject(batch)) is not None,
    )


def needs_a_look(answer: Answer) -> bool:
    """True for everything but a valid certificate that says what the board read on the paper."""
    compared = (answer.name, answer.hours, answer.paper)
    is_fine = answer.said is Said.VALID and (school().settings.demo or not answer.demo)
    return not is_fine or any(m in (Match.DIFFERS, Match.NOT_COMPARED) for m in compared)


def my_batch(ref: str) -> Batch:
    """A check of the visitor's own board; those of others are not there."""
    return batches.by_ref(session(), ref, my_desk().board.id) or abort(404)


@bp.post("/board/checks/<ref>/delete")
@allow(POST=Role.BOARD)
def forget(ref: str) -> ResponseReturnValue:
    """Delete a check: it holds names."""
    batches.forget(session(), now(), my_batch(ref), me())
    return done(url_for(".every"), _("The check is deleted, with its names and its sheet."))


@bp.get("/board/checks/<ref>/answers.csv")
@allow(GET=Role.BOARD)
def table(ref: str) -> ResponseReturnValue:
    """Every line with its answer, in its order."""
    return download(csv_of(my_batch(ref)), "text/csv", f"peerpath-check-{ref[:6]}.csv")


def csv_of(batch: Batch) -> bytes:
    """The table of a check: the same bytes every time, so that it can be signed."""
    return results.batch_csv(batches.answers_of(batch), batch.at)


def download(held: bytes, kind: str, name: str) -> Response:
    """A file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(held, mimetype=kind, headers=headers)
