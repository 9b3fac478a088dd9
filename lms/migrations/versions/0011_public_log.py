"""the public log: a leaf for every certificate there is, and for every revocation

Revision ID: 0011
Revises: 0010
"""

import json
import secrets
from datetime import UTC, datetime
from hashlib import sha256

import rfc8785
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "log_entries",
        sa.Column("index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("index", name=op.f("pk_log_entries")),
    )
    op.create_table(
        "log_salts",
        sa.Column("index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificates.id"],
            name=op.f("fk_log_salts_certificate_id_certificates"),
        ),
        sa.ForeignKeyConstraint(
            ["index"], ["log_entries.index"], name=op.f("fk_log_salts_index_log_entries")
        ),
        sa.PrimaryKeyConstraint("index", name=op.f("pk_log_salts")),
        sa.UniqueConstraint(
            "certificate_id", "part", name=op.f("uq_log_salts_certificate_id_part")
        ),
    )
    op.create_table(
        "log_hashes",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "number", name=op.f("pk_log_hashes")),
    )
    op.create_table(
        "log_checkpoints",
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_log_checkpoints")),
    )
    op.create_table(
        "log_witnesses",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_log_witnesses")),
        sa.UniqueConstraint("name", name=op.f("uq_log_witnesses_name")),
    )
    op.create_table(
        "log_cosignatures",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["key"], ["log_witnesses.key"], name=op.f("fk_log_cosignatures_key_log_witnesses")
        ),
        sa.ForeignKeyConstraint(
            ["size"],
            ["log_checkpoints.size"],
            name=op.f("fk_log_cosignatures_size_log_checkpoints"),
        ),
        sa.PrimaryKeyConstraint("key", "size", name=op.f("pk_log_cosignatures")),
    )
    _enter_what_is_there(op.get_bind())


def _enter_what_is_there(connection: sa.Connection) -> None:
    """First every certificate in the order of issue, then every revocation."""
    structure = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
    certificates = sa.table(
        "certificates",
        sa.column("id", sa.Integer),
        sa.column("code"),
        sa.column("facts", structure),
    )
    events = sa.table(
        "certificate_events",
        sa.column("id", sa.Integer),
        sa.column("certificate_id", sa.Integer),
        sa.column("state"),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("reason_class"),
        sa.column("replaced_by"),
    )
    codes = {
        row.code: row.id
        for row in connection.execute(sa.select(certificates.c.id, certificates.c.code))
    }
    of_id = {name: code for code, name in codes.items()}
    happened = connection.execute(sa.select(events).order_by(events.c.id)).all()
    earlier = {
        codes.get(event.replaced_by): event.certificate_id
        for event in happened
        if event.state == "replaced"
    }
    index: dict[int, int] = {}
    for row in connection.execute(
        sa.select(certificates.c.id, certificates.c.facts).order_by(certificates.c.id)
    ).all():
        before = index.get(earlier.get(row.id, 0))
        kind = "issue" if before is None else "replace"
        index[row.id] = _append(connection, len(index), row.id, "begin", kind, row.facts, before)
    revoked = [event for event in happened if event.state == "revoked"]
    for position, event in enumerate(revoked, len(index)):
        record = {
            "code": of_id[event.certificate_id],
            "state": event.state,
            "reason": event.reason_class,
            "at": _utc(event.at).isoformat(),
        }
        before = index[event.certificate_id]
        _append(connection, position, event.certificate_id, "end", "revoke", record, before)
    if index:
        _publish_soon(connection)


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _append(
    connection: sa.Connection,
    index: int,
    certificate: int,
    part: str,
    kind: str,
    record: object,
    before: int | None,
) -> int:
    salt = secrets.token_bytes(32)
    body: dict[str, object] = {"v": 1, "kind": kind}
    body["commitment"] = sha256(salt + rfc8785.dumps(record)).hexdigest()  # type: ignore[arg-type]
    if before is not None:
        body["prev_index"] = before
    entry = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    leaves = sa.table(
        "log_entries",
        sa.column("index"),
        sa.column("leaf_hash", sa.LargeBinary),
        sa.column("body", sa.LargeBinary),
    )
    salts = sa.table(
        "log_salts",
        sa.column("index"),
        sa.column("certificate_id"),
        sa.column("part"),
        sa.column("salt", sa.LargeBinary),
    )
    hashed = sha256(b"\x00" + entry).digest()
    connection.execute(leaves.insert().values(index=index, leaf_hash=hashed, body=entry))
    connection.execute(
        salts.insert().values(index=index, certificate_id=certificate, part=part, salt=salt)
    )
    return index


def _publish_soon(connection: sa.Connection) -> None:
    structure = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
    jobs = sa.table(
        "outbox_jobs",
        sa.column("kind"),
        sa.column("body", structure),
        sa.column("created_at", sa.DateTime(timezone=True)),
        sa.column("next_try_at", sa.DateTime(timezone=True)),
        sa.column("tries"),
        sa.column("fault"),
    )
    at = datetime.now(UTC)
    if connection.dialect.name == "sqlite":
        at = at.replace(tzinfo=None)
    connection.execute(
        jobs.insert().values(kind="log", body={}, created_at=at, next_try_at=at, tries=0, fault="")
    )
