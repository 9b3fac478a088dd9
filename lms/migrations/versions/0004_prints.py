"""prints of editions, such as trainers' guides

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "prints",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["editions.digest"], name=op.f("fk_prints_digest_editions")
        ),
        sa.PrimaryKeyConstraint("digest", "template", name=op.f("pk_prints")),
    )
