"""timetable: meetings are planned ahead, attendance says how it was recorded, calendars, signatures

Revision ID: 0007
Revises: 0006
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_STRUCTURE = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def _moment(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("live_sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("link", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("breaks", _STRUCTURE, server_default="[]", nullable=False))
        batch_op.add_column(
            sa.Column("asks_signature", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("code_by", sa.Integer(), nullable=True))
        batch_op.add_column(_moment("cancelled_at", nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_live_sessions_code_by_people"), "people", ["code_by"], ["id"]
        )
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.add_column(sa.Column("how", sa.String(), server_default="trainer", nullable=False))
        batch_op.add_column(sa.Column("reason", sa.String(), server_default="", nullable=False))
    _make_tables()


def _make_tables() -> None:
    op.create_table(
        "session_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("live_session_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        _moment("before_starts_at"),
        _moment("before_ends_at"),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        _moment("changed_at"),
        sa.ForeignKeyConstraint(
            ["live_session_id"],
            ["live_sessions.id"],
            name=op.f("fk_session_changes_live_session_id_live_sessions"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["people.id"], name=op.f("fk_session_changes_changed_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_changes")),
    )
    op.create_index(
        op.f("ix_session_changes_live_session_id"), "session_changes", ["live_session_id"]
    )
    op.create_table(
        "attendance_signatures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attendance_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        _moment("signed_at"),
        sa.ForeignKeyConstraint(
            ["attendance_id"],
            ["attendances.id"],
            name=op.f("fk_attendance_signatures_attendance_id_attendances"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_attendance_signatures_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_signatures")),
        sa.UniqueConstraint("attendance_id", name=op.f("uq_attendance_signatures_attendance_id")),
    )
    op.create_index(
        op.f("ix_attendance_signatures_person_id"), "attendance_signatures", ["person_id"]
    )
    op.create_table(
        "calendar_feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("shows_titles", sa.Boolean(), nullable=False),
        sa.Column("shows_links", sa.Boolean(), nullable=False),
        _moment("made_at"),
        _moment("ended_at", nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_calendar_feeds_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("ref", name=op.f("uq_calendar_feeds_ref")),
    )
    op.create_index(
        "uq_calendar_feeds_person_id_open",
        "calendar_feeds",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
