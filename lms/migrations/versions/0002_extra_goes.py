"""extra goes at a quiz

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "extra_goes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("quiz_id", sa.String(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_extra_goes_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["people.id"], name=op.f("fk_extra_goes_given_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra_goes")),
    )
    with op.batch_alter_table("extra_goes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_extra_goes_person_id_quiz_id"), ["person_id", "quiz_id"], unique=False
        )
