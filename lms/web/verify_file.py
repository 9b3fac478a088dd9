"""Dropping a PDF to check it: what it says, against our record. Nothing of it is kept."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from lms.domain.certificate import State
from lms.domain.file_verdict import Reason, Verdict
from lms.domain.paper_check import Field
from lms.formats.dropped import MOST_BYTES, Unreadable
from lms.jobs import file_checking
from lms.jobs.file_checking import Checked
from lms.models.database import Unavailable
from lms.records import log_tree
from lms.web import errors, signed_in
from lms.web.access import PUBLIC, allow
from lms.web.here import end_session, now, school, session
from lms.web.papers import REASONS as WHY
from lms.web.text import _, lazy
from lms.web.uploads import takes
from lms.web.verify import public_facts, shown_facts, wants_json

bp = Blueprint("verify_file", __name__)

WORDS = {
    Verdict.AGREES: (
        "agrees",
        lazy("The file says what our record says"),
        lazy(
            "It is not the very file we issued: it was saved or scanned anew. The words in it "
            "agree with our record. Pictures we cannot see, so look at the page as well."
        ),
    ),
    Verdict.DIFFERS: (
        "differs",
        lazy("Do not rely on this file"),
        lazy("It is not the file we issued, and it does not say what our record says."),
    ),
    Verdict.NO_TEXT: (
        "unreachable",
        lazy("There is no text to compare"),
        lazy(
            "The file is a picture. Its code leads to the record below: compare every line by eye."
        ),
    ),
    Verdict.NOT_OURS: (
        "unknown",
        lazy("Not issued by us"),
        lazy("The file carries no code of a certificate that we issued."),
    ),
    Verdict.UNREADABLE: (
        "unreachable",
        lazy("We cannot read this file"),
        lazy("This says nothing about the certificate, good or bad. Type its code instead."),
    ),
}
REASONS = {
    Reason.LINES_DIFFER: lazy("Some lines say something else than our record."),
    Reason.LINES_ADDED: lazy("There are words on it that our record does not have."),
    Reason.CODES_DISAGREE: lazy("It carries the codes of different certificates."),
    Reason.INSIDE_OF_ANOTHER: lazy("The data inside belong to another certificate."),
    Reason.INSIDE_OF_AN_OLDER: lazy("The data inside belong to an older version of it."),
    Reason.INSIDE_CHANGED: lazy("The data inside are not those we put there."),
    Reason.INSIDE_TWICE: lazy("It has the same data inside twice, which ours never have."),
    Reason.INSIDE_GONE: lazy("The signed data that we put inside are gone, as after printing."),
    Reason.CAN_ACT: lazy("It contains a program or an action. Papers of ours never do."),
    Reason.LINES_UNFOUND: lazy("Some lines could not be found in its text."),
    Reason.SAVED_AGAIN: lazy("It was changed after it was first saved, or signed."),
}
FAULTS = {
    Unreadable.TOO_LARGE: lazy("It has more than 20 MB. Our papers have less than one."),
    Unreadable.NO_PDF: lazy("It is no PDF."),
    Unreadable.ENCRYPTED: lazy("It is locked with a password. Ours never are."),
    Unreadable.TOO_MANY_PAGES: lazy("It has more than 40 pages. Ours have a few."),
    Unreadable.TOO_MUCH: lazy("Reading it would take more time or memory than any paper of ours."),
    Unreadable.BROKEN: lazy("It is damaged. Ask for it again, or have it sent another way."),
    Unreadable.BUSY: lazy("Other files are being read just now. Try again in a minute."),
}
FIELDS = {
    Field.HOLDER: lazy("Holder"),
    Field.CODE: lazy("Code"),
    Field.PROGRAM: lazy("Program"),
    Field.EDITION: lazy("Program id and edition"),
    Field.STATEMENT: lazy("What it says"),
    Field.TRAINING: lazy("Training"),
    Field.ISSUED: lazy("Issued"),
    Field.EXPIRES: lazy("Valid until"),
    Field.HOURS: lazy("Hours"),
    Field.TOPIC: lazy("Hours by topic"),
    Field.FORMAT: lazy("Hours by format"),
    Field.ASSESSMENT: lazy("Assessment"),
    Field.INSTRUCTORS: lazy("Instructors"),
    Field.APPROVALS: lazy("Approvals"),
    Field.PROVIDER: lazy("Provider"),
    Field.SIGNATORY: lazy("Signed by"),
    Field.RETENTION: lazy("Records"),
    Field.REPLACES: lazy("Takes the place of"),
    Field.RENEWS: lazy("Renews"),
    Field.OBJECTIVES: lazy("What the training teaches"),
}


@bp.route("/verify/file", methods=["GET", "POST"])
@allow(GET=PUBLIC, POST=PUBLIC)
@takes(MOST_BYTES, lazy("Our papers have less than 20 MB, so this file is none of ours."))
def check() -> ResponseReturnValue:
    """One file, one verdict."""
    signed_in.leave_as_is()
    if request.method == "GET":
        return _marked(render_template("verify/file.html", fault="", verdict="", facts=None), 200)
    sent = request.files.get("file")
    held = sent.stream.read() if sent and sent.filename else b""
    if not held:
        fault = _("Choose the PDF of the certificate.")
        page = render_template("verify/file.html", fault=fault, verdict="", facts=None)
        return _marked(page, 422)
    try:
        found = file_checking.check(session(), held, now(), school().office)
        entered = log_tree.entered(session(), found.record.certificate) if found.record else None
    except (DBAPIError, Unavailable):
        end_session()
        return errors.page(
            503,
            _("We cannot check this now"),
            _("Our records do not answer at this moment. This says nothing about the file."),
        )
    if wants_json():
        return _marked(current_app.make_response(_told(found)), 200)
    return _marked(render_template("verify/file.html", **_shown(found), entered=entered), 200)


def _told(found: Checked) -> dict[str, Any]:
    standing = found.record.standing if found.record else None
    is_valid = standing is not None and standing.state is State.VALID
    return {
        "valid": is_valid and found.judged.verdict is Verdict.SAME,
        "verdict": found.judged.verdict,
        "reasons": list(found.judged.reasons),
        "fault": found.file.fault,
        "sha256": found.file.sha256,
        "checked_at": now().isoformat(),
        "state": standing.state if standing else None,
        "since": standing.since.isoformat() if standing else None,
        "replaced_by": standing.replaced_by if standing else None,
        "facts": public_facts(found.record) if found.record else None,
        "compared": asdict(found.compared) if found.compared else None,
    }


def _shown(found: Checked) -> dict[str, Any]:
    record, judged = found.record, found.judged
    look, word, sentence = WORDS.get(judged.verdict, ("", "", ""))
    reasons = [FAULTS[found.file.fault]] if found.file.fault else []
    reasons += [REASONS[reason] for reason in judged.reasons]
    reason = record.standing.reason if record else None
    return {
        "fault": "",
        "verdict": judged.verdict,
        "look": look,
        "word": word,
        "sentence": sentence,
        "reasons": reasons,
        "compared": found.compared,
        "rows": [
            [FIELDS[one.field], one.paper, one.record]
            for one in (found.compared.differing if found.compared else ())
        ],
        "record": record,
        "facts": shown_facts(record) if record else None,
        "state": record.standing.state if record else "",
        "reason": WHY[reason] if reason else "",
        "checked_at": now(),
    }


def _marked(page: Any, status: int) -> Response:
    answer = current_app.make_response((page, status)) if isinstance(page, str) else page
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Vary"] = "Accept"
    return answer
