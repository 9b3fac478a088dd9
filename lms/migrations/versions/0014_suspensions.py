"""a certificate can be suspended and become valid again; it ends once

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_ENDED = sa.text("state IN ('revoked', 'replaced')")


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("certificate_events") as batch:
        batch.drop_constraint("uq_certificate_events_certificate_id_state", type_="unique")
    op.create_index(
        "ix_certificate_events_certificate_id", "certificate_events", ["certificate_id"]
    )
    op.create_index(
        "uq_certificate_events_ended",
        "certificate_events",
        ["certificate_id"],
        unique=True,
        sqlite_where=_ENDED,
        postgresql_where=_ENDED,
    )


def downgrade() -> None:
    """Go back; what was suspended is taken for valid."""
    op.execute("DELETE FROM certificate_events WHERE state NOT IN ('revoked', 'replaced')")
    op.drop_index("uq_certificate_events_ended", "certificate_events")
    op.drop_index("ix_certificate_events_certificate_id", "certificate_events")
    with op.batch_alter_table("certificate_events") as batch:
        batch.create_unique_constraint(
            "uq_certificate_events_certificate_id_state", ["certificate_id", "state"]
        )
