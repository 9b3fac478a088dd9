"""Editions: what a file said, in a form that gives the same digest on every machine."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any, Self

import rfc8785

Body = dict[str, Any]
"""A JSON object."""


class Kind(StrEnum):
    """The kinds of editions. ``framework`` is competencies, topics and sources together."""

    FRAMEWORK = "framework"
    PROGRAM = "program"
    MODULE = "module"
    BANK = "bank"
    QUIZ = "quiz"
    RUBRIC = "rubric"
    ROLE_PLAY = "role-play"
    GUIDE = "guide"
    IMAGE = "image"
    PACK = "pack"


FRAMEWORK_ID = "framework"
"""The id of the only edition of its kind."""


def canonical(body: object) -> bytes:
    """Canonical JSON (RFC 8785): one text for one meaning, whatever the order of the keys.

    Raises rfc8785.CanonicalizationError for what JSON cannot carry.
    """
    return rfc8785.dumps(body)  # type: ignore[arg-type]


def digest(body: object) -> str:
    """SHA-256 of the canonical JSON, in lower-case hex."""
    return sha256(canonical(body)).hexdigest()


@dataclass(frozen=True, slots=True)
class Edition:
    """One thing as it read on a day. The digest is of ``body`` only.

    ``rendered`` is what publishing computes from the body once: html and words.
    """

    kind: str
    id: str
    digest: str
    body: Body
    rendered: Body = field(default_factory=dict)

    @classmethod
    def of(
        cls, kind: Kind, name: str, body: Mapping[str, Any], rendered: Body | None = None
    ) -> Self:
        """An edition of this body, with its keys in canonical order as after any round trip.

        The id is part of the body, so that a copied file is not taken for its original.
        """
        text = canonical({**body, "id": name})
        return cls(kind.value, name, sha256(text).hexdigest(), json.loads(text), rendered or {})
