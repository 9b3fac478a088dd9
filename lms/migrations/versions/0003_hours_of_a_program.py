"""hours of a program: each line knows the program and the module it was earned in

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# What older lines say of themselves: "module:<id>@…" or "live-session:<ref>".
_MODULE = """
UPDATE ledger_entries SET module_id = substr(evidence, 8, strpos(evidence, '@') - 8)
WHERE evidence LIKE 'module:%@%'
"""
_PROGRAM_OF_MODULE = """
UPDATE ledger_entries SET program_id = (
    SELECT e.program_id FROM enrolments e
    WHERE e.person_id = ledger_entries.person_id AND ledger_entries.event_key =
    'module:' || e.person_id || ':' || e.program_id || ':' || ledger_entries.module_id
) WHERE event_key LIKE 'module:%'
"""
_PROGRAM_OF_MEETING = """
UPDATE ledger_entries SET program_id = (
    SELECT c.program_id FROM live_sessions s JOIN cohorts c ON c.id = s.cohort_id
    WHERE ledger_entries.evidence = 'live-session:' || s.ref
) WHERE evidence LIKE 'live-session:%' AND reverses_id IS NULL
"""
_PROGRAM_OF_REVERSAL = """
UPDATE ledger_entries SET program_id = (
    SELECT r.program_id FROM ledger_entries r WHERE r.id = ledger_entries.reverses_id
) WHERE reverses_id IS NOT NULL
"""


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("ledger_entries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("program_id", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("module_id", sa.String(), nullable=True))
    place = "instr" if op.get_bind().dialect.name == "sqlite" else "strpos"
    op.execute(_MODULE.replace("strpos", place))
    for statement in (_PROGRAM_OF_MODULE, _PROGRAM_OF_MEETING, _PROGRAM_OF_REVERSAL):
        op.execute(statement)
    with op.batch_alter_table("ledger_entries", schema=None) as batch_op:
        batch_op.alter_column("program_id", existing_type=sa.String(), nullable=False)
