"""credentials: a place in the status lists for every certificate there is

Revision ID: 0013
Revises: 0012
"""

import secrets
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_ENTRIES, _FULL = 131_072, 100_000


def _structure() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "credentials",
        sa.Column("certificate_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("list_number", sa.Integer(), nullable=False),
        sa.Column("list_index", sa.Integer(), nullable=False),
        sa.Column("competencies", _structure(), nullable=False),
        sa.Column("badge", sa.String(), nullable=True),
        sa.Column("token", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificates.id"],
            name=op.f("fk_credentials_certificate_id_certificates"),
        ),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_credentials")),
        sa.UniqueConstraint(
            "list_number", "list_index", name=op.f("uq_credentials_list_number_list_index")
        ),
    )
    op.create_table(
        "status_lists",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("indices", _structure(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_status_lists")),
    )
    _place_all(op.get_bind())


def _place_all(connection: sa.Connection) -> None:
    """Each at random: a place in order would tell when a certificate was issued."""
    found = connection.scalars(sa.text("SELECT id FROM certificates ORDER BY id")).all()
    places = sa.table(
        "credentials",
        sa.column("certificate_id"),
        sa.column("list_number"),
        sa.column("list_index"),
        sa.column("competencies", _structure()),
    )
    for start in range(0, len(found), _FULL):
        part = found[start : start + _FULL]
        indices = secrets.SystemRandom().sample(range(_ENTRIES), len(part))
        rows = [
            {
                "certificate_id": certificate,
                "list_number": 1 + start // _FULL,
                "list_index": index,
                "competencies": [],
            }
            for certificate, index in zip(part, indices, strict=True)
        ]
        connection.execute(places.insert(), rows)
    if found:
        _sign_soon(connection)


def _sign_soon(connection: sa.Connection) -> None:
    jobs = sa.table(
        "outbox_jobs",
        sa.column("kind"),
        sa.column("body", _structure()),
        sa.column("created_at", sa.DateTime(timezone=True)),
        sa.column("next_try_at", sa.DateTime(timezone=True)),
        sa.column("tries"),
        sa.column("fault"),
    )
    at = datetime.now(UTC)
    if connection.dialect.name == "sqlite":
        at = at.replace(tzinfo=None)
    row = {"body": {}, "created_at": at, "next_try_at": at, "tries": 0, "fault": ""}
    connection.execute(jobs.insert(), [row | {"kind": "credentials"}, row | {"kind": "status"}])


def downgrade() -> None:
    """Go back."""
    op.drop_table("status_lists")
    op.drop_table("credentials")
