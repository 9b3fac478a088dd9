"""statements of the provider, qualifications of trainers, evaluations of courses

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "provider_statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["said_by"], ["people.id"], name=op.f("fk_provider_statements_said_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_statements")),
    )
    op.create_index(
        op.f("ix_provider_statements_topic_starts_on"),
        "provider_statements",
        ["topic", "starts_on"],
    )
    _qualifications()
    _evaluations()


def _qualifications() -> None:
    op.create_table(
        "qualifications_held",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("said_by", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_qualifications_held_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["said_by"], ["people.id"], name=op.f("fk_qualifications_held_said_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualifications_held")),
        sa.UniqueConstraint("ref", name=op.f("uq_qualifications_held_ref")),
    )
    op.create_index(op.f("ix_qualifications_held_person_id"), "qualifications_held", ["person_id"])


def _evaluations() -> None:
    op.create_table(
        "evaluations",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column(
            "answers",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluations")),
    )
    op.create_index(op.f("ix_evaluations_program_id"), "evaluations", ["program_id"])
    op.create_table(
        "evaluations_given",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_evaluations_given_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluations_given")),
        sa.UniqueConstraint(
            "person_id", "program_id", name=op.f("uq_evaluations_given_person_id_program_id")
        ),
    )
    op.create_index(op.f("ix_evaluations_given_person_id"), "evaluations_given", ["person_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_table("evaluations_given")
    op.drop_table("evaluations")
    op.drop_table("qualifications_held")
    op.drop_table("provider_statements")
