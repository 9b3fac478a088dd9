"""Checking everything about the stored log: leaves, their records, tiles, checkpoints."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.editions import canonical
from lms.domain.certificate import State
from lms.domain.checkpoints import Checkpoint
from lms.domain.log_audit import Audit, Bad, StoredLeaf, Wrong
from lms.domain.log_entries import SALT_BYTES, EntryKind, LogEntry, commitment
from lms.domain.notes import BrokenNote, Holds, NoteKey, read_note
from lms.domain.tiles import WIDTH
from lms.models.certificates import Certificate, CertificateEvent
from lms.models.journal import AuditEvent
from lms.models.translog import BEGIN, END, LogCheckpoint, LogSalt
from lms.records import log_publishing, log_tree, translog

_RUN = 8 * WIDTH
_PARTS = {BEGIN: (EntryKind.ISSUE, EntryKind.REPLACE), END: (EntryKind.REVOKE,)}


@dataclass(frozen=True, slots=True)
class Checked:
    """What was gone over: leaves, those a checkpoint covers, and how many no salt opens."""

    size: int
    signed: int
    unopened: int
    bad: Bad | None
    unentered: tuple[int, ...]


def check(session: Session, holds: Holds) -> Checked:
    """Go over the whole log. ``unentered`` are ids of certificates that no leaf speaks of."""
    signed, bad_note = _signed(session, holds)
    newest = max(signed, default=0)
    records = _Records(session, newest)
    audit = Audit(
        log_tree.store(session), log_publishing.covered(session), signed, records.are_right
    )
    bad = audit.first_bad(_leaves(session))
    bad = min(filter(None, (bad, bad_note)), key=lambda one: one.index, default=None)
    return Checked(log_tree.size(session), newest, records.unopened, bad, _unentered(session))


def _leaves(session: Session) -> Iterator[StoredLeaf]:
    last = log_tree.size(session)
    for start in range(0, last, _RUN):
        for leaf in log_tree.leaves(session, start, _RUN):
            yield StoredLeaf(leaf.index, leaf.leaf_hash, leaf.body)


def _signed(session: Session, holds: Holds) -> tuple[Mapping[int, bytes], Bad | None]:
    """The roots that were signed by size, and the first checkpoint whose signature fails."""
    roots: dict[int, bytes] = {}
    good = 0
    for row in session.scalars(select(LogCheckpoint).order_by(LogCheckpoint.size)):
        if not _is_signed(row, holds):
            return roots, Bad(good, Wrong.ROOT, max(good, row.size - 1), f"checkpoint {row.size}")
        roots[row.size] = row.root
        good = row.size
    return roots, None


def _is_signed(row: LogCheckpoint, holds: Holds) -> bool:
    try:
        note, key = read_note(row.note.encode()), NoteKey.read(row.key)
        is_same = Checkpoint.of(note) == Checkpoint(key.name, row.size, row.root)
        return is_same and note.signed_by(key, holds) is not None
    except BrokenNote:
        return False


class _Records:
    """Whether leaves and the records they were made from still fit, read a run at a time."""

    def __init__(self, session: Session, signed: int) -> None:
        self._session = session
        self._signed = signed
        self._start = -1
        self._held: dict[int, tuple[str, bytes, bytes]] = {}
        self.unopened = 0

    def are_right(self, index: int, entry: LogEntry) -> bool:
        """True when the commitment opens to the record, or when its salt was deleted."""
        if not self._start <= index < self._start + _RUN or self._start < 0:
            self._read(index)
        found = self._held.get(index)
        if found is None:
            self.unopened += 1
            # A leaf comes with its salt; nobody deletes one before it was even signed.
            return index < self._signed
        part, salt, record = found
        is_salt = len(salt) == SALT_BYTES
        return (
            is_salt
            and entry.kind in _PARTS.get(part, ())
            and commitment(salt, record) == entry.commitment
        )

    def _read(self, start: int) -> None:
        self._start = start
        rows = self._session.execute(
            select(LogSalt, Certificate, CertificateEvent)
            .join(Certificate, Certificate.id == LogSalt.certificate_id)
            .outerjoin(
                CertificateEvent,
                (CertificateEvent.certificate_id == Certificate.id)
                & (CertificateEvent.state == State.REVOKED),
            )
            .where(LogSalt.index.between(start, start + _RUN - 1))
        ).all()
        self._held = {
            salt.index: (salt.part, salt.salt, _record(salt.part, row, event))
            for salt, row, event in rows
        }


def _record(part: str, row: Certificate, event: CertificateEvent | None) -> bytes:
    if part == BEGIN:
        return canonical(row.facts)
    return translog.ending(row, event) if event else b""


def _unentered(session: Session) -> tuple[int, ...]:
    """Certificates without a leaf, and revocations without theirs, but for those forgotten."""
    entered = select(LogSalt.certificate_id)
    rows: Sequence[int] = session.scalars(
        select(Certificate.id)
        .where(Certificate.id.not_in(entered.where(LogSalt.part == BEGIN)))
        .union(
            select(CertificateEvent.certificate_id)
            .where(CertificateEvent.state == State.REVOKED)
            .where(CertificateEvent.certificate_id.not_in(entered.where(LogSalt.part == END)))
        )
        .order_by("id")
    ).all()
    forgotten = select(AuditEvent.subject).where(AuditEvent.tag == translog.FORGOTTEN)
    known = set(session.scalars(forgotten)) if rows else set()
    return tuple(one for one in rows if translog.subject(one) not in known)
