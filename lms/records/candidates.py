"""Who of a cohort can be given a certificate, and which of a list of codes can be taken back."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.domain import undertakings as rules
from lms.domain.certificate import ENDED, State
from lms.domain.people import Role
from lms.domain.requirements import Sentence
from lms.domain.undertakings import End, ready
from lms.models.certificates import Certificate, CertificateEvent
from lms.models.learning import Enrolment
from lms.models.people import Cohort, Person
from lms.records import learning, people
from lms.records.certificates import code_digest
from lms.records.shelf import Shelf

Letters = Callable[[str], str]
"""The letters of a name that cannot be printed."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A learner of a cohort, how many steps are missing, and whether a certificate can be given."""

    person: Person
    missing: int
    end: End


def of_cohort(
    session: Session, shelf: Shelf, cohort: Cohort, but: int, letters: Letters
) -> list[Candidate]:
    """Learners of a cohort whose account is open, by name, without the person who looks; seven
    statements, however many they are.
    """
    members = people.members(session, [cohort.id], Role.LEARNER)
    learners = {p.id: p for p, _id in members if p.disabled_at is None and p.id != but}
    mine = Enrolment.person_id.in_(learners) & (Enrolment.program_id == cohort.program_id)
    ways = {way.enrolment.person_id: way for way in learning.ways_of(session, shelf, mine)}
    revoked = _revoked(session, learners, cohort.program_id)
    return [
        Candidate(
            person,
            len(way.gaps),
            ready(
                is_certified=way.certificate is not None,
                is_complete=not way.gaps,
                was_revoked=person_id in revoked,
                letters=letters(person.name),
            ),
        )
        for person_id, person in learners.items()
        if (way := ways.get(person_id))
    ]


def _revoked(session: Session, ids: Collection[int], program_id: str) -> set[int]:
    """Those of whom a certificate of the program was ever revoked."""
    found = (
        select(Certificate.person_id)
        .join(CertificateEvent, CertificateEvent.certificate_id == Certificate.id)
        .where(
            Certificate.person_id.in_(ids),
            Certificate.program_id == program_id,
            CertificateEvent.state == State.REVOKED,
        )
    )
    return set(session.scalars(found))


@dataclass(frozen=True, slots=True)
class Doomed:
    """A row of a list of codes that shall be revoked: which certificate, or what is wrong."""

    row: int
    certificate: Certificate | None
    fault: Sentence | None = None


def look(
    session: Session, codes: Sequence[tuple[int, str | None]], cohorts: Collection[int], me: Person
) -> list[Doomed]:
    """Look a list of codes through: each must be of a learner of one's own, and stand. Three
    statements, however many they are.
    """
    known = _known(session, {code for _row, code in codes if code}, cohorts)
    over = _over(session, [row.id for row in known.values()])
    seen: set[str] = set()
    found = []
    for number, code in codes:
        row = known.get(code or "")
        found.append(Doomed(number, row, _fault(row, code, seen, over, me)))
        seen.add(code or "")
    return found


def _fault(
    row: Certificate | None, code: str | None, seen: set[str], over: set[int], me: Person
) -> Sentence | None:
    if code is None:
        return rules.NOT_A_CODE
    if row is None:
        return rules.NOT_YOURS
    if row.person_id == me.id:
        return rules.OWN
    if row.id in over:
        return rules.OVER
    return rules.TWICE if code in seen else None


def _known(
    session: Session, codes: Collection[str], cohorts: Collection[int]
) -> dict[str, Certificate]:
    found = (
        select(Certificate)
        .join(
            Enrolment,
            (Enrolment.person_id == Certificate.person_id)
            & (Enrolment.program_id == Certificate.program_id),
        )
        .where(
            Certificate.code_digest.in_([code_digest(code) for code in codes]),
            Enrolment.cohort_id.in_(cohorts),
        )
    )
    return {row.code: row for row in session.scalars(found)}


def _over(session: Session, ids: Collection[int]) -> set[int]:
    found = select(CertificateEvent.certificate_id).where(
        CertificateEvent.certificate_id.in_(ids), CertificateEvent.state.in_(ENDED)
    )
    return set(session.scalars(found))
