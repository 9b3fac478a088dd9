"""Pictures of modules, as their pages show them."""

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from lms.content.images import TYPES
from lms.records import images
from lms.web.access import SIGNED_IN, allow
from lms.web.here import session

bp = Blueprint("images", __name__)
_FOR_A_YEAR = "private, max-age=31536000, immutable"


@bp.get("/learn/images/<digest>.<ext>")
@allow(GET=SIGNED_IN)
def one(digest: str, ext: str) -> ResponseReturnValue:
    """A picture. Its address holds its digest, so a browser may keep it and never ask again."""
    found = images.find(session(), digest)
    if found is None or TYPES.get(ext) != found.type:
        abort(404)
    answer = Response(found.content, mimetype=found.type, headers={"Cache-Control": _FOR_A_YEAR})
    answer.set_etag(digest)
    return answer.make_conditional(request)
