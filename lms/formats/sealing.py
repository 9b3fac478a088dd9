"""What openbadgeslib does for us: proofs, tokens, lists and baked pictures.

Load it on first use only, as :mod:`lms.formats.credentials` does: it takes a moment and some
memory that most processes never need. Every JSON-LD context lies inside; nothing is fetched.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from openbadgeslib import baking
from openbadgeslib.ob3 import clr, ldp, status, status_list
from openbadgeslib.ob3.contexts import document_loader
from openbadgeslib.ob3.signer import OB3Signer
from openbadgeslib.ob3.verifier import OB3VerificationError

_CONTEXTS = clr.bundled_clr_contexts()


class Refused(ValueError):
    """The library refuses a proof or a list."""


def prove(document: Mapping[str, Any], pem: bytes, method: str, at: datetime) -> dict[str, Any]:
    """The document with a proof ``eddsa-rdfc-2022``."""
    return ldp.add_data_integrity_proof(
        dict(document), pem, method, created=at, extra_contexts=_CONTEXTS
    )


def check(document: dict[str, Any], pem: bytes, *, is_whole: bool) -> None:
    """Return quietly if the proof holds. Raises Refused.

    The proof seals the statements that the JSON stands for, so ``is_whole`` asks as well that the
    JSON is exactly their usual spelling (Data Integrity 1.0, 2.4.1).
    """
    try:
        ldp.verify_data_integrity_proof(document, pem, extra_contexts=_CONTEXTS)
        if is_whole:
            loader = document_loader(_CONTEXTS)
            ldp._check_json_ld_form(document, document["proof"], loader)
    except OB3VerificationError as stop:
        raise Refused(str(stop)) from stop


def token(claims: Mapping[str, Any], pem: bytes) -> str:
    """A VC-JWT of these claims."""
    return OB3Signer(pem, "EdDSA").sign_payload(dict(claims))


def bits(
    did: str, address: str, purpose: str, indices: Iterable[int], entries: int, at: datetime
) -> dict[str, Any]:
    """A status list that is not signed yet."""
    return status_list.build_status_list_credential(
        did, address, purpose, indices, size_bits=entries, issued=at, ttl=300_000
    )


def indices(encoded: object) -> frozenset[int]:
    """The places that are set in an encoded list. Raises Refused."""
    try:
        return status.set_indices(status.decode_encoded_list(str(encoded)))
    except (ValueError, OB3VerificationError) as stop:
        raise Refused(str(stop)) from stop


def collection(
    address: str,
    issuer: Mapping[str, Any],
    holder: Mapping[str, Any],
    badges: list[dict[str, Any]],
    at: datetime,
) -> dict[str, Any]:
    """A Comprehensive Learner Record that is not signed yet."""
    return clr.build_clr_credential(
        dict(issuer), [dict(holder)], badges, credential_id=address, valid_from=at
    )


def into_svg(picture: bytes, text: str) -> bytes:
    """A drawing with a credential inside."""
    return baking.bake_svg(
        picture, text, element=baking.SVG_ELEMENT_OB3, namespace=baking.SVG_NS_OB3, as_text=True
    )


def into_png(picture: bytes, text: str) -> bytes:
    """A picture with a credential inside."""
    return baking.bake_png(picture, text, keyword=baking.ITXT_KEYWORD_OB3)
