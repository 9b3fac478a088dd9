"""papers are named by what they are: the SHA-256 of their bytes

Revision ID: 0012
Revises: 0011
"""

from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_PAPERS = sa.table(
    "papers",
    sa.column("id", sa.Integer()),
    sa.column("pdf", sa.LargeBinary()),
    sa.column("sha256", sa.String()),
    sa.column("unsigned_sha256", sa.String()),
)


def upgrade() -> None:
    """Go forward."""
    for name in ("sha256", "unsigned_sha256"):
        op.add_column("papers", sa.Column(name, sa.String(length=64), nullable=True))
    _name_papers()
    with op.batch_alter_table("papers") as batch:
        batch.alter_column("sha256", existing_type=sa.String(length=64), nullable=False)
        batch.alter_column("unsigned_sha256", existing_type=sa.String(length=64), nullable=False)
        batch.create_index(batch.f("ix_papers_sha256"), ["sha256"])


def _name_papers() -> None:
    """One at a time: there may be many, and each is some 30 kB."""
    connection = op.get_bind()
    for paper_id in connection.scalars(sa.select(_PAPERS.c.id)).all():
        found = sa.select(_PAPERS.c.pdf).where(_PAPERS.c.id == paper_id)
        digest = sha256(connection.execute(found).scalar_one()).hexdigest()
        connection.execute(
            sa.update(_PAPERS)
            .where(_PAPERS.c.id == paper_id)
            .values(sha256=digest, unsigned_sha256=digest)
        )


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("papers") as batch:
        batch.drop_index(batch.f("ix_papers_sha256"))
        batch.drop_column("unsigned_sha256")
        batch.drop_column("sha256")
