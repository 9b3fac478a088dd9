"""The public log: its checkpoint, tiles and keys, proofs, and what witnesses send."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from lms.domain.certificate import read_code
from lms.domain.checkpoints import PROOF_FILE
from lms.domain.notes import BrokenNote, read_note
from lms.domain.tiles import read_place
from lms.formats import openings, seals
from lms.records import certificates, cosigning, log_tree, translog
from lms.records.certificates import Record
from lms.web import errors, signed_in
from lms.web.access import PUBLIC, SEALED, allow
from lms.web.here import now, school, session
from lms.web.text import _

bp = Blueprint("translog", __name__)
_FOR_EVER = "public, max-age=31536000, immutable"
_FOR_SECONDS = "public, max-age=5"
_PLAIN, _BYTES = "text/plain; charset=utf-8", "application/octet-stream"
_MOST_BYTES = 20_000


def _file(held: bytes | str, kind: str, cache: str) -> Response:
    signed_in.leave_as_is()
    return Response(held, content_type=kind, headers={"Cache-Control": cache})


@bp.get("/log/checkpoint")
@allow(GET=PUBLIC)
def checkpoint() -> ResponseReturnValue:
    """The newest checkpoint, with every signature under it."""
    newest = log_tree.newest(session())
    if newest is None:
        abort(404)
    return _file(str(log_tree.note_of(session(), newest)), _PLAIN, _FOR_SECONDS)


@bp.get("/log/key")
@allow(GET=PUBLIC)
def key() -> ResponseReturnValue:
    """Every public key that ever signed a checkpoint, the one of today first."""
    keys = log_tree.keys(session())
    if not keys:
        abort(404)
    return _file("".join(f"{line}\n" for line in keys), _PLAIN, _FOR_SECONDS)


@bp.get("/log/tile/<path:address>")
@allow(GET=PUBLIC)
def tile(address: str) -> ResponseReturnValue:
    """A tile of hashes or a bundle of entries: the same bytes for ever."""
    place = read_place(address)
    held = log_tree.file_at(session(), place) if place else None
    if held is None:
        abort(404)
    return _file(held, _BYTES, _FOR_EVER)


@bp.post("/log/cosignatures")
@allow(POST=SEALED)
def cosignatures() -> ResponseReturnValue:
    """A checkpoint of ours with the signature of a witness below it.

    409 with the size of our log when the checkpoint is none of ours, 422 when no signature counts.
    """
    try:
        note = read_note(request.stream.read(_MOST_BYTES))
        names = cosigning.accept(session(), now(), note, seals.holds)
    except BrokenNote as stop:
        return Response(f"{stop}\n", 422, content_type=_PLAIN)
    except cosigning.Disagrees as stop:
        return Response(f"{stop.size}\n", 409, content_type="text/x.tlog.size")
    session().commit()
    return Response("".join(f"{name}\n" for name in names), content_type=_PLAIN)


@bp.get("/verify/<typed>/proof")
@allow(GET=PUBLIC)
def proof(typed: str) -> ResponseReturnValue:
    """The file by which anyone can check, without us, that this certificate was entered."""
    signed_in.leave_as_is()
    code = read_code(typed)
    found = code and certificates.look_up(session(), code, now(), school().office)
    if not found:
        abort(404)
    opening = translog.opening(session(), found.certificate)
    if opening is None:
        return errors.page(
            404,
            _("There is no proof of this certificate any more"),
            _("What tied it to the public log was deleted."),
        )
    made = log_tree.prove(session(), opening.index, _extra(found, opening))
    if made is None:
        page = Response(render_template("verify/entering.html"), 202)
        page.headers["Refresh"] = "5"
        return page
    name = f"peerpath-{found.certificate.code[:5].lower()}{PROOF_FILE}"
    answer = Response(str(made), content_type=_PLAIN)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer


def _extra(found: Record, opening: translog.Opening) -> bytes:
    """Where the name is not shown, the record that holds it is not handed out either."""
    if not found.shows_name:
        return openings.pack(opening.entry)
    return openings.pack(opening.entry, opening.salt, opening.record)
