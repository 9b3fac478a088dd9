"""A record as a release shows it: cut to its scope before anything is worked out from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from lms.content.library import Library
from lms.domain import release as rules
from lms.domain.evaluate import Part as Asked
from lms.domain.evaluate import evaluate
from lms.domain.hours import Standing, Totals
from lms.domain.packs import Pack, Version
from lms.domain.release import Scope
from lms.domain.requirements import Answer, Counted
from lms.models.hours import LedgerEntry
from lms.models.people import Person
from lms.models.vouching import EntryCheck
from lms.records import certificates, evaluated, hours, ledger
from lms.records.certificates import Record as Issued
from lms.records.office import Office


@dataclass(frozen=True, slots=True)
class Part:
    """The answers of one stage of a pack."""

    title: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything a release shows, and nothing else: what is left out is not in here at all.

    ``sums`` add up what someone stands behind; ``pending`` are the minutes of the other standings.
    ``checks`` are the last word on a line, ``limited`` what a daily limit leaves of one, by its id.
    """

    scope: Scope
    holder: str
    certificates: tuple[Issued, ...]
    pack: Pack | None = None
    version: Version | None = None
    parts: tuple[Part, ...] = ()
    sums: Totals | None = None
    pending: Mapping[Standing, int] = field(default_factory=dict)
    lines: tuple[LedgerEntry, ...] = ()
    checks: Mapping[int, EntryCheck] = field(default_factory=dict)
    limited: Mapping[int, Counted] = field(default_factory=dict)

    @property
    def taken_back(self) -> frozenset[int]:
        """The lines that another line takes back."""
        return frozenset(line.reverses_id for line in self.lines if line.reverses_id)

    @property
    def by_id(self) -> Mapping[int, LedgerEntry]:
        """The lines by the number that answers name them by."""
        return {line.id: line for line in self.lines}


def see(
    session: Session,
    now: datetime,
    office: Office,
    library: Library,
    holder: Person,
    scope: Scope,
    pack: Pack | None,
) -> Seen:
    """Gather what a scope shows of a holder's record, by the pack of the board if there is one."""
    issued = tuple(certificates.of_person(session, holder.id, now, office))
    what = rules.shows(scope)
    if not what.sums:
        return Seen(scope, holder.name, issued)
    lines = tuple(hours.lines(session, holder.id)) if what.lines else ()
    limited = ledger.limited(session, holder.id, office.caps)
    sums = ledger.sums(session, holder.id, limited)
    version = pack.version(office.day(now)) if pack else None
    return Seen(
        scope,
        holder.name,
        issued,
        pack,
        version,
        told(session, now, office, holder, scope, pack.id, version) if pack and version else (),
        sums.pop(Standing.VOUCHED),
        {standing: rest.minutes for standing, rest in sums.items() if rest.minutes},
        lines,
        ledger.last_words(session, [line.id for line in lines if line.needs]),
        {entry.id: counted for entry, counted in limited} if what.lines else {},
    )


def told(
    session: Session,
    now: datetime,
    office: Office,
    holder: Person,
    scope: Scope,
    pack_id: str,
    version: Version,
) -> tuple[Part, ...]:
    """What a version of a pack says of a holder's record, cut to a scope."""
    record = rules.seen(
        evaluated.record_for(session, holder.id, pack_id, version, office.caps), scope
    )
    whole = evaluate(version, record, office.day(now))
    parts = [Part(stage.title, _told(stage.parts, scope)) for stage in whole.parts]
    if record.certified_on is not None and version.renewal is not None:
        renewal = evaluate(version, record, office.day(now), Asked.RENEWAL)
        parts.append(Part(renewal.title, _told(renewal.parts, scope)))
    return tuple(part for part in parts if part.answers)


def _told(answers: tuple[Answer, ...], scope: Scope) -> tuple[Answer, ...]:
    return rules.by_their_word(rules.told(answers, scope))
