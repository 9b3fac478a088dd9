"""Training from elsewhere: what nobody here has checked, and what a coordinator says of it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from lms.domain.hours import Standing
from lms.domain.people import Role
from lms.domain.vouching import Needs, Verdict, standing
from lms.models.hours import LedgerEntry
from lms.models.people import GrantRow, Person
from lms.models.vouching import EntryCheck
from lms.records import hours, journal
from lms.records.confirmations import say

_MOST = 200


def unchecked(
    session: Session, cohort_ids: Collection[int], but: int
) -> list[tuple[LedgerEntry, Person]]:
    """What waits for a check in these cohorts, the oldest first; nobody checks their own."""
    later = aliased(LedgerEntry)
    said = select(EntryCheck.id).where(EntryCheck.entry_id == LedgerEntry.id)
    mine = select(GrantRow.person_id).where(
        GrantRow.role == Role.LEARNER, GrantRow.cohort_id.in_(list(cohort_ids))
    )
    found = session.execute(
        select(LedgerEntry, Person)
        .join(Person, Person.id == LedgerEntry.person_id)
        .where(
            LedgerEntry.person_id.in_(mine),
            LedgerEntry.person_id != but,
            LedgerEntry.needs == Needs.CHECK,
            LedgerEntry.reverses_id.is_(None),
            ~said.exists(),
            ~select(later.id).where(later.reverses_id == LedgerEntry.id).exists(),
        )
        .order_by(LedgerEntry.entered_at, LedgerEntry.id)
        .limit(_MOST)
    )
    return [(row, person) for row, person in found]


def check(
    session: Session, now: datetime, row: LedgerEntry, by: Person, accepts: bool, reason: str
) -> None:
    """Accept training from elsewhere, or decline it with a reason that the learner reads.

    A declined line is taken back. Raises ValueError with a sentence.
    """
    if row.needs != Needs.CHECK or standing(row.needs, row.verdict) is not Standing.UNCHECKED:
        raise ValueError("This line was checked before. Nothing was changed.")
    if hours.is_taken_back(session, row):
        raise ValueError("This line was taken back meanwhile. There is nothing to check.")
    if not accepts and not reason.strip():
        raise ValueError("Say why you decline it. The learner reads this.")
    verdict = Verdict.AGREED if accepts else Verdict.DECLINED
    word = EntryCheck(verdict=verdict, reason=reason.strip(), voucher=by.name, voucher_id=by.id)
    say(session, now, row, word)
    journal.note(session, now, by.id, "transfer:check", f"entry:{row.ref}", verdict=str(verdict))
    if not accepts:
        hours.reverse(session, now, row, reason, by)
