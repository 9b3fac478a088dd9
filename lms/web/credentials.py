"""Certificates for machines: credentials, badges, status lists, and the keys behind them."""

import json

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from lms.content.places import content_root
from lms.domain.certificate import State, read_code
from lms.domain.people import Role
from lms.formats import baking, credentials, did, key_ring, openings, seals
from lms.formats.credentials import Hand
from lms.models.credentials import Credential
from lms.records import certificates, translog
from lms.records import credentials as records
from lms.records.certificates import Record
from lms.web import errors, signed_in
from lms.web.access import PUBLIC, SIGNED_IN, allow
from lms.web.certificates import held_or_404, preparing
from lms.web.here import me, now, school, session
from lms.web.text import _

bp = Blueprint("credentials", __name__)

_VC, _TOKEN, _JSON = "application/vc", "application/vc+jwt", "application/json"
_FOR_MINUTES = "public, max-age=300"
_MOST_LISTS = 1_000_000
WALLET_SECONDS = 7 * 24 * 3600


def _signed_link() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(school().settings.secret, salt="wallet")


def _public(body: str, kind: str) -> Response:
    signed_in.leave_as_is()
    answer = Response(body, content_type=kind)
    answer.headers["Cache-Control"] = _FOR_MINUTES
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@bp.get("/.well-known/did.json")
@allow(GET=PUBLIC)
def keys() -> ResponseReturnValue:
    """The keys that sign our credentials, today's first; earlier ones stay for earlier papers."""
    settings = school().settings
    try:
        publics = key_ring.all_public(settings.data, seals.CREDENTIALS)
    except seals.NoKey:
        abort(404)
    return _public(json.dumps(did.document(did.of(settings.base_url), publics)), _JSON)


@bp.get("/status/revocation/<int:number>")
@allow(GET=PUBLIC)
def status(number: int) -> ResponseReturnValue:
    """A signed list of 131,072 bits: which certificates are not to be relied on any more."""
    row = records.signed_list(session(), number) if number < _MOST_LISTS else None
    if row is None:
        abort(404)
    kind = request.accept_mimetypes.best_match([_JSON, _VC, _TOKEN], _JSON)
    answer = _public(row.token if kind == _TOKEN else row.body, kind)
    answer.headers["Vary"] = "Accept"
    return answer


@bp.get("/certificates/<code>/credential.<form>")
@allow(GET=SIGNED_IN)
def credential(code: str, form: str) -> ResponseReturnValue:
    """A certificate as a credential (json), a token (jwt), or a picture that carries it."""
    record = held_or_404(code)
    if form not in _KINDS:
        abort(404)
    held = records.of(session(), record.certificate)
    if held is None or held.badge is None:
        return preparing()
    answer = Response(_made(record, held, form), content_type=_KINDS[form])
    name = f"peerpath-credential-{record.certificate.code[:5].lower()}.{form}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


_KINDS = {"json": _VC, "jwt": _TOKEN, "svg": "image/svg+xml", "png": "image/png"}


def _made(record: Record, held: Credential, form: str) -> str | bytes:
    body = (held.badge or "").encode()
    if form == "jwt":
        return held.token or ""
    if form == "svg":
        return baking.svg(record.facts, body, content_root() / "templates")
    return baking.png(record.facts, body) if form == "png" else body


@bp.get("/certificates/all.json")
@allow(GET=Role.LEARNER)
def collection() -> ResponseReturnValue:
    """Every certificate of one's own that holds, as one Comprehensive Learner Record 2.0."""
    good = [
        record
        for record in certificates.good_today(session(), me().id, now(), school().office)
        if record.standing.state is State.VALID
    ]
    held = [records.of(session(), record.certificate) for record in good]
    badges = [one.badge.encode() for one in held if one and one.badge]
    if not badges:
        return preparing() if good else redirect(url_for("certificates.mine"), 303)
    settings, moment = school().settings, now().replace(microsecond=0)
    issuer = json.loads(badges[0])["issuer"]
    address = f"{settings.base_url}/certificates/all.json"
    made = credentials.collection(address, issuer, me().name, badges, moment)
    try:
        hand = Hand(
            did.of(settings.base_url),
            seals.private_pem(settings.data, seals.CREDENTIALS),
            seals.public_bytes(settings.data, seals.CREDENTIALS),
        )
    except seals.NoKey:
        return preparing()
    answer = Response(credentials.sealed(made, hand, moment), content_type=_VC)
    answer.headers["Content-Disposition"] = 'attachment; filename="peerpath-record.json"'
    return answer


@bp.get("/certificates/<code>/wallet")
@allow(GET=SIGNED_IN)
def wallet(code: str) -> ResponseReturnValue:
    """A link that a wallet can fetch the credential from, good for seven days."""
    record = held_or_404(code)
    token = _signed_link().dumps(record.certificate.code)
    link = f"{school().settings.base_url}{url_for('.fetched', token=token)}"
    return render_template("certificates/wallet.html", record=record, link=link)


@bp.get("/credentials/<token>")
@allow(GET=PUBLIC)
def fetched(token: str) -> ResponseReturnValue:
    """The credential, for a wallet that was given the link."""
    signed_in.leave_as_is()
    try:
        code = str(_signed_link().loads(token, max_age=WALLET_SECONDS))
    except BadSignature:
        return errors.page(
            404,
            _("This link does not hold any more"),
            _("It is good for seven days. The holder can make a new one under Certificates."),
        )
    record = certificates.look_up(session(), code, now(), school().office) or abort(404)
    held = records.of(session(), record.certificate)
    if held is None or held.badge is None:
        abort(404)
    answer = Response(held.badge, content_type=_VC)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer


@bp.get("/verify/<typed>/record.json")
@allow(GET=PUBLIC)
def record(typed: str) -> ResponseReturnValue:
    """The very bytes of the record that papers and credentials carry, for who has the code."""
    signed_in.leave_as_is()
    code = read_code(typed)
    found = code and certificates.look_up(session(), code, now(), school().office)
    opening = translog.opening(session(), found.certificate) if found else None
    if not found or opening is None or not found.shows_name:
        return errors.page(
            404,
            _("There is no record to show here"),
            _(
                "A certificate that was replaced no longer shows its old name, some holders keep "
                "their name off, and one whose tie to the public log was deleted has no record."
            ),
        )
    body = openings.pack(opening.entry, opening.salt, opening.record)
    answer = current_app.make_response((body, 200))
    answer.content_type = _JSON
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer
