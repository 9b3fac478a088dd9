"""Addresses that nobody can make up: a reference with a proof that we wrote it."""

import hmac

from lms.records import signing_in

_REF, _PROOF = 26, 32


def token(secret: str, kind: str, ref: str) -> str:
    """What the address of a thing of that kind holds."""
    return ref + _proof(secret, kind, ref)


def _proof(secret: str, kind: str, ref: str) -> str:
    return signing_in.keyed(secret, kind, ref)[:_PROOF]


def ref_of(secret: str, kind: str, token: str) -> str | None:
    """The reference in an address, or None when we did not write it."""
    ref, proof = token[:_REF], token[_REF:]
    is_ours = hmac.compare_digest(proof.encode(), _proof(secret, kind, ref).encode())
    return ref if is_ours else None
