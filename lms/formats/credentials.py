"""Signing W3C credentials and checking them: Data Integrity ``eddsa-rdfc-2022``, and tokens."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any

from lms.content.editions import canonical
from lms.formats import did
from lms.formats.badge import REVOCATION, list_address, named
from lms.formats.seals import pem_of

ENTRIES = 131_072
"""How many certificates share a list: so many that a place in it tells nothing (W3C Bitstring
Status List 1.0, section 6.1).
"""

_MOST_BYTES = 300_000


class NotSigned(ValueError):
    """A credential does not hold; the message says why in a sentence."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who signs: the name of the installation, its key in PEM, and the key's public 32 bytes."""

    did: str
    pem: bytes
    public: bytes


@cache
def _sealing() -> Any:
    return import_module("lms.formats.sealing")


def sealed(document: Mapping[str, Any], hand: Hand, at: datetime) -> bytes:
    """The signed document: the same bytes for the same document, key and moment."""
    method = did.method(hand.did, hand.public)
    return canonical(_sealing().prove(document, hand.pem, method, at))


def token(document: Mapping[str, Any], hand: Hand, at: datetime) -> str:
    """The same as a VC-JWT: the document with the claims that tokens repeat."""
    claims = {"iss": hand.did, "jti": document["id"], "nbf": int(at.timestamp())}
    return str(_sealing().token({**document, **claims}, hand.pem))


def status_list(base: str, number: int, indices: Iterable[int], at: datetime) -> dict[str, Any]:
    """A status list, not signed yet: the bits at these indices are set."""
    address = list_address(base, number)
    made = _sealing().bits(did.of(base), address, REVOCATION, indices, ENTRIES, at)
    return dict(made)


def collection(
    address: str, issuer: Mapping[str, Any], holder: str, badges: Sequence[bytes], at: datetime
) -> dict[str, Any]:
    """Several badges of one person as a Comprehensive Learner Record 2.0, not signed yet."""
    inside = [json.loads(one) for one in badges]
    return dict(_sealing().collection(address, issuer, named(holder), inside, at))


def baked(picture: bytes, kind: str, credential: bytes) -> bytes:
    """A picture ("svg" or "png") that carries a credential inside."""
    into = _sealing().into_svg if kind == "svg" else _sealing().into_png
    return bytes(into(picture, credential.decode()))


def read(held: bytes) -> dict[str, Any]:
    """The JSON of a credential. Raises NotSigned."""
    try:
        found = json.loads(held) if len(held) <= _MOST_BYTES else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise NotSigned("This is no credential: it is not a JSON object of less than 300 kB.")
    return found


def check(held: bytes, publics: Mapping[str, bytes]) -> dict[str, Any]:
    """The content of a credential that one of these keys signed, by the names of their methods.

    Asks only who wrote it: whether it still holds is asked of the status list and the calendar.
    Credentials inside must be signed as well. Raises NotSigned.
    """
    document = read(held)
    inside = _members(document)
    for member in inside:
        check(canonical(member), publics)
    proof = document.get("proof")
    name = proof.get("verificationMethod") if isinstance(proof, dict) else None
    public = publics.get(name) if isinstance(name, str) else None
    if public is None:
        raise NotSigned("The credential was signed with a key that is not among those given.")
    if _issuer_of(document) != str(name).partition("#")[0]:
        raise NotSigned("The credential names another issuer than the one whose key signed it.")
    try:
        _sealing().check(document, pem_of(public), is_whole=not inside)
    except _sealing().Refused as stop:
        raise NotSigned(
            "The signature of the credential does not hold: something in it was changed."
        ) from stop
    return document


def _members(document: Mapping[str, Any]) -> list[Any]:
    subject = document.get("credentialSubject")
    members = subject.get("verifiableCredential") if isinstance(subject, dict) else None
    return members if isinstance(members, list) else []


def _issuer_of(document: Mapping[str, Any]) -> object:
    issuer = document.get("issuer")
    return issuer.get("id") if isinstance(issuer, dict) else issuer


def is_set(document: Mapping[str, Any], index: int) -> bool:
    """Whether the bit of an index is set in a status list. Raises NotSigned when it is no list."""
    subject = document.get("credentialSubject")
    encoded = subject.get("encodedList") if isinstance(subject, dict) else None
    try:
        return index in _sealing().indices(encoded)
    except _sealing().Refused as stop:
        raise NotSigned("This is no status list.") from stop
