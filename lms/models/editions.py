"""Published content: each edition once, by digest, and the list of what was current when."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from lms.models.base import Base, Digest


class EditionRow(Base):
    """One edition of whatever ``lms.content.editions.Kind`` names."""

    __tablename__ = "editions"
    __table_args__ = (Index(None, "kind", "content_id"),)

    digest: Mapped[Digest] = mapped_column(primary_key=True)
    kind: Mapped[str]
    content_id: Mapped[str]
    body: Mapped[dict[str, Any]]
    rendered: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]


class Publication(Base):
    """What was current from a moment on: the digests of one whole tree."""

    __tablename__ = "publications"

    id: Mapped[int] = mapped_column(primary_key=True)
    tree_digest: Mapped[Digest]
    digests: Mapped[list[str]]
    published_at: Mapped[datetime]


class Print(Base):
    """The PDF of an edition that people print, such as a trainer's guide: made once."""

    __tablename__ = "prints"

    digest: Mapped[Digest] = mapped_column(ForeignKey("editions.digest"), primary_key=True)
    template: Mapped[str] = mapped_column(primary_key=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    printed_at: Mapped[datetime]
