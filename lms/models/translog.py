"""The public log: its entries, what opens them, its tiles, and what was signed over them."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.models.base import Base

BEGIN, END = "begin", "end"
"""The leaf by which a certificate begins to count, and the one that takes it back."""


class LogLeaf(Base):
    """One leaf. The index is the next whole number, taken under the lock of writers: a sequence
    would leave gaps.
    """

    __tablename__ = "log_entries"

    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    leaf_hash: Mapped[bytes] = mapped_column(LargeBinary)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class LogSalt(Base):
    """What ties a leaf to its certificate and opens it. Deleted, the leaf means nothing."""

    __tablename__ = "log_salts"
    __table_args__ = (UniqueConstraint("certificate_id", "part"),)

    index: Mapped[int] = mapped_column(
        ForeignKey("log_entries.index"), primary_key=True, autoincrement=False
    )
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"))
    part: Mapped[str]
    salt: Mapped[bytes] = mapped_column(LargeBinary)


class LogTile(Base):
    """Up to 256 hashes of a level of the tree; made from the leaves, and to be made again."""

    __tablename__ = "log_hashes"

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hashes: Mapped[bytes] = mapped_column(LargeBinary)


class LogCheckpoint(Base):
    """What was signed: one root for a size, for ever. ``key`` checks the note."""

    __tablename__ = "log_checkpoints"

    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    root: Mapped[bytes] = mapped_column(LargeBinary)
    note: Mapped[str]
    key: Mapped[str]
    at: Mapped[datetime]


class LogWitness(Base):
    """A second party whose signatures we take: the public key it gave us."""

    __tablename__ = "log_witnesses"

    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    added_at: Mapped[datetime]


class LogCosignature(Base):
    """A witness saw the log at this size and that it had only grown."""

    __tablename__ = "log_cosignatures"

    key: Mapped[str] = mapped_column(ForeignKey("log_witnesses.key"), primary_key=True)
    size: Mapped[int] = mapped_column(
        ForeignKey("log_checkpoints.size"), primary_key=True, autoincrement=False
    )
    line: Mapped[str]
    at: Mapped[datetime]
