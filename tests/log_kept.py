"""A school whose log has entries: certificates by the hundred, a key, and a look at what stands."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from lms.domain.notes import Note
from lms.domain.people import Role
from lms.formats import seals
from lms.jobs import translog as publishing
from lms.models.certificates import Certificate
from lms.models.people import Person
from lms.records import certificates, issuing, translog
from lms.records.log_check import Checked, check
from tests.school import School


def with_key(school: School) -> School:
    """The school with a key for its log."""
    seals.make(school.settings.data, seals.LOG)
    return school


def holder(school: School, name: str = "Ana Ruiz") -> tuple[Person, Certificate]:
    """Someone with a certificate, issued as every other."""
    learner = school.person(Role.LEARNER, school.cohort(), name)
    return learner, certificate(school, school.certify(learner))


def certificate(school: School, code: str) -> Certificate:
    """The row of a code."""
    with school.database.reading() as session:
        return certificates.look_up(session, code, school.now, school.office).certificate


def many(session: Session, row: Certificate, count: int, first: int = 0) -> list[Certificate]:
    """So many more certificates like this one, each with its leaf."""
    facts = certificates.facts_of(row)
    made = []
    for n in range(first, first + count):
        code = f"{n:027}"
        one = Certificate(
            code_digest=certificates.code_digest(code),
            code=code,
            person_id=row.person_id,
            program_id=f"program-{n}",
            period=1,
            version=1,
            facts=row.facts | {"code": replace(facts, code=code).code},
            facts_digest="0" * 64,
            issued_on=date(2026, 3, 2),
            expires_on=None,
            issued_at=row.issued_at,
        )
        session.add(one)
        session.flush()
        translog.begin(session, one)
        made.append(one)
    return made


def revoke(school: School, row: Certificate) -> None:
    """Take a certificate back."""
    with school.database.writing() as session:
        again = session.get_one(Certificate, row.id)
        issuing.revoke(session, school.now, again, issuing.ReasonClass.HOLDER_ASKED, None)
        session.commit()


def publish(school: School) -> Note | None:
    """Sign what is not signed."""
    return publishing.publish(school.settings, school.database, lambda: school.now)


def checked(school: School) -> Checked:
    """What lms log verify finds."""
    with school.database.reading() as session:
        return check(session, seals.holds)
