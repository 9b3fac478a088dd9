"""Credentials of certificates: their places in the status lists, and which bits are set."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from lms.domain.certificate import State
from lms.models.certificates import Certificate, CertificateEvent
from lms.models.credentials import Credential, StatusList
from lms.models.database import take_turn
from lms.records import journal
from lms.records.learning import Way

JOB, STATUS_JOB = "credentials", "status"
"""The kinds of jobs that sign credentials that are not signed yet, and the status lists."""

ENTRIES = 131_072
_DRAWS = 64
"""A list is full when so many places drawn at random are all taken: then it is more than nine
tenths full, almost surely.
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """One status list as it should be, and as it was last signed."""

    number: int
    indices: tuple[int, ...]
    signed: StatusList | None


def begin(session: Session, row: Certificate, competencies: Sequence[tuple[str, str]]) -> None:
    """Take a place in the status lists for a new certificate, in the transaction of its row."""
    take_turn(session, "status-place")
    number = session.scalar(select(func.max(Credential.list_number))) or 1
    index = _free(session, number)
    if index is None:
        number, index = number + 1, secrets.randbelow(ENTRIES)
    session.add(
        Credential(
            certificate_id=row.id,
            list_number=number,
            list_index=index,
            competencies=[list(one) for one in competencies],
        )
    )
    session.flush()


def _free(session: Session, number: int) -> int | None:
    drawn = [secrets.randbelow(ENTRIES) for _ in range(_DRAWS)]
    found = select(Credential.list_index).where(
        Credential.list_number == number, Credential.list_index.in_(drawn)
    )
    taken = set(session.scalars(found))
    return next((index for index in drawn if index not in taken), None)


def taught(way: Way) -> list[tuple[str, str]]:
    """The SAMHSA competencies that a program teaches, in the order of the framework."""
    modules = [way.library.modules[name] for name in way.program.modules]
    named = {name for module in modules for part in module.sections for name in part.competencies}
    return [
        (competency.id, competency.text)
        for category in way.library.categories
        for competency in category.competencies
        if competency.id in named
    ]


def of(session: Session, row: Certificate) -> Credential | None:
    """The credential of a certificate."""
    return session.get(Credential, row.id)


def competencies_of(session: Session, row: Certificate) -> list[tuple[str, str]]:
    """What an earlier version of a certificate was aligned to."""
    held = of(session, row)
    return [(one[0], one[1]) for one in held.competencies] if held else []


def keep(session: Session, now: datetime, certificate_id: int, badge: str, token: str) -> None:
    """Keep the signed texts once."""
    held = session.get(Credential, certificate_id, with_for_update=True)
    if held is not None and held.badge is None:
        held.badge, held.token, held.made_at = badge, token, now
        session.flush()
        journal.note(session, now, None, "certificate:credential", f"certificate:{certificate_id}")


def unsigned(session: Session, most: int = 200) -> Sequence[int]:
    """Certificates whose credential is not signed yet."""
    found = select(Credential.certificate_id).where(Credential.badge.is_(None))
    return session.scalars(found.order_by(Credential.certificate_id).limit(most)).all()


def lists(session: Session) -> list[Listed]:
    """Every list with the bits that must be set, and what was last signed of it."""
    newest = session.scalar(select(func.max(Credential.list_number))) or 0
    signed = {row.number: row for row in session.scalars(select(StatusList))}
    return [
        Listed(number, _set(session, number), signed.get(number)) for number in range(1, newest + 1)
    ]


def _set(session: Session, number: int) -> tuple[int, ...]:
    """The places of what must not be relied on, by what befell each last.

    A replaced certificate must not pass for the one that counts, nor one that is suspended: its
    bit is cleared when that is lifted, for Open Badges knows one purpose only.
    """
    other = aliased(CertificateEvent)
    last = (
        select(func.max(other.id))
        .where(other.certificate_id == Credential.certificate_id)
        .correlate(Credential)
        .scalar_subquery()
    )
    found = (
        select(Credential.list_index)
        .join(CertificateEvent, CertificateEvent.id == last)
        .where(Credential.list_number == number, CertificateEvent.state != State.VALID)
    )
    return tuple(sorted(session.scalars(found)))


def keep_list(session: Session, now: datetime, listed: Listed, body: str, token: str) -> bool:
    """Keep what was signed of a list, in the place of what was signed before.

    False, and nothing kept, when bits changed or another was quicker meanwhile.
    """
    take_turn(session, f"status-list:{listed.number}")
    row = session.get(StatusList, listed.number)
    before = listed.signed.made_at if listed.signed else None
    if (row.made_at if row else None) != before or _set(session, listed.number) != listed.indices:
        return False
    if row is None:
        row = StatusList(number=listed.number)
        session.add(row)
    row.indices, row.body, row.token, row.made_at = list(listed.indices), body, token, now
    session.flush()
    return True


def signed_list(session: Session, number: int) -> StatusList | None:
    """What was last signed of a list."""
    return session.get(StatusList, number)
