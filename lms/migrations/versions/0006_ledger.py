"""the ledger, whole: origin, place, provider, approvals, pay; who vouches for a line, and how

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_STRUCTURE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_NEW = {"origin": "ours", "place": "", "provider": "", "approvals": "[]", "pay": "", "needs": ""}


def upgrade() -> None:
    """Go forward: what stands in the ledger is ours, and vouched for by whoever wrote it."""
    kinds = {name: _STRUCTURE if name == "approvals" else sa.String() for name in _NEW}
    with op.batch_alter_table("ledger_entries", schema=None) as batch_op:
        for name, kind in kinds.items():
            batch_op.add_column(sa.Column(name, kind, nullable=True))
    for name, value in _NEW.items():
        op.execute(sa.text(f"UPDATE ledger_entries SET {name} = '{value}'"))  # noqa: S608
    with op.batch_alter_table("ledger_entries", schema=None) as batch_op:
        for name, kind in kinds.items():
            batch_op.alter_column(name, existing_type=kind, nullable=False)
        batch_op.create_index(
            batch_op.f("ix_ledger_entries_person_id_ends_at_id"), ["person_id", "ends_at", "id"]
        )
    with op.batch_alter_table("readings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seconds_seen", sa.Integer(), nullable=True))
    _requests()
    _lines_and_events()
    _checks()


def _requests() -> None:
    op.create_table(
        "confirmation_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("to_name", sa.String(), nullable=False),
        sa.Column("to_email", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_confirmation_requests_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation_requests")),
        sa.UniqueConstraint("ref", name=op.f("uq_confirmation_requests_ref")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_confirmation_requests_token_digest")),
    )
    op.create_index(
        op.f("ix_confirmation_requests_person_id"), "confirmation_requests", ["person_id"]
    )


def _lines_and_events() -> None:
    request = "confirmation_requests"
    op.create_table(
        "confirmation_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            [f"{request}.id"],
            name=op.f("fk_confirmation_lines_request_id_confirmation_requests"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["ledger_entries.id"],
            name=op.f("fk_confirmation_lines_entry_id_ledger_entries"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation_lines")),
        sa.UniqueConstraint(
            "request_id", "entry_id", name=op.f("uq_confirmation_lines_request_id_entry_id")
        ),
    )
    op.create_index(op.f("ix_confirmation_lines_entry_id"), "confirmation_lines", ["entry_id"])
    op.create_table(
        "confirmation_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            [f"{request}.id"],
            name=op.f("fk_confirmation_events_request_id_confirmation_requests"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name=op.f("fk_confirmation_events_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation_events")),
        sa.UniqueConstraint(
            "request_id", "kind", name=op.f("uq_confirmation_events_request_id_kind")
        ),
    )


def _checks() -> None:
    op.create_table(
        "entry_checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("voucher", sa.String(), nullable=False),
        sa.Column("voucher_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("is_peer", sa.Boolean(), nullable=True),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict = 'agreed' OR reason <> ''", name=op.f("ck_entry_checks_no_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["ledger_entries.id"],
            name=op.f("fk_entry_checks_entry_id_ledger_entries"),
        ),
        sa.ForeignKeyConstraint(
            ["voucher_id"], ["people.id"], name=op.f("fk_entry_checks_voucher_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["confirmation_requests.id"],
            name=op.f("fk_entry_checks_request_id_confirmation_requests"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_checks")),
        sa.UniqueConstraint("entry_id", "revision", name=op.f("uq_entry_checks_entry_id_revision")),
    )
    op.create_index(op.f("ix_entry_checks_request_id"), "entry_checks", ["request_id"])
