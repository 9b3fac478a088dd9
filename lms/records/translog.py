"""Writing the public log: one leaf for each issue, replacement and revocation, with its row."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lms.content.editions import canonical
from lms.domain.log_entries import SALT_BYTES, EntryKind, LogEntry, commitment
from lms.domain.translog import leaf_hash
from lms.models.certificates import Certificate, CertificateEvent
from lms.models.database import take_turn
from lms.models.translog import BEGIN, END, LogLeaf, LogSalt
from lms.records import journal, log_tree

JOB = "log"
"""The kind of job that publishes the log."""

FORGOTTEN = "log:forget"
"""The tag in the journal for a certificate whose salts were deleted."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What shows that a leaf speaks of a certificate: the salt, and the record it was made with."""

    index: int
    entry: bytes
    salt: bytes
    record: bytes


def begin(session: Session, row: Certificate, ends: Certificate | None = None) -> int:
    """Write the leaf of a certificate, in the transaction of its row; the index of the leaf.

    ``ends`` is the certificate it takes the place of. Whoever writes many certificates commits
    after each: the log is written by one at a time, and waiting for a second lock while holding
    this one can stop two of them.
    """
    kind = EntryKind.REPLACE if ends else EntryKind.ISSUE
    before = _index(session, ends.id) if ends else None
    # Whose first leaf was made unreadable by deletion cannot be pointed to, so it begins anew.
    kind = kind if before is not None else EntryKind.ISSUE
    return _append(session, row, BEGIN, kind, canonical(row.facts), before)


def end(session: Session, row: Certificate, event: CertificateEvent) -> int | None:
    """Write the leaf of a revocation; None when the first leaf can no longer be pointed to."""
    before = _index(session, row.id)
    if before is None:
        return None
    return _append(session, row, END, EntryKind.REVOKE, ending(row, event), before)


def ending(row: Certificate, event: CertificateEvent) -> bytes:
    """The canonical record of a revocation."""
    return canonical(
        {
            "code": row.code,
            "state": event.state,
            "reason": event.reason_class,
            "at": event.at.astimezone(UTC).isoformat(),
        }
    )


def _index(session: Session, certificate_id: int) -> int | None:
    found = select(LogSalt.index).where(
        LogSalt.certificate_id == certificate_id, LogSalt.part == BEGIN
    )
    return session.scalar(found)


def _append(
    session: Session, row: Certificate, part: str, kind: EntryKind, record: bytes, ends: int | None
) -> int:
    salt = secrets.token_bytes(SALT_BYTES)
    body = bytes(LogEntry(kind, commitment(salt, record), ends))
    take_turn(session, JOB)
    index = log_tree.size(session)
    session.add(LogLeaf(index=index, leaf_hash=leaf_hash(body), body=body))
    session.flush()
    session.add(LogSalt(index=index, certificate_id=row.id, part=part, salt=salt))
    session.flush()
    return index


def opening(session: Session, row: Certificate) -> Opening | None:
    """What opens the leaf of a certificate; None once its salt is deleted."""
    found = session.execute(
        select(LogLeaf, LogSalt.salt)
        .join(LogSalt, LogSalt.index == LogLeaf.index)
        .where(LogSalt.certificate_id == row.id, LogSalt.part == BEGIN)
    ).one_or_none()
    if found is None:
        return None
    leaf, salt = found
    return Opening(leaf.index, leaf.body, salt, canonical(row.facts))


def forget(session: Session, now: datetime, row: Certificate, by: int | None) -> None:
    """Delete what ties leaves to a certificate. They stay in the log, and say nothing any more."""
    session.execute(delete(LogSalt).where(LogSalt.certificate_id == row.id))
    journal.note(session, now, by, FORGOTTEN, subject(row.id))


def subject(certificate_id: int) -> str:
    """What the journal calls a certificate."""
    return f"certificate:{certificate_id}"
