"""Compares what people were told with what is stored, and what is stored with itself."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from lms.content.library import Library
from lms.domain.items import chosen
from lms.formats.seals import holds
from lms.models.attempts import Answer, Attempt
from lms.models.certificates import Certificate
from lms.models.hours import LedgerEntry
from lms.models.journal import AuditEvent, OnceKey, OutboxJob
from lms.records import issuing
from lms.records.log_check import check

PRINTS = (issuing.PAPER, issuing.IN_BULK)
Told = list[dict[str, Any]]


def faults(session: Session, library: Library, told: Told) -> list[str]:
    """Everything that is lost, doubled or half done, as sentences; empty when nothing is."""
    found = Stored(session, library)
    return [
        *found.lost(told),
        *found.broken_lines_of_answers(),
        *found.doubled_certificates(),
        *found.hours_that_differ(),
        *found.audit_that_differs(),
        *found.papers_that_differ(),
        *found.leaves_that_differ(),
        *found.damage(),
    ]


class Stored:
    """What the database holds, read once."""

    def __init__(self, session: Session, library: Library) -> None:
        self.session = session
        self.library = library
        self.attempts = {row.ref: row for row in session.scalars(select(Attempt))}
        self.answers = list(session.scalars(select(Answer)))
        self.certificates = list(session.scalars(select(Certificate)))
        self.ledger = list(session.scalars(select(LedgerEntry)))
        self.audit = list(session.scalars(select(AuditEvent)))
        self.jobs = list(session.scalars(select(OutboxJob)))
        self.keys = set(session.scalars(select(OnceKey.key)))
        self._by_place = {(a.attempt_id, a.item_id, a.revision): a for a in self.answers}

    def lost(self, told: Told) -> Iterator[str]:
        """What somebody saw and is not there."""
        judge = {
            "started": lambda line: line["attempt"] in self.attempts,
            "saved": self._has_answer,
            "result": self._has_result,
            "certificate": self._has_certificate,
            "done": lambda line: line["once"] in self.keys,
        }
        return (f"lost: {line}" for line in told if not judge[line["kind"]](line))

    def _has_answer(self, line: dict[str, Any]) -> bool:
        attempt = self.attempts.get(line["attempt"])
        if attempt is None:
            return False
        bank = self.library.bank_for(self.library.quizzes[attempt.quiz_id].module)
        item = bank.item(attempt.items[line["n"] - 1])
        row = self._by_place.get((attempt.id, item.id, line["revision"]))
        return row is not None and tuple(row.chosen) == chosen(item, attempt.seed, line["tokens"])

    def _has_result(self, line: dict[str, Any]) -> bool:
        attempt = self.attempts.get(line["attempt"])
        return attempt is not None and attempt.passed is line["passed"]

    def _has_certificate(self, line: dict[str, Any]) -> bool:
        held = [row.code for row in self.certificates if row.facts["holder"] == line["holder"]]
        return held == [line["code"]]

    def broken_lines_of_answers(self) -> Iterator[str]:
        """Revisions that skip or repeat a number."""
        lines: dict[tuple[int, str], list[int]] = {}
        for row in self.answers:
            lines.setdefault((row.attempt_id, row.item_id), []).append(row.revision)
        for place, revisions in lines.items():
            if sorted(revisions) != list(range(1, len(revisions) + 1)):
                yield f"revisions of {place} are {sorted(revisions)}"

    def doubled_certificates(self) -> Iterator[str]:
        """Nobody here had a certificate corrected, so each has one at most."""
        held = Counter((row.person_id, row.program_id) for row in self.certificates)
        yield from (f"{who} has {many} certificates" for who, many in held.items() if many > 1)

    def hours_that_differ(self) -> Iterator[str]:
        """One ledger line for each quiz passed, and none without."""
        passed = Counter(
            f"module:{row.person_id}:{row_program}:{self.library.quizzes[row.quiz_id].module}"
            for row in self.attempts.values()
            if row.passed
            for row_program in self.library.programs
        )
        entered = Counter(row.event_key for row in self.ledger if row.modality == "self-paced")
        yield from _differences("ledger line", entered, passed)

    def audit_that_differs(self) -> Iterator[str]:
        """One audit event for each change, and none without."""
        refs = {row.id: row.ref for row in self.attempts.values()}
        happened = Counter(f"attempt:start attempt:{ref}" for ref in refs.values())
        happened += Counter(
            f"attempt:submit attempt:{row.ref}"
            for row in self.attempts.values()
            if row.submitted_at
        )
        happened += Counter(
            f"attempt:answer:save attempt:{refs[row.attempt_id]} {row.item_id} {row.revision}"
            for row in self.answers
        )
        happened += Counter(f"certificate:issue certificate:{c.id}" for c in self.certificates)
        happened += Counter(f"hours:enter entry:{row.ref}" for row in self.ledger)
        kinds = ("attempt:", "certificate:issue", "hours:enter")
        noted = Counter(_words(event) for event in self.audit if event.tag.startswith(kinds))
        yield from _differences("audit event", noted, happened)

    def papers_that_differ(self) -> Iterator[str]:
        """Two papers to print for each certificate, and none without."""
        wanted = Counter(
            (row.id, kind) for row in self.certificates for kind in ("certificate", "transcript")
        )
        ordered = Counter(
            (job.body["certificate"], job.body["kind"]) for job in self.jobs if job.kind in PRINTS
        )
        yield from _differences("paper job", ordered, wanted)
        letters = sum("certificate" in job.body.get("subject", "") for job in self.jobs)
        if letters != len(self.certificates):
            yield f"{letters} letters for {len(self.certificates)} certificates"

    def leaves_that_differ(self) -> Iterator[str]:
        """Each certificate has one leaf in the public log, each leaf its certificate."""
        log = check(self.session, holds)
        if log.bad:
            yield f"the log is wrong: {log.bad}"
        yield from (f"certificate {one} has no leaf" for one in log.unentered)
        if (log.size, log.unopened) != (len(self.certificates), 0):
            yield f"{log.size} leaves for {len(self.certificates)} certificates"

    def damage(self) -> Iterator[str]:
        """What SQLite itself finds wrong with its file."""
        if self.session.get_bind().dialect.name == "sqlite":
            for check in ("integrity_check", "foreign_key_check"):
                for row in self.session.execute(text(f"PRAGMA {check}")):
                    if row[0] != "ok":
                        yield f"{check}: {row}"


def _words(event: AuditEvent) -> str:
    item = (event.detail["item"], event.detail["revision"]) if "item" in event.detail else ()
    return " ".join(map(str, (event.tag, event.subject, *item)))


def _differences(kind: str, stored: Counter[Any], wanted: Counter[Any]) -> Iterable[str]:
    for what in stored | wanted:
        if stored[what] != wanted[what]:
            yield f"{kind} {what}: {stored[what]} stored, {wanted[what]} wanted"
