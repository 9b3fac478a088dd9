"""Application packs: put together from the record on a day, frozen, and printed by the worker."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime

import cattrs
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.library import Library
from lms.domain.application import PRIVATE, Application, Asked, Line, Paper, applied
from lms.domain.certificate import State
from lms.domain.figures import UNITS
from lms.domain.hours import Entry
from lms.domain.requirements import Answer
from lms.models.hours import LedgerEntry
from lms.models.people import Person
from lms.models.standing import ApplicationPack
from lms.records import certificates, hours, journal
from lms.records.evaluated import Evaluated
from lms.records.office import Office

JOB = "application"


def put_together(
    session: Session,
    now: datetime,
    person: Person,
    found: Evaluated,
    library: Library,
    office: Office,
    tell_private: bool,
) -> ApplicationPack:
    """Freeze what a board would be handed today, and have its PDF printed.

    ``tell_private`` says whether the holder hands on what they said of recovery and lived
    experience; if not, the pack says that they answer this on the board's own form.
    """
    facts = application(session, now, person, found, library, office, tell_private)
    row = ApplicationPack(
        person_id=person.id,
        pack_id=found.pack.id,
        facts=asdict(facts),
        made_at=now,
    )
    session.add(row)
    session.flush()
    journal.later(session, now, JOB, {"application": row.id})
    journal.note(session, now, person.id, "application:make", f"application:{row.ref}")
    return row


def facts_of(row: ApplicationPack) -> Application:
    """The frozen facts."""
    return cattrs.structure(row.facts, Application)


def of_person(session: Session, person_id: int, pack_id: str) -> list[ApplicationPack]:
    """A learner's application packs for a board, newest first."""
    mine = select(ApplicationPack).where(
        ApplicationPack.person_id == person_id, ApplicationPack.pack_id == pack_id
    )
    return list(session.scalars(mine.order_by(ApplicationPack.id.desc()).limit(20)))


def by_ref(session: Session, ref: str) -> ApplicationPack | None:
    """The application pack of an opaque reference, or None."""
    return session.scalar(select(ApplicationPack).where(ApplicationPack.ref == ref))


def keep_pdf(session: Session, row_id: int, template: str, pdf: bytes) -> None:
    """Keep the printed pack; a second print changes nothing."""
    row = session.get_one(ApplicationPack, row_id)
    if row.pdf is None:
        row.template, row.pdf = template, pdf


def application(
    session: Session,
    now: datetime,
    person: Person,
    found: Evaluated,
    library: Library,
    office: Office,
    tell_private: bool,
) -> Application:
    """What a board would be handed today."""
    version = found.version
    papers = tuple(_papers(session, person, now, office))
    held = hours.lines(session, person.id)
    return Application(
        holder=person.name,
        pack_id=found.pack.id,
        title=found.pack.title,
        body=found.pack.body,
        version=version.id,
        as_of=version.as_of.isoformat(),
        confidence=str(version.confidence),
        made_on=office.day(now).isoformat(),
        provider=office.provider.name,
        provider_address=office.provider.address,
        domains=_domains(found),
        columns=tuple((column["title"], column["holds"]) for column in found.pack.columns),
        asked=tuple(_asked(answer, tell_private) for answer in found.now),
        lines=tuple(_lines(held, applied(found.now), papers, office)),
        papers=tuple(paper for _program, paper in papers),
        sources=tuple(_sources(found, library)),
        conflicts=tuple(f"{c.text} {'; '.join(c.readings)}." for c in version.conflicts),
        demo=office.demo,
    )


def _domains(found: Evaluated) -> tuple[str, ...]:
    shares = [
        share.title
        for answer in found.now
        if answer.asked is not None
        for share in answer.asked.shares
    ]
    return tuple(dict.fromkeys(shares))


def _papers(
    session: Session, person: Person, now: datetime, office: Office
) -> Iterator[tuple[str, Paper]]:
    for record in certificates.of_person(session, person.id, now, office):
        facts, state = record.facts, record.standing.state
        if state in (State.VALID, State.EXPIRED):
            address = f"{facts.verify_at.removesuffix(facts.code).rstrip('/')}/{facts.code}"
            yield (
                facts.program_id,
                Paper(facts.program, facts.code, facts.issued_on, str(state), address),
            )


def _asked(answer: Answer, tell_private: bool) -> Asked:
    asked = answer.asked
    is_fact = asked is not None and asked.kind == "fact"
    is_private = asked is not None and asked.fact in PRIVATE
    unit = (asked.unit or UNITS.get(asked.fact, "")) if asked and is_fact else "minutes"
    if is_private and not tell_private:
        return Asked(answer.title, "own-form", "", unit)
    parts = tuple(_asked(part, tell_private) for part in answer.parts)
    hidden = not tell_private and any(part.state == "own-form" for part in parts)
    return Asked(
        title=answer.title,
        state="own-form" if hidden else str(answer.state),
        sentence="" if hidden else str(answer.sentence),
        unit=unit,
        have=answer.have,
        need=answer.need,
        parts=parts,
    )


def _lines(
    held: Iterable[LedgerEntry],
    domains: Mapping[int, dict[str, int]],
    papers: tuple[tuple[str, Paper], ...],
    office: Office,
) -> Iterator[Line]:
    rows = list(held)
    gone = {row.reverses_id for row in rows if row.reverses_id is not None}
    addresses = {program: paper.address for program, paper in reversed(papers)}
    for row in rows:
        if row.reverses_id is None and row.id not in gone and row.minutes > 0:
            yield _line(row, hours.as_entry(row), domains.get(row.id, {}), addresses, office)


def _line(
    row: LedgerEntry,
    entry: Entry,
    domains: Mapping[str, int],
    addresses: Mapping[str, str],
    office: Office,
) -> Line:
    is_ours = entry.origin == "ours"
    return Line(
        title=row.title,
        provider=office.provider.name if is_ours else row.provider,
        starts=office.day(entry.starts_at).isoformat(),
        ends=office.day(entry.ends_at).isoformat(),
        minutes=entry.minutes,
        kind=str(entry.modality),
        modality=str(entry.modality),
        domains=tuple(domains.items()),
        approvals=entry.approvals,
        certificate=addresses.get(row.program_id or "", "") if is_ours else "",
        voucher=entry.voucher,
        standing=str(entry.standing),
    )


def _sources(found: Evaluated, library: Library) -> Iterator[str]:
    for name in found.version.sources:
        if source := library.sources.get(name):
            yield ", ".join(filter(None, (source.title, source.publisher, source.year)))
