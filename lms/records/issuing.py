"""The one door to a certificate: issuing, correcting a name, revoking."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import cattrs
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.editions import digest
from lms.domain import certificate as rules
from lms.domain.certificate import Facts, ReasonClass, State
from lms.domain.curriculum import Gap
from lms.domain.paper_words import Words
from lms.models.certificates import Certificate, CertificateEvent
from lms.models.database import take_turn
from lms.models.hours import LedgerEntry
from lms.models.learning import Enrolment
from lms.models.people import Person
from lms.records import credentials, drafting, journal, provider, suspending, translog, watches
from lms.records.certificates import CERTIFICATE, TRANSCRIPT, code_digest, endings, facts_of
from lms.records.learning import Way
from lms.records.office import Office

PAPER, IN_BULK = "paper", "paper-in-bulk"
"""Jobs that print a paper: for someone who waits for it, or as one of many."""


class NotEligible(Exception):
    """Something is missing; ``gaps`` say what."""

    def __init__(self, gaps: tuple[Gap, ...]) -> None:
        super().__init__(len(gaps))
        self.gaps = gaps


class Withheld(Exception):
    """An earlier certificate was revoked, so a new one needs a coordinator's or operator's act."""


def issue(
    session: Session,
    way: Way,
    holder: Person,
    now: datetime,
    office: Office,
    *,
    by: int | None = None,
    anew: bool = False,
    in_bulk: bool = False,
    words: Words = Words.USUAL,
) -> Certificate:
    """The one door to a certificate; gives back the one that stands.

    ``anew`` is said by an operator who issues again after a revocation or an end; papers of those
    issued ``in_bulk`` are printed after everything else that waits. Raises NotEligible, Withheld,
    or IntegrityError when another request was a moment quicker.
    """
    if way.certificate is not None and not (anew and _is_over(way.certificate, office.day(now))):
        return way.certificate
    if missing := way.gaps:
        raise NotEligible(missing)
    # Whoever was a moment quicker has ended by now, and what they issued is seen here.
    take_turn(session, f"certificate:{holder.id}:{way.program.id}")
    earlier = _versions(session, holder.id, way.program.id)
    ended = endings(session, earlier[-1]) if earlier else ()
    if earlier and not ended and not (anew and _is_over(earlier[-1], office.day(now))):
        return earlier[-1]
    if not anew and any(event.state == State.REVOKED for event in ended):
        raise Withheld
    period = earlier[-1].period + 1 if earlier else 1
    facts = drafting.draft(session, way, holder, now, office, words)
    row = _store(session, now, facts, holder.id, period, 1)
    credentials.begin(session, row, credentials.taught(way))
    translog.begin(session, row)
    _papers_and_letter(session, now, row, holder, IN_BULK if in_bulk else PAPER)
    journal.note(session, now, by or holder.id, "certificate:issue", f"certificate:{row.id}")
    return row


def _is_over(row: Certificate, today: date) -> bool:
    return row.expires_on is not None and today > row.expires_on


def _versions(session: Session, person_id: int, program_id: str) -> Sequence[Certificate]:
    found = select(Certificate).where(
        Certificate.person_id == person_id, Certificate.program_id == program_id
    )
    return session.scalars(found.order_by(Certificate.period, Certificate.version)).all()


def next_period(
    session: Session,
    way: Way,
    holder: Person,
    row: Certificate,
    entries: Sequence[LedgerEntry],
    now: datetime,
    office: Office,
) -> Certificate:
    """Issue the period after ``row`` for the hours of ``entries``; both are valid on their own.

    Whether it may be renewed was asked before.
    """
    facts = drafting.renewal(session, way, holder, row, entries, now, office)
    newer = _store(session, now, facts, holder.id, row.period + 1, 1)
    newer.name_hidden_at = row.name_hidden_at
    credentials.begin(session, newer, credentials.taught(way))
    translog.begin(session, newer)
    _papers_and_letter(session, now, newer, holder)
    journal.note(
        session, now, holder.id, "certificate:renew", f"certificate:{newer.id}", renews=row.id
    )
    return newer


def _store(
    session: Session, now: datetime, facts: Facts, person_id: int, period: int, version: int
) -> Certificate:
    body = cattrs.unstructure(facts)
    # What was issued before these were known keeps its bytes, also when it is corrected.
    for later in ("renews", "words"):
        if not body[later]:
            del body[later]
    row = Certificate(
        code_digest=code_digest(facts.code),
        code=facts.code,
        person_id=person_id,
        program_id=facts.program_id,
        period=period,
        version=version,
        facts=body,
        facts_digest=digest(body),
        issued_on=date.fromisoformat(facts.issued_on),
        expires_on=date.fromisoformat(facts.expires_on) if facts.expires_on else None,
        issued_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _papers_and_letter(
    session: Session, now: datetime, row: Certificate, holder: Person, job: str = PAPER
) -> None:
    journal.later(session, now, translog.JOB, {})
    journal.later(session, now, credentials.STATUS_JOB, {})
    for kind in (CERTIFICATE, TRANSCRIPT):
        journal.later(session, now, job, {"certificate": row.id, "kind": kind})
    journal.send_mail(
        session,
        now,
        holder.email,
        "Your certificate is ready",
        "Your certificate of completion is ready. Sign in and open Certificates to download it.",
    )


def reissue(
    session: Session,
    now: datetime,
    row: Certificate,
    holder: Person,
    new_name: str,
    office: Office,
    by: Person,
) -> Certificate:
    """Correct the name: the next version with its own code; the old one becomes "replaced".

    Raises ValueError with a sentence when the certificate no longer counts.
    """
    facts = replace(facts_of(row), holder=new_name)
    newer = _replace(session, now, row, holder, facts, office, by)
    holder.name = new_name
    return newer


def reword(
    session: Session,
    now: datetime,
    row: Certificate,
    way: Way,
    holder: Person,
    words: Words,
    office: Office,
) -> Certificate:
    """Say the same in other words, as the holder chooses: the next version, as for a name.

    Raises ValueError with a sentence as :func:`reissue` does, or when these are its words.
    """
    facts = facts_of(row)
    if facts.words == words:
        raise ValueError("It is in these words already. Nothing was changed.")
    printing = provider.printing(session, now, office)
    reworded = drafting.reworded(facts, way, printing, words)
    return _replace(session, now, row, holder, reworded, office, holder)


def _replace(
    session: Session,
    now: datetime,
    row: Certificate,
    holder: Person,
    facts: Facts,
    office: Office,
    by: Person,
) -> Certificate:
    if endings(session, row):
        raise ValueError("This certificate was revoked or replaced. Change the newest one.")
    if suspending.is_suspended(session, row):
        raise ValueError("This certificate is suspended. Let it count again before changing it.")
    code = rules.code_from(secrets.randbits(rules.CODE_BITS))
    facts = replace(
        facts,
        code=code,
        issued_on=office.day(now).isoformat(),
        verify_at=f"{office.base_url}/verify/{code}",
        replaces=row.code,
    )
    newer = _store(session, now, facts, row.person_id, row.period, row.version + 1)
    newer.name_hidden_at = row.name_hidden_at
    credentials.begin(session, newer, credentials.competencies_of(session, row))
    translog.begin(session, newer, ends=row)
    _happen(session, now, row, State.REPLACED, by.id, replaced_by=newer.code)
    _papers_and_letter(session, now, newer, holder)
    watches.tell(session, now, row, newer)
    journal.note(
        session, now, by.id, "certificate:reissue", f"certificate:{newer.id}", replaces=row.id
    )
    return newer


def revoke(
    session: Session, now: datetime, row: Certificate, reason: ReasonClass, by: int | None
) -> None:
    """End a certificate, with a reason anyone may see. Raises ValueError when it was ended
    before.
    """
    if endings(session, row):
        raise ValueError("This certificate was already revoked or replaced. Nothing was changed.")
    event = _happen(session, now, row, State.REVOKED, by, reason_class=reason)
    translog.end(session, row, event)
    journal.later(session, now, translog.JOB, {})
    journal.later(session, now, credentials.STATUS_JOB, {})
    watches.tell(session, now, row)
    journal.note(session, now, by, "certificate:revoke", f"certificate:{row.id}", reason=reason)


def _happen(
    session: Session,
    now: datetime,
    row: Certificate,
    state: State,
    by: int | None,
    reason_class: ReasonClass | None = None,
    replaced_by: str | None = None,
) -> CertificateEvent:
    event = CertificateEvent(
        certificate_id=row.id,
        state=state,
        at=now,
        reason_class=reason_class,
        replaced_by=replaced_by,
        actor_id=by,
    )
    session.add(event)
    session.flush()
    return event


def cohort_of(session: Session, row: Certificate) -> int | None:
    """The cohort in which a certificate was earned."""
    return session.scalar(
        select(Enrolment.cohort_id).where(
            Enrolment.person_id == row.person_id, Enrolment.program_id == row.program_id
        )
    )
