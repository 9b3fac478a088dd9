"""Pictures of published modules, one at a time."""

from base64 import b64decode
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.editions import Kind
from lms.models.editions import EditionRow


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of an image and their type, such as ``image/png``."""

    type: str
    content: bytes


def find(session: Session, digest: str) -> Picture | None:
    """The image of an edition, of whatever publication; None when there is none."""
    body = session.scalar(
        select(EditionRow.body).where(
            EditionRow.digest == digest, EditionRow.kind == Kind.IMAGE.value
        )
    )
    return None if body is None else Picture(body["type"], b64decode(body["base64"]))
