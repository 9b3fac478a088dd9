"""The ledger: credit for modules, lines from live sessions, corrections."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.library import Library
from lms.content.offers import module_minutes
from lms.domain import hours as rules
from lms.domain.curriculum import Program
from lms.domain.hours import Entry, Modality
from lms.domain.quiz import Quiz
from lms.models.base import new_ref
from lms.models.database import held
from lms.models.hours import LedgerEntry
from lms.models.learning import Enrolment
from lms.models.people import Person
from lms.records import journal


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
        voucher=row.voucher,
        reverses=row.reverses_id,
        reason=row.reason,
    )


def counts_in(program: Program, program_id: str, module_id: str | None) -> bool:
    """Whether a line counts in a program: a module it teaches, or live time of its own.

    A module read in another program is not read twice, so its minutes count here as well.
    """
    return program_id == program.id if module_id is None else module_id in program.modules


def lines(session: Session, person_id: int) -> list[LedgerEntry]:
    """A person's lines in the order of the time they are about."""
    mine = select(LedgerEntry).where(LedgerEntry.person_id == person_id)
    return list(session.scalars(mine.order_by(LedgerEntry.starts_at, LedgerEntry.id)))


def by_ref(session: Session, ref: str) -> LedgerEntry | None:
    """The line of an opaque reference, or None."""
    return session.scalar(held(session, select(LedgerEntry).where(LedgerEntry.ref == ref)))


def credit_module(
    session: Session, now: datetime, enrolment: Enrolment, library: Library, quiz: Quiz
) -> LedgerEntry:
    """Enter a module's minutes when its quiz is passed, which asks for all its sections to be read.

    A quiz is passed once, and the table allows the line once.
    """
    module = library.modules[quiz.module]
    minutes = module_minutes(library, enrolment.program_id, quiz)
    how = (
        f"Mergener formula: {module.words} words, {quiz.length} questions, "
        f"difficulty {module.difficulty} of 5"
    )
    return _enter(
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
) -> LedgerEntry:
    """Enter time with a trainer, vouched for by the trainer who recorded it."""
    return _enter(
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
        ),
    )


def _enter(session: Session, now: datetime, row: LedgerEntry) -> LedgerEntry:
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
    if is_taken_back(session, row):
        raise ValueError("This line was already taken back. Nothing was changed.")
    back = rules.reversal(as_entry(row), reason)
    line = LedgerEntry(
        person_id=row.person_id,
        minutes=back.minutes,
        topics=dict(back.topics),
        modality=back.modality,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        evidence=row.evidence,
        title=row.title,
        voucher=by.name,
        voucher_id=by.id,
        reverses_id=row.id,
        reason=back.reason,
        event_key=f"reversal:{row.id}",
        program_id=row.program_id,
        module_id=row.module_id,
        entered_at=now,
    )
    session.add(line)
    session.flush()
    journal.note(session, now, by.id, "hours:reverse", f"entry:{row.ref}", minutes=back.minutes)
    return line
