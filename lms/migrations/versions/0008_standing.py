"""boards a learner follows, facts and credentials they hold, application packs

Revision ID: 0008
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _person() -> sa.Column[int]:
    return sa.Column("person_id", sa.Integer(), nullable=False)


def _holder(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_person_id_people")
    return sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=name)


def upgrade() -> None:
    """Go forward."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "followed_boards",
        sa.Column("id", sa.Integer(), nullable=False),
        _person(),
        sa.Column("pack_id", sa.String(), nullable=False),
        sa.Column("since", moment, nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        _holder("followed_boards"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followed_boards")),
    )
    op.create_index(op.f("ix_followed_boards_person_id"), "followed_boards", ["person_id"])
    op.create_index(
        "uq_followed_boards_now",
        "followed_boards",
        ["person_id", "pack_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "facts_held",
        sa.Column("id", sa.Integer(), nullable=False),
        _person(),
        sa.Column("pack_id", sa.String(), nullable=False),
        sa.Column("requirement_id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("said_at", moment, nullable=False),
        _holder("facts_held"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facts_held")),
        sa.UniqueConstraint(
            "person_id",
            "pack_id",
            "requirement_id",
            "revision",
            name=op.f("uq_facts_held_person_id_pack_id_requirement_id_revision"),
        ),
    )
    op.create_table(
        "credentials_held",
        sa.Column("id", sa.Integer(), nullable=False),
        _person(),
        sa.Column("pack_id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("certified_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("said_at", moment, nullable=False),
        _holder("credentials_held"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credentials_held")),
        sa.UniqueConstraint(
            "person_id",
            "pack_id",
            "revision",
            name=op.f("uq_credentials_held_person_id_pack_id_revision"),
        ),
    )
    op.create_table(
        "application_packs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=26), nullable=False),
        _person(),
        sa.Column("pack_id", sa.String(), nullable=False),
        sa.Column(
            "facts",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("template", sa.String(), nullable=True),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        _holder("application_packs"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_packs")),
        sa.UniqueConstraint("ref", name=op.f("uq_application_packs_ref")),
    )
    op.create_index(op.f("ix_application_packs_person_id"), "application_packs", ["person_id"])
