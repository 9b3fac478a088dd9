"""Checks of many certificates by a board, and the sheets printed of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from lms.models.base import Base, PersonId, Ref


class Batch(Base):
    """What a board asked and was answered at one moment, frozen: ``answers`` are rows of
    ``lms.domain.batches.Answer``, ``notes`` its Notes. The board can delete it, for it holds names.
    """

    __tablename__ = "batches"
    __table_args__ = (Index(None, "board_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[Ref]
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"))
    made_by: Mapped[PersonId]
    at: Mapped[datetime]
    counts: Mapped[dict[str, int]]
    answers: Mapped[list[Any]]
    notes: Mapped[dict[str, Any]]


class ResultSheet(Base):
    """A sheet of a check or of a decision, printed once by the job worker: ``subject`` is
    "batch:<id>" or "decision:<id>", ``facts`` what it says (empty for a batch: it has its own).
    """

    __tablename__ = "result_sheets"

    subject: Mapped[str] = mapped_column(primary_key=True)
    facts: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    template: Mapped[str] = mapped_column(default="")
    pdf: Mapped[bytes | None] = mapped_column(LargeBinary)
