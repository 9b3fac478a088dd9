"""what is done to many certificates at once; who ended certificates lately

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "undertakings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=26), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=True),
        sa.Column("reason_class", sa.String(), nullable=True),
        sa.Column("begun_by", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("needs_second", sa.Boolean(), nullable=False),
        sa.Column("agreed_by", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_undertakings_{column}_{table}")
            )
            for column, table in (
                ("cohort_id", "cohorts"),
                ("begun_by", "people"),
                ("agreed_by", "people"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undertakings")),
        sa.UniqueConstraint("ref", name=op.f("uq_undertakings_ref")),
    )
    op.create_index(op.f("ix_undertakings_cohort_id"), "undertakings", ["cohort_id"])
    _lines()
    op.create_index(
        op.f("ix_certificate_events_actor_id_at"), "certificate_events", ["actor_id", "at"]
    )


def _lines() -> None:
    op.create_table(
        "undertaking_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("undertaking_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=True),
        sa.Column("end", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_undertaking_lines_{column}_{table}")
            )
            for column, table in (
                ("undertaking_id", "undertakings"),
                ("person_id", "people"),
                ("certificate_id", "certificates"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undertaking_lines")),
    )
    op.create_index(
        op.f("ix_undertaking_lines_undertaking_id_end_id"),
        "undertaking_lines",
        ["undertaking_id", "end", "id"],
    )
    op.create_index(op.f("ix_undertaking_lines_person_id"), "undertaking_lines", ["person_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_certificate_events_actor_id_at"), "certificate_events")
    op.drop_table("undertaking_lines")
    op.drop_table("undertakings")
