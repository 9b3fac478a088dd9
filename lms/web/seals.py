"""Anyone checks a signed sheet: our public key, and a page for a file with its signature."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from lms.formats import seals
from lms.formats.seals import SHEETS, Broken, NoKey
from lms.web import errors
from lms.web.access import PUBLIC, allow
from lms.web.here import school
from lms.web.text import _, lazy
from lms.web.uploads import takes

bp = Blueprint("seals", __name__)
_MOST_BYTES = 5_000_000


@bp.get("/.well-known/peerpath-key.txt")
@allow(GET=PUBLIC)
def public_key() -> ResponseReturnValue:
    """The public key with which anyone can check our sheets, without us."""
    data = school().settings.data
    try:
        text = (
            f"# {school().settings.provider.name}\n# key: {seals.public_id(data, SHEETS)}\n"
            f"{seals.public_pem(data, SHEETS)}"
        )
    except NoKey:
        abort(404)
    return Response(text, mimetype="text/plain")


@bp.route("/verify/sheet", methods=["GET", "POST"])
@allow(GET=PUBLIC, POST=PUBLIC)
@takes(_MOST_BYTES, lazy("A sheet of ours and its signature have less than 5 MB together."))
def ask() -> ResponseReturnValue:
    """Whether a sheet is as we made it."""
    if request.method == "GET":
        return render_template("verify/sheet.html", fault="", right="")
    fault = right = ""
    try:
        right = _checked()
    except Broken as stop:
        fault = str(stop)
    except NoKey:
        return _no_key()
    page = render_template("verify/sheet.html", fault=fault, right=right)
    return page, (422 if fault else 200)


def _checked() -> str:
    sheet, beside = (request.files.get(name) for name in ("sheet", "signature"))
    if not (sheet and sheet.filename and beside and beside.filename):
        raise Broken(_("Choose both: the sheet, and the small file whose name ends in .sig."))
    seals.check(
        school().settings.data, SHEETS, sheet.stream.read(), seals.read(beside.stream.read())
    )
    return sheet.filename[-120:]


def signature_of(held: bytes) -> ResponseReturnValue:
    """The signature of a file of ours, to keep beside it."""
    try:
        signature = seals.sign(school().settings.data, SHEETS, held)
    except NoKey:
        return _no_key()
    return Response(str(signature), mimetype="text/plain")


def _no_key() -> ResponseReturnValue:
    return errors.page(
        503,
        _("We cannot sign or check sheets just now"),
        _("The key for it is not where it should be. The operator can mend that: lms doctor."),
    )
