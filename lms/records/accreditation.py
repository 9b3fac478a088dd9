"""What this record knows of each head of the Illinois standard, for one program."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.library import Library
from lms.content.offers import offer
from lms.domain.accreditation import Point, Provider, checklist
from lms.domain.counting import topics_of
from lms.domain.curriculum import Program
from lms.domain.retention import MARGIN_YEARS
from lms.models.hours import LedgerEntry
from lms.records import evaluations
from lms.records import provider as record
from lms.records.office import Office

PACK = "il-crss"
CORE = "core-functions"
_PERFORMANCE = ("advocacy", "professional-responsibility", "mentoring", "recovery-support")
_YEAR = timedelta(days=365)


def of_program(
    session: Session, now: datetime, office: Office, library: Library, program: Program
) -> tuple[Point, ...]:
    """Every point of the checklist. Performance domains are those of the pack ``il-crss``."""
    today = office.day(now)
    version = library.packs[PACK].version(today)
    planned = offer(library, program.id)
    minutes = {
        d.id: sum(
            part.get(topic, 0)
            for part in (planned.self_paced, planned.live)
            for topic in topics_of(version.domains, [d.id])
        )
        for d in version.domains
    }
    titles = {d.id: d.title for d in version.domains}
    taught = _taught(session, now, program)
    held = record.qualifications(session, taught)
    qualified = sum(any(q.holds(today) for q in record.as_held(held.get(p, ()))) for p in taught)
    return checklist(
        Provider(
            said=record.said_on(session, today),
            domains={titles[name]: minutes[name] for name in _PERFORMANCE},
            core=minutes[CORE],
            quizzes=len(program.requires.quizzes),
            exams=len(program.requires.exams),
            role_plays=len(program.requires.role_plays),
            trainers=len(taught),
            qualified=qualified,
            kept_years=MARGIN_YEARS,
            evaluations=evaluations.count(session, program.id),
        )
    )


def _taught(session: Session, now: datetime, program: Program) -> set[int]:
    """Who vouched for live time of this program within a year."""
    found = select(LedgerEntry.voucher_id).where(
        LedgerEntry.program_id == program.id,
        LedgerEntry.event_key.like("live-session:%"),
        LedgerEntry.voucher_id.is_not(None),
        LedgerEntry.ends_at > now - _YEAR,
    )
    return {person for person in session.scalars(found.distinct()) if person is not None}
