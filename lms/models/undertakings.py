"""What is done to many certificates at once, line by line."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lms.models.base import Base, PersonId, Ref


class Undertaking(Base):
    """A deed as one person began it. Where it needs a second, nothing happens until they agree."""

    __tablename__ = "undertakings"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[Ref]
    deed: Mapped[str]
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohorts.id"), index=True)
    reason_class: Mapped[str | None]
    begun_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    begun_at: Mapped[datetime]
    needs_second: Mapped[bool]
    agreed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    agreed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    @property
    def is_on(self) -> bool:
        """True once its lines may be carried out."""
        return self.withdrawn_at is None and (not self.needs_second or self.agreed_at is not None)

    @property
    def waits_for_second(self) -> bool:
        """True while a second person has to look at it."""
        return self.needs_second and self.agreed_at is None and self.withdrawn_at is None


class UndertakingLine(Base):
    """One certificate of it: a person to be given one, or the one of theirs that is taken back.

    Each is carried out in a transaction of its own, which also says how it ended.
    """

    __tablename__ = "undertaking_lines"
    __table_args__ = (Index(None, "undertaking_id", "end", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    undertaking_id: Mapped[int] = mapped_column(ForeignKey("undertakings.id"))
    person_id: Mapped[PersonId]
    program_id: Mapped[str]
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificates.id"))
    end: Mapped[str]
    ended_at: Mapped[datetime | None]
