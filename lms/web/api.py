"""What a board's programs can ask, with a key: certificates, and what was released to the board.

Reads only. What is shown is what the board's pages show, no more; a released record that a program
reads is a look, written down for its holder like any other.
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from lms.domain import batches as rules
from lms.domain.api_keys import KeyScope
from lms.domain.batches import Asked
from lms.domain.certificate import State, read_code
from lms.formats import results
from lms.records import batches, certificates, log_tree, release_lists, released, releases
from lms.records.releases import Standing
from lms.web import signed_in
from lms.web.access import PUBLIC, allow
from lms.web.api_shapes import BadQuestion, answer_shape, asked_of, release_shape, seen_shape
from lms.web.callers import caller
from lms.web.here import now, school
from lms.web.problems import problem, refuse
from lms.web.verify import public_entry, public_facts

bp = Blueprint("api", __name__, url_prefix="/api/v1")
MOST_RELEASES = 200


@cache
def _written() -> dict[str, Any]:
    text = Path(__file__).with_name("openapi.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


@bp.get("/openapi.json")
@allow(GET=PUBLIC)
def description() -> ResponseReturnValue:
    """The description of all this, in OpenAPI 3.1."""
    signed_in.leave_as_is()
    return jsonify(_written() | {"servers": [{"url": school().settings.base_url}]})


@bp.get("/certificates/<code>")
@allow(GET=KeyScope.VERIFY)
def certificate(code: str) -> ResponseReturnValue:
    """One certificate: its state today and every fact on the paper."""
    meant = read_code(code)
    if meant is None:
        return problem(
            422,
            "This is not one of our codes. A code has 27 letters and digits; the last one checks "
            "the others.",
            state=rules.Said.UNREADABLE,
        )
    with school().database.reading() as reading:
        record = certificates.look_up(reading, meant, now(), school().office)
        entered = log_tree.entered(reading, record.certificate) if record else None
    if record is None:
        return problem(404, "Nobody here holds this code.", state=rules.Said.NOT_OURS)
    standing = record.standing
    return jsonify(
        valid=standing.state is State.VALID,
        state=standing.state,
        since=standing.since.isoformat(),
        reason=standing.reason,
        replaced_by=standing.replaced_by,
        facts=public_facts(record),
        log=public_entry(entered, meant),
        checked_at=now().isoformat(),
    )


@bp.post("/certificates/check")
@allow(POST=KeyScope.VERIFY)
def check() -> ResponseReturnValue:
    """Many certificates: one answer each, in the order asked. Nothing of it is kept."""
    asked = _question()
    with school().database.reading() as reading:
        answers = batches.answer(reading, asked, now(), school().office)
    return jsonify(
        checked_at=now().isoformat(),
        counts={str(said): count for said, count in rules.counts(answers).items()},
        answers=[answer_shape(one) for one in answers],
        remarks=list(results.remarks(rules.repeated(asked))),
    )


def _question() -> list[Asked]:
    try:
        body = request.get_json()
    except HTTPException as fault:
        if fault.code == 413:
            raise
        refuse(fault.code or 400, "Send JSON, with Content-Type: application/json.")
    except RecursionError:
        refuse(400, "This JSON is nested deeper than any question here.")
    try:
        return asked_of(body)
    except BadQuestion as stop:
        refuse(422, str(stop))


@bp.get("/releases")
@allow(GET=KeyScope.RELEASES)
def every_release() -> ResponseReturnValue:
    """Releases to the board that hold, oldest first: that they exist, and nothing of the record."""
    after = request.args.get("after", "")
    with school().database.reading() as reading:
        board = caller().desk.board
        last = releases.by_ref(reading, now(), after) if after else None
        if after and (last is None or last.board.id != board.id or last.is_over):
            return problem(404, "“after” names no release that holds. Begin again without it.")
        begin = last.release if last else None
        found = release_lists.holding(reading, now(), board.id, begin, MOST_RELEASES + 1)
    shown, is_more = found[:MOST_RELEASES], len(found) > MOST_RELEASES
    return jsonify(
        releases=[release_shape(one) for one in shown],
        next=shown[-1].release.ref if is_more else None,
    )


@bp.get("/releases/<ref>")
@allow(GET=KeyScope.RELEASES)
def release(ref: str) -> ResponseReturnValue:
    """One released record, in its scope. Writes a look, though it is a GET: the holder is owed to
    know who read, and a program that reads again has looked again.
    """
    who = caller()
    with school().database.writing() as session:
        standing = releases.by_ref(session, now(), ref)
        if standing is None or standing.board.id != who.desk.board.id:
            return problem(404)
        try:
            releases.look(session, now(), standing, who.desk.member, releases.PROGRAM)
        except releases.Over:
            return problem(410, "This release is over, so nothing of the record is shown.")
        session.commit()
    return jsonify(release_shape(standing) | {"record": _seen(standing)})


def _seen(standing: Standing) -> dict[str, Any]:
    library = school().shelf.current()
    pack = library.packs.get(standing.release.pack_id)
    scope = releases.terms(standing.release).scope
    with school().database.reading() as reading:
        shown = released.see(reading, now(), school().office, library, standing.holder, scope, pack)
    return seen_shape(shown)
