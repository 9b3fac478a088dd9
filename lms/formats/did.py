"""Who signs credentials: the ``did:web`` name of an installation, and the document behind it."""

import base64
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from lms.formats.seals import raw_id

_ED25519_KEY = b"\xed\x01"
"""What a Multikey begins with: the multicodec of an Ed25519 public key."""

_SYMBOLS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_CONTEXTS = [
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/suites/jws-2020/v1",
]


def of(base_url: str) -> str:
    """The name of the installation at an address, as the did:web method writes it."""
    parts = urlsplit(base_url)
    path = [quote(step, safe="") for step in parts.path.split("/") if step]
    return ":".join(["did:web", parts.netloc.replace(":", "%3A"), *path])


def method(did: str, public: bytes) -> str:
    """The name of a key of ours in proofs, from the 32 bytes of the public key."""
    return f"{did}#key-{raw_id(public)}"


def document(did: str, publics: Sequence[bytes]) -> dict[str, Any]:
    """What anyone reads to check our credentials: today's key first, then every earlier one.

    Each key stands there twice: as a Multikey, which verifiers of Data Integrity proofs look for,
    and as a JSON Web Key for tokens.
    """
    methods = [_multikey(did, one) for one in publics] + [_web_key(did, one) for one in publics]
    return {
        "@context": _CONTEXTS,
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [one["id"] for one in methods],
    }


def _multikey(did: str, public: bytes) -> dict[str, Any]:
    return {
        "id": method(did, public),
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": f"z{_base58(_ED25519_KEY + public)}",
    }


def _web_key(did: str, public: bytes) -> dict[str, Any]:
    x = base64.urlsafe_b64encode(public).decode().rstrip("=")
    return {
        "id": f"{did}#jwk-{raw_id(public)}",
        "type": "JsonWebKey2020",
        "controller": did,
        "publicKeyJwk": {"kty": "OKP", "crv": "Ed25519", "x": x},
    }


def _base58(held: bytes) -> str:
    number, text = int.from_bytes(held, "big"), ""
    while number:
        number, place = divmod(number, 58)
        text = _SYMBOLS[place] + text
    return text


def publics_in(document: dict[str, Any]) -> dict[str, bytes]:
    """The public keys of a document by the name of their method. Skips what it cannot read."""
    found = {}
    for one in document.get("verificationMethod", ()):
        key = one.get("publicKeyMultibase", "") if isinstance(one, dict) else ""
        if key.startswith("z") and set(key[1:]) <= set(_SYMBOLS):
            number = 0
            for symbol in key[1:]:
                number = number * 58 + _SYMBOLS.index(symbol)
            held = number.to_bytes(34, "big") if number < 1 << 272 else b""
            if held.startswith(_ED25519_KEY):
                found[one["id"]] = held[2:]
    return found
