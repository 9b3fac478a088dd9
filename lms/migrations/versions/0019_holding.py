"""names corrected on request, names kept off the check page, links that show a certificate

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def _keys(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}_{of}"))
        for column, of in columns.items()
    ]


def upgrade() -> None:
    """Go forward."""
    op.add_column(
        "certificates", sa.Column("name_hidden_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_table(
        "name_corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        *_keys("name_corrections", person_id="people", asked_by="people", decided_by="people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_corrections")),
        sa.UniqueConstraint("ref", name=op.f("uq_name_corrections_ref")),
    )
    op.create_index(op.f("ix_name_corrections_person_id"), "name_corrections", ["person_id"])
    _links()


def _links() -> None:
    op.create_table(
        "share_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=26), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *_keys("share_links", certificate_id="certificates", person_id="people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_links")),
        sa.UniqueConstraint("ref", name=op.f("uq_share_links_ref")),
    )
    op.create_index(op.f("ix_share_links_certificate_id"), "share_links", ["certificate_id"])
    op.create_index(op.f("ix_share_links_person_id"), "share_links", ["person_id"])
    op.create_table(
        "share_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_keys("share_views", link_id="share_links"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_views")),
    )
    op.create_index(op.f("ix_share_views_link_id"), "share_views", ["link_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_table("share_views")
    op.drop_table("share_links")
    op.drop_table("name_corrections")
    op.drop_column("certificates", "name_hidden_at")
