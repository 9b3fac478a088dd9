"""Checking many certificates at once: few statements, one answer for each line, frozen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import TypeVar

import cattrs
from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from lms.domain import batches as rules
from lms.domain.batches import Answer, Asked, Match, Notes
from lms.models.base import new_ref
from lms.models.batches import Batch
from lms.models.certificates import Certificate, CertificateEvent, Paper
from lms.models.database import held
from lms.models.people import Person
from lms.records import certificates, journal, result_sheets
from lms.records.certificates import Record
from lms.records.office import Office

_CHUNK = 500
"""Codes asked in one statement: SQLite takes some thousands of values, PostgreSQL more."""

Thing = TypeVar("Thing")


def answer(session: Session, asked: Sequence[Asked], now: datetime, office: Office) -> list[Answer]:
    """One answer for each line, in its order. Two statements for every 500 different codes, and one
    for every 50 papers.
    """
    found = look_up_all(session, [line.code for line in asked], now, office)
    ours = _papers(
        session, [found[line.code] for line in asked if line.paper and line.code in found]
    )
    return [_one(line, found, ours) for line in asked]


def look_up_all(
    session: Session, codes: Iterable[str | None], now: datetime, office: Office
) -> dict[str, Record]:
    """The records of those codes that are ours, by code."""
    digests = {certificates.code_digest(code) for code in set(codes) if code}
    records = {}
    for chunk in _chunks(sorted(digests), _CHUNK):
        rows = session.scalars(select(Certificate).where(Certificate.code_digest.in_(chunk))).all()
        ended = _events(session, [row.id for row in rows])
        for row in rows:
            records[row.code] = certificates.record_of(row, ended.get(row.id, []), now, office)
    return records


def _events(session: Session, ids: Sequence[int]) -> dict[int, list[CertificateEvent]]:
    found: dict[int, list[CertificateEvent]] = {}
    theirs = select(CertificateEvent).where(CertificateEvent.certificate_id.in_(ids))
    for event in session.scalars(theirs):
        found.setdefault(event.certificate_id, []).append(event)
    return found


def _papers(session: Session, records: Sequence[Record]) -> dict[str, set[str]]:
    """The digests of the papers we issued, by code."""
    codes = {record.certificate.id: record.facts.code for record in records}
    ours: dict[str, set[str]] = {}
    for chunk in _chunks(sorted(codes), rules.MOST_PAPERS):
        found = select(Paper.certificate_id, Paper.sha256).where(Paper.certificate_id.in_(chunk))
        for certificate_id, digest in session.execute(found):
            ours.setdefault(codes[certificate_id], set()).add(digest)
    return ours


def _chunks(things: Sequence[Thing], size: int) -> Iterator[Sequence[Thing]]:
    return (things[start : start + size] for start in range(0, len(things), size))


def _one(line: Asked, found: Mapping[str, Record], ours: Mapping[str, set[str]]) -> Answer:
    if line.code is None:
        return rules.unreadable(line)
    record = found.get(line.code)
    if record is None:
        return rules.not_ours(line)
    standing = record.standing
    answered = Answer(
        line.row,
        line.own,
        line.typed,
        rules.said_of(standing.state),
        since=standing.since.isoformat(),
        reason=standing.reason or "",
        replaced_by=standing.replaced_by or "",
        code=line.code,
    )
    if line.paper:
        same = line.paper in ours.get(line.code, ())
        answered = replace(answered, paper=Match.SAME if same else Match.DIFFERS)
    return rules.with_facts(answered, line, record.facts, shows_name=record.shows_name)


def keep(
    session: Session,
    now: datetime,
    board_id: int,
    by: Person,
    answers: Sequence[Answer],
    notes: Notes,
) -> Batch:
    """Freeze what was answered, and have its sheet printed."""
    batch = Batch(
        ref=new_ref(),
        board_id=board_id,
        made_by=by.id,
        at=now,
        counts={str(said): count for said, count in rules.counts(answers).items()},
        answers=[_packed(one) for one in answers],
        notes=asdict(notes),
    )
    session.add(batch)
    session.flush()
    result_sheets.ask(session, now, subject(batch), {})
    journal.note(session, now, by.id, "batch:check", f"batch:{batch.ref}", rows=len(answers))
    return batch


def _packed(one: Answer) -> dict[str, object]:
    always = {"row", "own", "typed", "said"}
    return {name: value for name, value in asdict(one).items() if value or name in always}


def answers_of(batch: Batch) -> list[Answer]:
    """The answers as they were given."""
    return cattrs.structure(batch.answers, list[Answer])


def notes_of(batch: Batch) -> Notes:
    """What there was to say of the list."""
    return cattrs.structure(batch.notes, Notes)


def of_board(
    session: Session, board_id: int, before: int | None = None, limit: int = 20
) -> list[Batch]:
    """A board's checks, newest first, older than ``before``; without what was answered."""
    mine = select(Batch).where(Batch.board_id == board_id)
    if before is not None:
        mine = mine.where(Batch.id < before)
    return list(
        session.scalars(mine.options(defer(Batch.answers)).order_by(Batch.id.desc()).limit(limit))
    )


def by_ref(session: Session, ref: str, board_id: int) -> Batch | None:
    """A check of this board, or None."""
    mine = select(Batch).where(Batch.ref == ref, Batch.board_id == board_id)
    return session.scalar(held(session, mine))


def subject(batch: Batch) -> str:
    """What its sheet is kept under."""
    return f"batch:{batch.id}"


def forget(session: Session, now: datetime, batch: Batch, by: Person) -> None:
    """Delete a check with its names and its sheet; that it was made and deleted stays."""
    result_sheets.forget(session, subject(batch))
    session.delete(batch)
    journal.note(
        session, now, by.id, "batch:delete", f"batch:{batch.ref}", rows=sum(batch.counts.values())
    )
