"""Application packs: put together from the record on a day, frozen, and printed by the worker."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

import cattrs
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.library import Library
from lms.domain.application import PRIVATE, Application, Asked, Paper, titles
from lms.domain.figures import UNITS
from lms.domain.requirements import Answer
from lms.domain.requirements import State as Stands
from lms.models.people import Person
from lms.models.standing import ApplicationPack
from lms.records import application_lines, certificates, journal
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
    papers = certificates.good_today(session, person.id, now, office)
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
        lines=application_lines.of_person(session, person.id, found, papers, office),
        papers=tuple(_paper(each) for each in papers),
        sources=tuple(_sources(found, library)),
        conflicts=tuple(f"{c.text} {'; '.join(c.readings)}." for c in version.conflicts),
        demo=office.demo,
        rule_from=version.starts.isoformat() if version.starts else "",
        held_since=_held_since(found),
        renews=bool(found.renewal),
    )


def _held_since(found: Evaluated) -> str:
    held = found.held
    return held.certified_on.isoformat() if held and held.certified_on else ""


def _paper(record: certificates.Record) -> Paper:
    facts = record.facts
    return Paper(
        program=facts.program,
        code=facts.code,
        issued_on=facts.issued_on,
        state=str(record.standing.state),
        address=application_lines.address(record),
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
    if answer.state is Stands.UNKNOWN:
        return "unknown"
    if asked.id not in said:
        return "not-said"
    return "says-not" if answer.state is Stands.NOT_YET else str(answer.state)


def _is_private(answer: Answer) -> bool:
    is_own = answer.asked is not None and answer.asked.fact in PRIVATE
    return is_own or any(_is_private(part) for part in answer.parts)


def _sources(found: Evaluated, library: Library) -> Iterator[str]:
    for name in found.version.sources:
        if source := library.sources.get(name):
            year = "no date" if source.year == "n.d." else source.year
            yield ", ".join(filter(None, (source.title, source.publisher, year)))
