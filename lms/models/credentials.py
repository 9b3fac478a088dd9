"""Credentials: a certificate for machines, its place in the status lists, and the lists."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.models.base import Base


class Credential(Base):
    """A certificate as a signed credential. The place is taken when it is issued; the worker signs
    once, and then the texts stay.
    """

    __tablename__ = "credentials"
    __table_args__ = (UniqueConstraint("list_number", "list_index"),)

    certificate_id: Mapped[int] = mapped_column(
        ForeignKey("certificates.id"), primary_key=True, autoincrement=False
    )
    list_number: Mapped[int]
    list_index: Mapped[int]
    competencies: Mapped[list[Any]]
    badge: Mapped[str | None]
    token: Mapped[str | None]
    made_at: Mapped[datetime | None]


class StatusList(Base):
    """What was last signed of a status list."""

    __tablename__ = "status_lists"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    indices: Mapped[list[int]]
    body: Mapped[str]
    token: Mapped[str]
    made_at: Mapped[datetime]
