"""Hours that learners wrote down themselves, and letters that ask for a signature."""

from datetime import timedelta

from sqlalchemy.orm import Session

from lms.domain.hours import Modality
from lms.domain.logging_hours import Account, Kind, Logged
from lms.domain.people import Role
from lms.domain.vouching import Attestation
from lms.models.hours import LedgerEntry
from lms.models.people import Cohort, Person
from lms.records import confirmations, logging_hours
from lms.records.confirmations import Addressee, Word
from tests.school import School

ROSA = Addressee("Rosa Vance", "rosa@work.example", "supervisor")
SHIFT = Account("Drop-in shift", Modality.WORK, place="River House", pay="paid")
CLASS = Account(
    "Naloxone class",
    Modality.LIVE_IN_PERSON,
    provider="River College",
    approvals=("NAADAC 1234",),
    evidence="Certificate 4411",
)


def log_shift(
    session: Session, school: School, learner: Person, days_ago: int, account: Account = SHIFT
) -> LedgerEntry:
    """Two hours that ended so many days ago."""
    ends = school.now - timedelta(days=days_ago)
    logged = Logged(ends - timedelta(hours=2), ends, 120, {"ethics": 80, "crisis": 40})
    kind = Kind.WORK if account.modality is Modality.WORK else Kind.SUPERVISION
    zone = school.settings.timezone
    return logging_hours.add(session, school.now, learner, zone, kind, logged, account)[0]


def log_class(
    session: Session, school: School, learner: Person, account: Account = CLASS
) -> LedgerEntry:
    """Three hours at another provider, on a day of last month."""
    noon = school.now - timedelta(days=30)
    logged = Logged(noon, noon, 180, {"crisis": 180})
    zone = school.settings.timezone
    return logging_hours.add(session, school.now, learner, zone, Kind.ELSEWHERE, logged, account)[0]


def ask(
    session: Session, school: School, learner: Person, *lines: LedgerEntry, to: Addressee = ROSA
) -> tuple[str, str]:
    """Ask for a signature; the request's reference and the token of the letter."""
    secret = school.settings.secret
    request, token = confirmations.ask(session, school.now, secret, learner, lines, to)
    return request.ref, token


def confirmed_shift(school: School, learner: Person) -> LedgerEntry:
    """A shift of yesterday that Rosa confirmed."""
    with school.database.writing() as session:
        row = log_shift(session, school, learner, 1)
        ref, _token = ask(session, school, learner, row)
        asked = confirmations.by_ref(session, school.now, ref)
        who = Attestation("Rosa Vance", "Peer supervisor", True, 6)
        confirmations.answer(session, school.now, asked, who, {row.id: Word(agrees=True)})
        session.commit()
    return row


def logged_by(session: Session, school: School, owner: Person) -> dict[str, str]:
    """A line that waits, one that was asked about, and one from elsewhere."""
    asked = log_shift(session, school, owner, 2)
    return {
        "log": log_shift(session, school, owner, 1).ref,
        "confirmation": ask(session, school, owner, asked)[0],
        "transfer": log_class(session, school, owner).ref,
    }


def confirmation_link(school: School, cohort: Cohort) -> str:
    """The link in a letter of a learner who is nobody else at the doors."""
    learner = school.person(Role.LEARNER, cohort)
    with school.database.writing() as session:
        line = log_shift(session, school, learner, 1)
        token = ask(session, school, learner, line)[1]
        session.commit()
    return token
