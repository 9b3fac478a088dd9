"""Boards: who works there, what holders released to them, who looked, what was decided."""

from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.models.base import Base, PersonId, Ref


class Board(Base):
    """A certification body with a desk here. ``pack_ids`` are the requirement packs that are its
    own.
    """

    __tablename__ = "boards"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[Ref]
    name: Mapped[str] = mapped_column(unique=True)
    pack_ids: Mapped[list[str]]
    created_at: Mapped[datetime]


class BoardMember(Base):
    """Someone who works at a board, as ``lms.domain.release.Seat`` names it. At most at one board
    at a time; the row stays when they leave, because looks and decisions name them.
    """

    __tablename__ = "board_members"
    __table_args__ = (
        CheckConstraint("role IN ('reader', 'reviewer', 'head')", name="role_known"),
        Index(
            "uq_board_members_one_board",
            "person_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[Ref]
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), index=True)
    person_id: Mapped[PersonId]
    role: Mapped[str]
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class BoardInvitation(Base):
    """Which board, and as what, an invitation in the role of a board leads to."""

    __tablename__ = "board_invitations"

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id"), primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), index=True)
    role: Mapped[str]


class Release(Base):
    """What a holder lets one board see, and until when. ``scope`` is existence, hours or full.

    ``ends_at`` is the first moment it no longer holds by itself; ``ended_at`` when it was ended.
    ``asked_again_at`` is when the holder, asked back, said that the board may look again.
    """

    __tablename__ = "releases"
    __table_args__ = (
        CheckConstraint("scope IN ('existence', 'hours', 'full')", name="scope_known"),
        CheckConstraint("starts_at < ends_at", name="ends_after_start"),
        Index(
            "uq_releases_one_live",
            "person_id",
            "board_id",
            "pack_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(None, "board_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[Ref]
    person_id: Mapped[PersonId]
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"))
    scope: Mapped[str]
    pack_id: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    asked_again_at: Mapped[datetime | None]

    @property
    def last_moment(self) -> datetime:
        """The last second of its last day: people say "up to and including"."""
        return self.ends_at - timedelta(seconds=1)


class Look(Base):
    """A member of the board opened what was released: ``what`` names it, ``role`` is theirs that
    day. Never changed.
    """

    __tablename__ = "looks"
    __table_args__ = (Index(None, "release_id", "person_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("releases.id"))
    person_id: Mapped[PersonId]
    role: Mapped[str]
    what: Mapped[str]
    at: Mapped[datetime]


class Decision(Base):
    """What the board answered, in words the holder reads. Never changed; the newest row stands."""

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint("verdict IN ('accepted', 'asked-back', 'declined')", name="verdict_known"),
        CheckConstraint("verdict = 'accepted' OR reasons <> ''", name="refusal_has_reasons"),
        Index(None, "release_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("releases.id"))
    by: Mapped[PersonId]
    verdict: Mapped[str]
    reasons: Mapped[str]
    at: Mapped[datetime]


class Watch(Base):
    """A board wants to be told when a certificate it accepted changes; ``told_at`` is when it
    was.
    """

    __tablename__ = "watches"
    __table_args__ = (UniqueConstraint("board_id", "certificate_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[Ref]
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"))
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"), index=True)
    since: Mapped[datetime]
    told_at: Mapped[datetime | None]


class PackDraft(Base):
    """A board's own wording of its pack, as typed. Each saving is a row; nothing publishes it."""

    __tablename__ = "pack_drafts"
    __table_args__ = (UniqueConstraint("board_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"))
    revision: Mapped[int]
    text: Mapped[str]
    saved_by: Mapped[PersonId]
    saved_at: Mapped[datetime]


class ClosedAccount(Base):
    """An account its holder deleted: what is still kept of it is kept up to ``kept_until``."""

    __tablename__ = "closed_accounts"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    closed_at: Mapped[datetime]
    kept_until: Mapped[date]
