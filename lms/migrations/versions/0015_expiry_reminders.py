"""holders are written to before their certificate expires

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "expiry_reminders",
        sa.Column("certificate_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificates.id"],
            name=op.f("fk_expiry_reminders_certificate_id_certificates"),
        ),
        sa.PrimaryKeyConstraint("certificate_id", "days", name=op.f("pk_expiry_reminders")),
    )
    op.create_index("ix_certificates_expires_on", "certificates", ["expires_on"])


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_certificates_expires_on", "certificates")
    op.drop_table("expiry_reminders")
