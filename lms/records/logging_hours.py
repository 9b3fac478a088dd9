"""Hours that learners write down themselves: work, supervision, in-service, training elsewhere."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from lms.domain.hours import Entry, Standing
from lms.domain.logging_hours import Account, Kind, Logged, refused
from lms.domain.same_time import check_against, work_around
from lms.domain.vouching import Needs, standing
from lms.models.database import take_turn
from lms.models.hours import LedgerEntry
from lms.models.people import Person
from lms.records import hours
from lms.records.hours import as_entry

NEAR = timedelta(days=2)
"""How far around a line others are looked at: what lies farther cannot share its time or day."""


def add(
    session: Session,
    now: datetime,
    person: Person,
    zone: tzinfo,
    kind: Kind,
    logged: Logged,
    account: Account,
) -> tuple[LedgerEntry, bool]:
    """Put a log into the ledger; nobody stands behind it yet. Raises Refused.

    The second value says that supervision lies inside work, or the other way about: both stand.
    """
    # One log of a person at a time, so that two tabs cannot both find the time free.
    take_turn(session, f"hours:{person.id}")
    others = around(session, person.id, logged)
    check_against(logged, kind, account.modality, others, zone)
    event = event_of(person.id, kind, logged, account)
    row = row_of(now, person.id, kind, logged, account, _key(session, event))
    hours.enter(session, now, row)
    session.flush()
    return row, work_around(logged, account.modality, others)


def row_of(
    now: datetime, person_id: int, kind: Kind, logged: Logged, account: Account, event_key: str
) -> LedgerEntry:
    """The line of a log; nobody stands behind it yet."""
    return LedgerEntry(
        person_id=person_id,
        minutes=logged.minutes,
        topics=logged.topics,
        modality=account.modality,
        starts_at=logged.starts_at,
        ends_at=logged.ends_at,
        evidence=account.evidence,
        title=account.title,
        voucher="",
        event_key=event_key,
        program_id="",
        module_id=None,
        entered_at=now,
        origin="transferred" if kind is Kind.ELSEWHERE else "ours",
        place=account.place,
        provider=account.provider,
        approvals=list(account.approvals),
        pay=account.pay,
        needs=Needs.CHECK if kind is Kind.ELSEWHERE else Needs.SIGNATURE,
    )


def around(session: Session, person_id: int, logged: Logged) -> list[Entry]:
    """Lines of a person about these days that still count."""
    later = aliased(LedgerEntry)
    rows = session.scalars(
        select(LedgerEntry).where(
            LedgerEntry.person_id == person_id,
            LedgerEntry.ends_at > logged.starts_at - NEAR,
            LedgerEntry.starts_at < logged.ends_at + NEAR,
            LedgerEntry.reverses_id.is_(None),
            ~select(later.id).where(later.reverses_id == LedgerEntry.id).exists(),
        )
    )
    return [as_entry(row) for row in rows]


def event_of(person_id: int, kind: Kind, logged: Logged, account: Account) -> str:
    """What tells one event of a person from another: the same event counts once."""
    about = [kind, logged.starts_at.isoformat(), logged.ends_at.isoformat()]
    if kind is Kind.ELSEWHERE:
        about += [" ".join(t.casefold().split()) for t in (account.provider, account.title)]
    else:
        about.append(account.modality)
    return f"log:{person_id}:{sha256('|'.join(about).encode()).hexdigest()[:40]}"


def _key(session: Session, event: str) -> str:
    """One event, one key: the same event again is refused until its line was taken back."""
    said = select(LedgerEntry).where(LedgerEntry.event_key.like(f"{event}:%"))
    before = session.scalars(said).all()
    ids = [row.id for row in before]
    back = select(func.count()).where(LedgerEntry.reverses_id.in_(ids))
    if (session.scalar(back) if ids else 0) != len(ids):
        raise refused(
            "title", "This stands in your hours already: the same training, on the same days."
        )
    return f"{event}:{len(ids)}"


def own_line(session: Session, person: Person, ref: str) -> LedgerEntry | None:
    """A line that the person wrote down themselves, or None."""
    row = hours.by_ref(session, ref)
    is_log = row is not None and row.person_id == person.id and row.needs and not row.reverses_id
    return row if is_log else None


def take_back(
    session: Session, now: datetime, row: LedgerEntry, reason: str, by: Person
) -> LedgerEntry:
    """A learner takes their own line back while nobody has vouched for it. Raises ValueError."""
    if standing(row.needs, row.verdict) is Standing.VOUCHED:
        raise ValueError("Someone has vouched for this line. Ask your coordinator to take it back.")
    return hours.reverse(session, now, row, reason, by)


def waiting(session: Session, person_id: int) -> Sequence[LedgerEntry]:
    """Lines that wait for a signature, in the order of their time."""
    later = aliased(LedgerEntry)
    rows = session.scalars(
        select(LedgerEntry)
        .where(
            LedgerEntry.person_id == person_id,
            LedgerEntry.needs == Needs.SIGNATURE,
            LedgerEntry.reverses_id.is_(None),
            ~select(later.id).where(later.reverses_id == LedgerEntry.id).exists(),
        )
        .order_by(LedgerEntry.starts_at, LedgerEntry.id)
    )
    return [row for row in rows if standing(row.needs, row.verdict) is Standing.WAITING]
