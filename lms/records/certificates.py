"""Looking certificates up: facts as they were issued, and where they stand today."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import cattrs
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.content.editions import digest
from lms.domain import certificate as rules
from lms.domain.certificate import Facts, Happening, ReasonClass, Standing, State
from lms.models.certificates import Certificate, CertificateEvent, Paper
from lms.records import journal
from lms.records.office import Office

CERTIFICATE, TRANSCRIPT = "certificate", "transcript"

VERSION_LENGTH = 12
"""How many digits of the SHA-256 of a paper stand in its address."""


@dataclass(frozen=True, slots=True)
class Record:
    """A certificate as anyone with its code may see it."""

    certificate: Certificate
    facts: Facts
    standing: Standing

    @property
    def shows_name(self) -> bool:
        """Whether anyone with the code may see the holder's name: not when the holder keeps it off,
        and not the old one of a replaced paper.
        """
        is_kept_off = self.certificate.name_hidden_at is not None
        return self.standing.state is not State.REPLACED and not is_kept_off


def facts_of(row: Certificate) -> Facts:
    """The frozen facts, exactly as they were issued."""
    return cattrs.structure(row.facts, Facts)


def code_digest(code: str) -> str:
    """What a code is looked up by, so that timing tells nothing of the code."""
    return digest({"code": code})


def endings(session: Session, row: Certificate) -> Sequence[CertificateEvent]:
    """What ended a certificate for good, if anything did."""
    found = select(CertificateEvent).where(
        CertificateEvent.certificate_id == row.id, CertificateEvent.state.in_(rules.ENDED)
    )
    return session.scalars(found).all()


def look_up(session: Session, code: str, now: datetime, office: Office) -> Record | None:
    """The record of a code that :func:`lms.domain.certificate.read_code` gave, in one statement."""
    rows = session.execute(
        select(Certificate, CertificateEvent)
        .outerjoin(CertificateEvent, CertificateEvent.certificate_id == Certificate.id)
        .where(Certificate.code_digest == code_digest(code))
    ).all()
    if not rows:
        return None
    return record_of(rows[0][0], [event for _, event in rows if event], now, office)


def record_of(
    row: Certificate, events: Sequence[CertificateEvent], now: datetime, office: Office
) -> Record:
    """Facts and standing together."""
    befell = [
        Happening(
            State(event.state),
            office.day(event.at),
            ReasonClass(event.reason_class) if event.reason_class else None,
            event.replaced_by,
        )
        for event in sorted(events, key=lambda event: event.id)
    ]
    today = office.day(now)
    state = rules.standing(row.issued_on, row.expires_on, befell, today)
    return Record(row, facts_of(row), state)


def of_person(session: Session, person_id: int, now: datetime, office: Office) -> list[Record]:
    """A person's certificates with their standing, newest first."""
    rows = session.execute(
        select(Certificate, CertificateEvent)
        .outerjoin(CertificateEvent, CertificateEvent.certificate_id == Certificate.id)
        .where(Certificate.person_id == person_id)
        .order_by(Certificate.id.desc())
    ).all()
    events: dict[int, list[CertificateEvent]] = {}
    for row, event in rows:
        events.setdefault(row.id, []).extend([event] if event else [])
    unique = {row.id: row for row, _ in rows}
    return [record_of(row, events[row.id], now, office) for row in unique.values()]


def good_today(
    session: Session, person_id: int, now: datetime, office: Office
) -> tuple[Record, ...]:
    """A person's certificates that are neither revoked nor replaced, newest first."""
    held = of_person(session, person_id, now, office)
    return tuple(r for r in held if r.standing.state in (State.VALID, State.EXPIRED))


def paper(session: Session, row: Certificate, kind: str) -> bytes | None:
    """The bytes of a paper, or None while they are being prepared.

    The first that were rendered: a newer template never changes an old paper.
    """
    found = select(Paper.pdf).where(Paper.certificate_id == row.id, Paper.kind == kind)
    return session.scalar(found.order_by(Paper.id).limit(1))


def paper_version(session: Session, row: Certificate, kind: str) -> str | None:
    """What the address of a paper names it by, or None while it is being prepared."""
    found = select(Paper.sha256).where(Paper.certificate_id == row.id, Paper.kind == kind)
    digest = session.scalar(found.order_by(Paper.id).limit(1))
    return digest[:VERSION_LENGTH] if digest else None


def paper_of_version(session: Session, row: Certificate, version: str) -> Paper | None:
    """One version of a paper of either kind, or None if there never was such a one."""
    found = select(Paper).where(
        Paper.certificate_id == row.id,
        func.substr(Paper.sha256, 1, VERSION_LENGTH) == version,
    )
    return session.scalar(found.limit(1))


def of_file(session: Session, file_sha256: str) -> tuple[Certificate, str] | None:
    """The certificate and kind of a paper that is, byte for byte, this file; None if none is."""
    found = (
        select(Certificate, Paper.kind)
        .join(Paper, Paper.certificate_id == Certificate.id)
        .where(Paper.sha256 == file_sha256)
    )
    row = session.execute(found.limit(1)).one_or_none()
    return (row[0], row[1]) if row else None


def keep_paper(
    session: Session,
    now: datetime,
    certificate_id: int,
    kind: str,
    template: str,
    pdf: bytes,
    unsigned: bytes | None = None,
) -> None:
    """Store rendered bytes once; ``unsigned`` is the same paper before it was signed."""
    held = select(Paper.id).where(
        Paper.certificate_id == certificate_id, Paper.kind == kind, Paper.template == template
    )
    if session.scalar(held) is None:
        session.add(
            Paper(
                certificate_id=certificate_id,
                kind=kind,
                template=template,
                sha256=sha256(pdf).hexdigest(),
                unsigned_sha256=sha256(unsigned or pdf).hexdigest(),
                pdf=pdf,
                rendered_at=now,
            )
        )
        session.flush()
        journal.note(session, now, None, "certificate:paper", f"certificate:{certificate_id}")


def keep_name_off(session: Session, now: datetime, row: Certificate, *, off: bool) -> None:
    """The holder takes their name off what anyone with the code can see, or puts it there again."""
    row.name_hidden_at = now if off else None
    tag = "certificate:name:hide" if off else "certificate:name:show"
    journal.note(session, now, row.person_id, tag, f"certificate:{row.id}")


def shown(facts: Facts) -> dict[str, Any]:
    """The facts as plain values, for JSON."""
    return asdict(facts)
