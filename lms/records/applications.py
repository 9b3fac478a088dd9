"""Application packs: put together from the record on a day, frozen, and printed by the worker."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime

import cattrs
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.library import Library
from lms.domain.application import PRIVATE, Application, Asked, Line, Paper, applied, titles
from lms.domain.certificate import State
from lms.domain.figures import UNITS
from lms.domain.hours import Entry
from lms.domain.requirements import Answer
from lms.domain.requirements import State as Stands
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
    entries = {entry.id: entry for entry in found.record.entries}
    domains = applied(found.now, version, found.record.entries)
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
        domains=titles(found.now, version),
        columns=tuple((column["title"], column["holds"]) for column in found.pack.columns),
        asked=tuple(
            row for answer in found.now for row in _asked(answer, tell_private, found.said)
        ),
        lines=tuple(_lines(held, entries, domains, papers, office)),
        papers=tuple(paper for _program, paper in papers),
        sources=tuple(_sources(found, library)),
        conflicts=tuple(f"{c.text} {'; '.join(c.readings)}." for c in version.conflicts),
        demo=office.demo,
    )


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


def _asked(
    answer: Answer,
    tell_private: bool,
    said: frozenset[str],
    depth: int = 0,
    limits: frozenset[str] = frozenset(),
) -> Iterator[Asked]:
    """An answer and its parts. A group that holds what is not told does not tell how it stands."""
    asked = answer.asked
    unit = "minutes"
    if answer.id == "span":
        unit = "months"
    elif asked and asked.kind == "fact":
        unit = asked.unit or UNITS.get(asked.fact, "")
    if not tell_private and _is_private(answer):
        yield Asked(answer.title, "own-form", "", unit, depth=depth)
    else:
        yield Asked(
            title=answer.title,
            state=_state(answer, said),
            sentence=str(answer.sentence),
            unit=unit,
            have=answer.have,
            need=answer.need,
            depth=depth,
            is_limit=answer.id in limits and asked is None,
        )
    below = frozenset(limit.id for limit in asked.limits) if asked else frozenset[str]()
    for part in answer.parts:
        yield from _asked(part, tell_private, said, depth + 1, below)


def _state(answer: Answer, said: frozenset[str]) -> str:
    """How it stands; of a fact, only what the applicant said of it."""
    asked = answer.asked
    if asked is None or asked.kind != "fact":
        return str(answer.state)
    if answer.state is Stands.MET:
        return "said"
    return str(answer.state) if asked.id in said else "not-said"


def _is_private(answer: Answer) -> bool:
    is_own = answer.asked is not None and answer.asked.fact in PRIVATE
    return is_own or any(_is_private(part) for part in answer.parts)


def _lines(
    held: Iterable[LedgerEntry],
    entries: Mapping[int, Entry],
    domains: Mapping[int, dict[str, int]],
    papers: tuple[tuple[str, Paper], ...],
    office: Office,
) -> Iterator[Line]:
    rows = list(held)
    gone = {row.reverses_id for row in rows if row.reverses_id is not None}
    addresses = {program: paper.address for program, paper in reversed(papers)}
    for row in rows:
        if row.reverses_id is None and row.id not in gone and entries[row.id].minutes > 0:
            yield _line(row, entries[row.id], domains.get(row.id, {}), addresses, office)


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
