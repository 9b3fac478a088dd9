"""The lines of an application: each as a board lists it, with who stands behind it and where it
counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from lms.domain.application import Line, Part, applied, counting
from lms.domain.hours import Entry, Standing
from lms.domain.vouching import Needs
from lms.models.hours import LedgerEntry
from lms.models.vouching import EntryCheck
from lms.records import hours
from lms.records.certificates import Record
from lms.records.evaluated import Evaluated
from lms.records.ledger import last_words
from lms.records.office import Office

_BEHIND = {Needs.NOTHING: "vouched", Needs.SIGNATURE: "confirmed", Needs.CHECK: "accepted"}
"""Who stands behind a vouched line, by what it needed."""
_UNASKED = Part((), "The board does not ask for this kind of time.")


@dataclass(frozen=True, slots=True)
class _Told:
    """What is looked up once for all lines: by the number of the line."""

    entries: Mapping[int, Entry]
    domains: Mapping[int, dict[str, int]]
    counts: Mapping[int, Part]
    words: Mapping[int, EntryCheck]
    papers: Iterable[Record]
    office: Office


def of_person(
    session: Session, person_id: int, found: Evaluated, papers: Iterable[Record], office: Office
) -> tuple[Line, ...]:
    """A person's lines that still stand, in the order of time."""
    rows = hours.lines(session, person_id)
    gone = {row.reverses_id for row in rows if row.reverses_id is not None}
    told = _Told(
        entries={entry.id: entry for entry in found.record.entries},
        domains=applied(found.now, found.version, found.record.entries),
        counts=counting(found.now),
        words=last_words(session, [row.id for row in rows if row.needs]),
        papers=tuple(papers),
        office=office,
    )
    return tuple(
        _line(row, told)
        for row in rows
        if row.reverses_id is None and row.id not in gone and told.entries[row.id].minutes > 0
    )


def address(record: Record) -> str:
    """Where anyone checks a certificate."""
    facts = record.facts
    return f"{facts.verify_at.removesuffix(facts.code).rstrip('/')}/{facts.code}"


def _line(row: LedgerEntry, told: _Told) -> Line:
    entry, office = told.entries[row.id], told.office
    is_taught_here = row.origin == "ours" and not row.needs
    part = told.counts.get(row.id, _UNASKED)
    word = told.words.get(row.id) if entry.standing is Standing.VOUCHED else None
    return Line(
        title=row.title,
        provider=office.provider.name if is_taught_here else row.provider,
        starts=office.day(entry.starts_at).isoformat(),
        ends=office.day(entry.ends_at).isoformat(),
        minutes=entry.minutes,
        kind=str(entry.modality),
        modality=str(entry.modality),
        domains=tuple(told.domains.get(row.id, {}).items()),
        approvals=entry.approvals,
        certificate=_certificate(row, told.papers) if is_taught_here else "",
        voucher=entry.voucher,
        standing=_standing(row, entry),
        place=row.place,
        pay=row.pay,
        role=word.role if word else "",
        is_peer=word.is_peer if word else None,
        years=word.years if word else None,
        vouched_on=office.day(word.said_at).isoformat() if word else "",
        basis=_basis(row),
        counts=part.counts,
        why_not=part.why_not,
    )


def _standing(row: LedgerEntry, entry: Entry) -> str:
    if entry.standing is Standing.VOUCHED:
        return _BEHIND[Needs(row.needs)]
    return str(entry.standing)


def _certificate(row: LedgerEntry, papers: Iterable[Record]) -> str:
    """The newest certificate of the line's program that was issued after the line was entered: an
    older one does not hold it.
    """
    for paper in papers:
        issued = paper.certificate
        if paper.facts.program_id == row.program_id and issued.issued_at >= row.entered_at:
            return address(paper)
    return ""


def _basis(row: LedgerEntry) -> str:
    if row.needs:
        return row.evidence
    return row.evidence.partition("; ")[2].removeprefix("Mergener formula: ")
