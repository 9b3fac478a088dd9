"""The ledger: credit for modules, lines from live sessions, corrections."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.library import Library
from lms.content.offers import module_minutes
from lms.domain import hours as rules
from lms.domain.curriculum import Program
from lms.domain.hours import Entry, Modality, Standing
from lms.domain.quiz import Quiz
from lms.domain.vouching import standing
from lms.models.base import new_ref
from lms.models.database import held
from lms.models.hours import LedgerEntry
from lms.models.learning import Enrolment
from lms.models.people import Person
from lms.records import journal

_KEPT = (
    "person_id", "modality", "starts_at", "ends_at", "evidence", "title", "program_id", "module_id",
    "origin", "place", "provider", "approvals", "pay", "needs",
)  # fmt: skip
"""What a correction has in common with the line it takes back."""


def vouched_by(row: LedgerEntry) -> str:
    """Who stands behind a line, "" when nobody does (yet, or any more)."""
    if standing(row.needs, row.verdict) is not Standing.VOUCHED:
        return ""
    return row.vouched_by or row.voucher


def as_entry(row: LedgerEntry) -> Entry:
    """A row as the rules see it."""
    return Entry(
        id=row.id,
        minutes=row.minutes,
        topics=row.topics,
        modality=Modality(row.modality),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        evidence=row.evidence,
        voucher=vouched_by(row),
        reverses=row.reverses_id,
        reason=row.reason,
        title=row.title,
        origin=row.origin,
        standing=standing(row.needs, row.verdict),
        approvals=tuple(row.approvals),
        pay=row.pay,
    )


def counts_in(program: Program, program_id: str, module_id: str | None) -> bool:
    """Whether a line counts in a program: a module it teaches, or live time of its own.

    A module read in another program is not read twice, so its minutes count here as well.
    """
    return program_id == program.id if module_id is None else module_id in program.modules


_TAUGHT = "live-session:"


def is_taught(row: LedgerEntry) -> bool:
    """Whether the voucher of a line taught it: a meeting held here, not one brought in later."""
    return row.event_key.startswith(_TAUGHT) and row.voucher_id is not None


def lines(session: Session, person_id: int) -> list[LedgerEntry]:
    """A person's lines in the order of the time they are about."""
    mine = select(LedgerEntry).where(LedgerEntry.person_id == person_id)
    return list(session.scalars(mine.order_by(LedgerEntry.starts_at, LedgerEntry.id)))


def by_ref(session: Session, ref: str) -> LedgerEntry | None:
    """The line of an opaque reference, or None."""
    return session.scalar(held(session, select(LedgerEntry).where(LedgerEntry.ref == ref)))


def credit_module(
    session: Session,
    now: datetime,
    enrolment: Enrolment,
    library: Library,
    quiz: Quiz,
    approvals: Sequence[str] = (),
) -> LedgerEntry:
    """Enter a module's minutes when its quiz is passed, which asks for all its sections to be read.

    A quiz is passed once, and the table allows the line once. ``approvals`` are those valid today.
    """
    module = library.modules[quiz.module]
    minutes = module_minutes(library, enrolment.program_id, quiz)
    how = (
        f"Mergener formula: {module.words} words, {quiz.length} questions, "
        f"difficulty {module.difficulty} of 5"
    )
    return enter(
        session,
        now,
        LedgerEntry(
            person_id=enrolment.person_id,
            minutes=minutes,
            topics=rules.split(minutes, module.topics),
            modality=Modality.SELF_PACED,
            starts_at=enrolment.started_at,
            ends_at=now,
            evidence=f"module:{module.id}@{library.digests['module', module.id][:12]}; {how}",
            title=module.title,
            voucher="Hours formula, quiz passed",
            event_key=f"module:{enrolment.person_id}:{enrolment.program_id}:{module.id}",
            program_id=enrolment.program_id,
            module_id=module.id,
            entered_at=now,
            approvals=list(approvals),
        ),
    )


def enter_live(
    session: Session,
    now: datetime,
    person_id: int,
    title: str,
    interval: tuple[datetime, datetime],
    minutes: int,
    shares: Mapping[str, int],
    modality: Modality,
    voucher: Person,
    event_key: str,
    program_id: str,
    approvals: Sequence[str] = (),
) -> LedgerEntry:
    """Enter time with a trainer, vouched for by the trainer who recorded it.

    ``approvals`` are those valid on the day of the meeting.
    """
    return enter(
        session,
        now,
        LedgerEntry(
            person_id=person_id,
            minutes=minutes,
            topics=rules.split(minutes, shares),
            modality=modality,
            starts_at=interval[0],
            ends_at=interval[1],
            evidence=event_key.rsplit(":", 2)[0],
            title=title,
            voucher=voucher.name,
            voucher_id=voucher.id,
            event_key=event_key,
            program_id=program_id,
            entered_at=now,
            approvals=list(approvals),
        ),
    )


def enter(session: Session, now: datetime, row: LedgerEntry) -> LedgerEntry:
    """Put a new line into the ledger, with its journal note."""
    row.ref = new_ref()
    session.add(row)
    journal.note(
        session,
        now,
        row.voucher_id or row.person_id,
        "hours:enter",
        f"entry:{row.ref}",
        minutes=row.minutes,
    )
    return row


def is_taken_back(session: Session, row: LedgerEntry) -> bool:
    """True once a line takes this one back."""
    taken = select(LedgerEntry.id).where(LedgerEntry.reverses_id == row.id)
    return session.scalar(taken) is not None


def reverse(
    session: Session, now: datetime, row: LedgerEntry, reason: str, by: Person
) -> LedgerEntry:
    """Take a line back with a reason. Raises ValueError with a sentence.

    A line already taken back is refused by the table: each is reversed at most once.
    """
    return take_back(session, now, row, reason, by.name, by.id)


def take_back(
    session: Session,
    now: datetime,
    row: LedgerEntry,
    reason: str,
    voucher: str,
    voucher_id: int | None = None,
) -> LedgerEntry:
    """As :func:`reverse`, also by someone without an account. Raises ValueError."""
    if is_taken_back(session, row):
        raise ValueError("This line was already taken back. Nothing was changed.")
    back = rules.reversal(as_entry(row), reason)
    line = LedgerEntry(
        minutes=back.minutes,
        topics=dict(back.topics),
        voucher=voucher,
        voucher_id=voucher_id,
        reverses_id=row.id,
        reason=back.reason,
        event_key=f"reversal:{row.id}",
        entered_at=now,
        **{name: getattr(row, name) for name in _KEPT},
    )
    session.add(line)
    session.flush()
    journal.note(
        session, now, voucher_id, "hours:reverse", f"entry:{row.ref}", minutes=back.minutes
    )
    return line
