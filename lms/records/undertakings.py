"""Certificates given or taken back in numbers: begun, agreed to, and carried out line by line."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from lms.domain.certificate import ReasonClass, State
from lms.domain.people import Role
from lms.domain.undertakings import WINDOW, Deed, End, needs_second
from lms.models.certificates import Certificate, CertificateEvent
from lms.models.database import take_turn
from lms.models.learning import Enrolment
from lms.models.people import Cohort, GrantRow, Person
from lms.models.undertakings import Undertaking, UndertakingLine
from lms.records import journal

JOB = "undertaking"


def issue_to(
    session: Session, now: datetime, cohort: Cohort, chosen: Iterable[Person], by: Person
) -> Undertaking:
    """Begin to give certificates of a cohort's program to people who can have one."""
    undertaking = Undertaking(
        deed=Deed.ISSUE, cohort_id=cohort.id, begun_by=by.id, begun_at=now, needs_second=False
    )
    lines = [
        UndertakingLine(person_id=person.id, program_id=cohort.program_id, end=End.WAITING)
        for person in chosen
    ]
    return _begin(session, now, undertaking, lines, by)


def lately(session: Session, now: datetime, by: Person) -> int:
    """How many certificates a person revoked within a day, with those that the worker has still to
    revoke for them alone; nobody else's request counts meanwhile with an older number.
    """
    take_turn(session, f"revoke:{by.id}")
    done = select(func.count(CertificateEvent.id)).where(
        CertificateEvent.actor_id == by.id,
        CertificateEvent.at > now - WINDOW,
        CertificateEvent.state == State.REVOKED,
    )
    begun = (
        select(func.count(UndertakingLine.id))
        .join(Undertaking, Undertaking.id == UndertakingLine.undertaking_id)
        .where(
            Undertaking.begun_by == by.id,
            Undertaking.deed == Deed.REVOKE,
            Undertaking.withdrawn_at.is_(None),
            or_(~Undertaking.needs_second, Undertaking.agreed_at.is_not(None)),
            UndertakingLine.end == End.WAITING,
        )
    )
    return (session.scalar(done) or 0) + (session.scalar(begun) or 0)


def revoke(
    session: Session, now: datetime, rows: Sequence[Certificate], reason: ReasonClass, by: Person
) -> Undertaking:
    """Begin to revoke certificates: at once if they are few, else once a second person agrees."""
    second = needs_second(len(rows), lately(session, now, by))
    undertaking = Undertaking(
        deed=Deed.REVOKE,
        reason_class=reason,
        begun_by=by.id,
        begun_at=now,
        needs_second=second,
    )
    lines = [
        UndertakingLine(
            person_id=row.person_id,
            program_id=row.program_id,
            certificate_id=row.id,
            end=End.WAITING,
        )
        for row in rows
    ]
    return _begin(session, now, undertaking, lines, by)


def _begin(
    session: Session,
    now: datetime,
    undertaking: Undertaking,
    lines: Sequence[UndertakingLine],
    by: Person,
) -> Undertaking:
    session.add(undertaking)
    session.flush()
    for line in lines:
        line.undertaking_id = undertaking.id
    session.add_all(lines)
    _note(session, now, undertaking, by, "begin", lines=len(lines))
    if undertaking.is_on:
        journal.later(session, now, JOB, {"undertaking": undertaking.id})
    return undertaking


def _note(
    session: Session,
    now: datetime,
    undertaking: Undertaking,
    by: Person,
    deed: str,
    **detail: int,
) -> None:
    subject = f"undertaking:{undertaking.ref}"
    tag = f"undertaking:{undertaking.deed}:{deed}"
    journal.note(session, now, by.id, tag, subject, **detail)


def agree(session: Session, now: datetime, undertaking: Undertaking, by: Person) -> None:
    """A second person agrees, and it is carried out. Raises NotASecond, or ValueError with a
    sentence when that was decided before.
    """
    _refuse_unless_open(session, undertaking)
    if undertaking.begun_by == by.id:
        raise NotASecond("You began this yourself. A second person has to agree.")
    own = select(UndertakingLine.id).where(
        UndertakingLine.undertaking_id == undertaking.id, UndertakingLine.person_id == by.id
    )
    if session.scalar(own.limit(1)) is not None:
        raise NotASecond("A certificate of your own is among these. Someone else has to agree.")
    undertaking.agreed_by, undertaking.agreed_at = by.id, now
    _note(session, now, undertaking, by, "agree")
    journal.later(session, now, JOB, {"undertaking": undertaking.id})


def withdraw(session: Session, now: datetime, undertaking: Undertaking, by: Person) -> None:
    """Give it up before anything was done. Raises ValueError with a sentence when that is late."""
    _refuse_unless_open(session, undertaking)
    undertaking.withdrawn_at = now
    _note(session, now, undertaking, by, "withdraw")


class NotASecond(Exception):
    """Whoever agrees must be someone else, who holds none of the certificates; the message says
    which it is.
    """


def _refuse_unless_open(session: Session, undertaking: Undertaking) -> None:
    take_turn(session, f"undertaking:{undertaking.id}")
    session.refresh(undertaking)
    if not undertaking.waits_for_second:
        raise ValueError("This was decided already. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Shown:
    """An undertaking as its page shows it: how many lines ended how, and lines with the person and
    the certificate.
    """

    undertaking: Undertaking
    begun_by: str
    agreed_by: str
    ends: Counter[End]
    lines: list[tuple[UndertakingLine, Person, Certificate | None]]

    @property
    def is_running(self) -> bool:
        """True while the worker has lines to carry out."""
        return self.undertaking.is_on and self.ends[End.WAITING] > 0


def by_ref(session: Session, ref: str) -> Undertaking | None:
    """One by its reference, or None."""
    return session.scalar(select(Undertaking).where(Undertaking.ref == ref))


def shown(session: Session, undertaking: Undertaking) -> Shown:
    """Everything of one; three statements."""
    lines = session.execute(
        select(UndertakingLine, Person, Certificate)
        .join(Person, Person.id == UndertakingLine.person_id)
        .outerjoin(Certificate, Certificate.id == UndertakingLine.certificate_id)
        .where(UndertakingLine.undertaking_id == undertaking.id)
        .order_by(UndertakingLine.id)
    ).all()
    second = undertaking.agreed_by
    return Shown(
        undertaking,
        session.get_one(Person, undertaking.begun_by).name,
        session.get_one(Person, second).name if second else "",
        Counter(End(line.end) for line, _person, _row in lines),
        [(line, person, row) for line, person, row in lines],
    )


def cohorts_of(session: Session, undertaking: Undertaking) -> set[int]:
    """The cohorts whose learners it touches."""
    found = (
        select(Enrolment.cohort_id)
        .join(
            UndertakingLine,
            (UndertakingLine.person_id == Enrolment.person_id)
            & (UndertakingLine.program_id == Enrolment.program_id),
        )
        .where(UndertakingLine.undertaking_id == undertaking.id)
        .distinct()
    )
    return set(session.scalars(found))


def waiting(session: Session) -> list[Undertaking]:
    """Those that wait for a second person, oldest first."""
    found = select(Undertaking).where(
        Undertaking.needs_second,
        Undertaking.agreed_at.is_(None),
        Undertaking.withdrawn_at.is_(None),
    )
    return list(session.scalars(found.order_by(Undertaking.id)))


def asked_of(
    session: Session, person: Person, cohorts: Iterable[int] | None = None
) -> list[Undertaking]:
    """Those a coordinator of ``cohorts``, or else an operator, may agree to."""
    theirs = None if cohorts is None else set(cohorts)
    return [
        one
        for one in waiting(session)
        if one.begun_by != person.id and (theirs is None or cohorts_of(session, one) <= theirs)
    ]


def seconds(session: Session, undertaking: Undertaking) -> list[Person]:
    """Who else may agree: coordinators of every cohort it touches, and operators."""
    touched = cohorts_of(session, undertaking)
    rows = session.execute(
        select(Person, GrantRow.role, GrantRow.cohort_id)
        .join(GrantRow, GrantRow.person_id == Person.id)
        .where(
            Person.disabled_at.is_(None),
            Person.id != undertaking.begun_by,
            or_(
                GrantRow.role == Role.OPERATOR,
                (GrantRow.role == Role.COORDINATOR) & GrantRow.cohort_id.in_(touched),
            ),
        )
        .order_by(Person.id)
    ).all()
    seen: dict[int, set[int | None]] = {}
    for person, _role, cohort in rows:
        seen.setdefault(person.id, set()).add(cohort)
    able = {n for n, theirs in seen.items() if None in theirs or touched <= theirs}
    return list(
        {person.id: person for person, _role, _cohort in rows if person.id in able}.values()
    )


def recent(session: Session, cohort: Cohort, limit: int = 5) -> list[Undertaking]:
    """The newest bulk issues of a cohort."""
    found = select(Undertaking).where(Undertaking.cohort_id == cohort.id)
    return list(session.scalars(found.order_by(Undertaking.id.desc()).limit(limit)))
