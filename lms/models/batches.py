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
    """The PDF of a batch, printed once by the job worker."""

    __tablename__ = "result_sheets"

    batch_id: Mapped[int] = mapped_column(
        ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True
    )
    template: Mapped[str]
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    printed_at: Mapped[datetime]
