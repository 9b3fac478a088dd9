"""A learner's way through a program: what is done, what waits, what comes next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, false, select
from sqlalchemy.orm import Session, aliased

from lms.content.library import Library
from lms.content.path import steps
from lms.domain.attendance import LONGEST
from lms.domain.certificate import ENDED
from lms.domain.curriculum import (
    Gap,
    Program,
    Progress,
    Step,
    StepKind,
    continue_at,
    gaps,
    is_open,
    progress,
    section_key,
)
from lms.domain.hours import LIVE, Modality
from lms.models.certificates import Certificate, CertificateEvent
from lms.models.hours import LiveSession
from lms.models.learning import Enrolment, Reading
from lms.models.people import Person
from lms.records import journal
from lms.records.finished import Finished, Sum, Waiting, of_people
from lms.records.hours import counts_in
from lms.records.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Way:
    """One learner in one program, in the edition they began with.

    ``moved_at`` is the last sign that they went on: a step finished, or hours entered.
    """

    enrolment: Enrolment
    library: Library
    program: Program
    steps: tuple[Step, ...]
    done: frozenset[str]
    waiting: Mapping[str, Waiting]
    last: str | None
    moved_at: datetime
    minutes: Mapping[Modality, int]
    certificate: Certificate | None
    meeting: LiveSession | None = None

    @property
    def progress(self) -> Progress:
        """Finished steps of all steps."""
        return progress(self.steps, self.done)

    @property
    def live_minutes(self) -> int:
        """Minutes with a trainer present."""
        return sum(part for modality, part in self.minutes.items() if modality in LIVE)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is missing for the certificate."""
        return gaps(self.program, self.steps, self.done, self.live_minutes)

    @property
    def next(self) -> Step | None:
        """The one step to offer: what is begun comes first, for its clock may run."""
        begun = [s for s in self.steps if self.waiting.get(s.key) is Waiting.OPEN]
        if begun:
            return begun[0]
        aside = [key for key, state in self.waiting.items() if state is Waiting.TRAINER]
        return continue_at(self.steps, self.done, self.last, aside)

    def step(self, kind: StepKind, step_id: str) -> Step | None:
        """A step of this program, or None."""
        return next((s for s in self.steps if s.kind is kind and s.id == step_id), None)

    def is_open(self, step: Step) -> bool:
        """True when the step can be started."""
        return is_open(step, self.done)


def enrol(
    session: Session, shelf: Shelf, now: datetime, person: Person, program_id: str, cohort_id: int
) -> Enrolment:
    """Begin a program in the current edition."""
    enrolment = Enrolment(
        person_id=person.id,
        program_id=program_id,
        cohort_id=cohort_id,
        publication_id=shelf.current_id(),
        started_at=now,
    )
    session.add(enrolment)
    journal.note(
        session, now, person.id, "learner:enrol", f"person:{person.ref}", program=program_id
    )
    return enrolment


def ways(session: Session, shelf: Shelf, person_id: int, at: datetime | None = None) -> list[Way]:
    """All programs of a learner, the first begun first; five statements in all.

    Asked for a moment ``at``, each knows the next meeting of its cohort then.
    """
    return ways_of(session, shelf, Enrolment.person_id == person_id, at)


def ways_of(
    session: Session, shelf: Shelf, which: ColumnElement[bool], at: datetime | None = None
) -> list[Way]:
    """As :func:`ways`, of every enrolment that a condition finds: five statements in all."""
    found = (
        select(Enrolment, Certificate, LiveSession)
        .select_from(Enrolment)
        .outerjoin(Certificate, Certificate.id == _newest_certificate())
        .outerjoin(LiveSession, LiveSession.id == _next_meeting(at) if at else false())
        .where(which)
        .order_by(Enrolment.id)
    )
    enrolments = session.execute(found).all()
    if not enrolments:
        return []
    finished = of_people(session, {enrolment.person_id for enrolment, _c, _m in enrolments})
    return [
        replace(_way(enrolment, certificate, shelf, finished[enrolment.person_id]), meeting=meeting)
        for enrolment, certificate, meeting in enrolments
    ]


def _newest_certificate() -> ScalarSelect[int]:
    """The certificate of an enrolment's newest period that has not ended for good."""
    one, ended = aliased(Certificate), CertificateEvent
    has_ended = select(ended.id).where(ended.certificate_id == one.id, ended.state.in_(ENDED))
    standing = select(one.id).where(
        one.person_id == Enrolment.person_id,
        one.program_id == Enrolment.program_id,
        ~has_ended.exists(),
    )
    newest = standing.order_by(one.period.desc(), one.version.desc()).limit(1)
    return newest.correlate(Enrolment).scalar_subquery()


def _next_meeting(at: datetime) -> ScalarSelect[int]:
    """The next meeting of an enrolment's cohort. Nothing lasts longer than twelve hours, so that
    those long over are not looked at.
    """
    coming = select(LiveSession.id).where(
        LiveSession.cohort_id == Enrolment.cohort_id,
        LiveSession.cancelled_at.is_(None),
        LiveSession.starts_at > at - LONGEST,
        LiveSession.ends_at > at,
    )
    return coming.order_by(LiveSession.starts_at).limit(1).correlate(Enrolment).scalar_subquery()


def way(session: Session, shelf: Shelf, person_id: int, program_id: str) -> Way | None:
    """One program of a learner, or None when they do not take it."""
    found = (w for w in ways(session, shelf, person_id) if w.program.id == program_id)
    return next(found, None)


def _way(
    enrolment: Enrolment, certificate: Certificate | None, shelf: Shelf, finished: Finished
) -> Way:
    library = shelf.at(enrolment.publication_id)
    program = library.programs[enrolment.program_id]
    path = steps(library, program.id)
    keys = {step.key for step in path}
    mine = {key: at for key, at in finished.when.items() if key in keys}
    minutes = _by_modality(finished.sums, program)
    live = sum(part for modality, part in minutes.items() if modality in LIVE)
    attended = {s.key for s in path if s.kind is StepKind.LIVE}
    done = set(mine) | (attended if live >= program.requires.live_minutes else set())
    ends = [s.last for s in finished.sums if counts_in(program, s.program_id, s.module_id)]
    waiting = finished.waiting.items()
    return Way(
        enrolment=enrolment,
        library=library,
        program=program,
        steps=path,
        done=frozenset(done),
        waiting={key: state for key, state in waiting if key in keys and key not in done},
        last=max(mine, key=lambda key: mine[key], default=None),
        moved_at=max([enrolment.started_at, *mine.values(), *ends]),
        minutes=minutes,
        certificate=certificate,
    )


def _by_modality(sums: Iterable[Sum], program: Program) -> dict[Modality, int]:
    found: dict[Modality, int] = {}
    for each in sums:
        if counts_in(program, each.program_id, each.module_id):
            modality = Modality(each.modality)
            found[modality] = found.get(modality, 0) + each.minutes
    return found


def finish_section(
    session: Session,
    now: datetime,
    way: Way,
    module_id: str,
    section_id: str,
    seconds_seen: int | None = None,
) -> bool:
    """Note a section as read. Reading it again changes nothing and returns False.

    ``seconds_seen`` is what the page measured on screen, if it did: kept, and never hours.
    """
    if section_key(module_id, section_id) in way.done:
        return False
    person_id = way.enrolment.person_id
    session.add(
        Reading(
            person_id=person_id,
            module_id=module_id,
            section_id=section_id,
            edition=way.library.digests["module", module_id],
            finished_at=now,
            seconds_seen=seconds_seen,
        )
    )
    journal.note(
        session, now, person_id, "learner:section:finish", f"section:{module_id}/{section_id}"
    )
    return True
