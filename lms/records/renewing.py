"""Renewing a certificate: the next period of a program, by hours since the last was issued."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from lms.domain.caps import counted_totals
from lms.domain.next_period import Term, Window, counts, is_enough, term
from lms.domain.promises import Renews
from lms.models.certificates import Certificate
from lms.models.database import take_turn
from lms.models.hours import LedgerEntry
from lms.models.people import Person
from lms.records import hours, issuing, learning, suspending
from lms.records.learning import Way
from lms.records.office import Office
from lms.records.shelf import Shelf


class NotRenewable(Exception):
    """It is too early, too late, suspended, or hours are missing."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """Where a certificate stands on its way to the next period; hours in minutes."""

    row: Certificate
    rule: Renews
    term: Term
    minutes: int
    live: int
    lines: tuple[LedgerEntry, ...]

    @property
    def is_ready(self) -> bool:
        """True when it can be renewed today."""
        is_time = self.term.window in (Window.OPEN, Window.LATE)
        return is_time and is_enough(self.rule, self.minutes, self.live)


def renewals(
    session: Session, ways: Iterable[Way], now: datetime, office: Office
) -> dict[str, Renewal]:
    """By program, where each certificate that can be renewed at all stands; at most one statement
    for all, and one for each that might be suspended.
    """
    held = [way for way in ways if way.certificate and way.program.renewal]
    lines = hours.lines(session, held[0].enrolment.person_id) if held else []
    found = {way.program.id: _renewal(session, way, lines, now, office) for way in held}
    return {program: one for program, one in found.items() if one}


def _renewal(
    session: Session, way: Way, lines: list[LedgerEntry], now: datetime, office: Office
) -> Renewal | None:
    row, rule = way.certificate, way.program.renewal
    if (
        row is None
        or rule is None
        or row.expires_on is None
        or suspending.is_suspended(session, row)
    ):
        return None
    since = [
        line for line in lines if line.ends_at > row.issued_at and counts(hours.as_entry(line))
    ]
    sums = counted_totals((hours.as_entry(line) for line in since), office.caps)
    stands = term(row.expires_on, rule, office.day(now))
    return Renewal(row, rule, stands, sums.minutes, sums.live, tuple(since))


def renew(
    session: Session, shelf: Shelf, person: Person, program_id: str, now: datetime, office: Office
) -> Certificate:
    """Issue the next period to a holder who asks; twice at once is once. Raises NotRenewable."""
    take_turn(session, f"certificate:{person.id}:{program_id}")
    way = learning.way(session, shelf, person.id, program_id)
    found = renewals(session, [way], now, office).get(program_id) if way else None
    if way is None or found is None or not found.is_ready:
        raise NotRenewable
    return issuing.next_period(session, way, person, found.row, found.lines, now, office)
