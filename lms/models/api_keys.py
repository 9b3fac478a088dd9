"""Keys with which a board's own programs read."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lms.models.base import Base, Digest, PersonId, Ref


class ApiKey(Base):
    """A key a board's head made: shown once, kept as a digest. It dies at ``ends_at``, or when it
    is ended.

    ``minute`` (since 1970) and ``used`` count the requests of the newest minute: the rate limit.
    """

    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[Ref]
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), index=True)
    name: Mapped[str]
    key_digest: Mapped[Digest] = mapped_column(unique=True)
    scopes: Mapped[list[str]]
    made_by: Mapped[PersonId]
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    last_used_on: Mapped[date | None]
    minute: Mapped[int] = mapped_column(default=0)
    used: Mapped[int] = mapped_column(default=0)
