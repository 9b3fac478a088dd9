"""A crowd of learners inserted at once, for what must not depend on how many there are."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from lms.models.attempts import Answer, Attempt
from lms.models.certificates import Certificate
from lms.models.hours import LedgerEntry
from lms.models.learning import Enrolment, Reading
from lms.models.people import GrantRow, Person
from lms.models.role_plays import RolePlay
from tests.school import HASH, PROGRAM, School

# Far above what a sequence of PostgreSQL hands out to the people a test makes itself.
FIRST_ID = 1_000_000


def gather(school: School, cohort_id: int, learners: int) -> None:
    """Learners with readings, a passed attempt, answers, hours, a waiting role-play and a paper."""
    with school.database.writing() as session:
        first = max(FIRST_ID, (session.scalar(select(func.max(Person.id))) or 0) + 1)
        ids = range(first, first + learners)
        now, publication = school.now, school.shelf.current_id()
        session.execute(insert(Person), [_person(i, now) for i in ids])
        session.execute(
            insert(GrantRow),
            [{"person_id": i, "role": "learner", "cohort_id": cohort_id} for i in ids],
        )
        session.execute(
            insert(Enrolment), [_enrolment(i, cohort_id, publication, now) for i in ids]
        )
        _work(session, ids, cohort_id, publication, now)
        session.commit()


def _person(number: int, now: datetime) -> dict[str, object]:
    return {
        "id": number,
        "ref": f"crowd{number:021}",
        "email": f"crowd{number}@school.example",
        "name": f"Crowd {number}",
        "password_hash": HASH,
        "password_set_at": now,
        "created_at": now,
    }


def _enrolment(number: int, cohort: int, publication: int, now: datetime) -> dict[str, object]:
    return {
        "id": FIRST_ID + number,
        "person_id": number,
        "program_id": PROGRAM,
        "cohort_id": cohort,
        "publication_id": publication,
        "started_at": now,
    }


def _work(
    session: Session, ids: Iterable[int], cohort: int, publication: int, now: datetime
) -> None:
    mine = [{"person_id": i} for i in ids]
    session.execute(
        insert(Reading),
        [
            m | {"module_id": "crisis-support", "section_id": s, "edition": "e", "finished_at": now}
            for m in mine
            for s in ("one", "two", "three")
        ],
    )
    session.execute(insert(Attempt), [m | _attempt(m, publication, now) for m in mine])
    session.execute(
        insert(Answer),
        [
            {
                "attempt_id": FIRST_ID + m["person_id"],
                "item_id": f"item-{n}",
                "revision": 1,
                "chosen": ["a"],
                "saved_at": now,
            }
            for m in mine
            for n in range(3)
        ],
    )
    session.execute(insert(LedgerEntry), [m | _entry(m, now) for m in mine])
    session.execute(insert(RolePlay), [m | _role_play(m, cohort, publication, now) for m in mine])
    session.execute(insert(Certificate), [m | _certificate(m, now) for m in mine])


def _attempt(mine: dict[str, int], publication: int, now: datetime) -> dict[str, object]:
    number = FIRST_ID + mine["person_id"]
    return {
        "id": number,
        "ref": f"attempt{number:019}",
        "quiz_id": "crisis-support",
        "enrolment_id": number,
        "publication_id": publication,
        "number": 1,
        "seed": "s",
        "items": ["a"],
        "minutes": 30,
        "started_at": now,
        "submitted_at": now,
        "item_points": [4],
        "points": 4,
        "out_of": 4,
        "passed": True,
    }


def _entry(mine: dict[str, int], now: datetime) -> dict[str, object]:
    number = mine["person_id"]
    return {
        "ref": f"entry{number:021}",
        "minutes": 40,
        "topics": {"crisis": 40},
        "modality": "self-paced",
        "starts_at": now,
        "ends_at": now,
        "evidence": "module",
        "title": "Crisis support",
        "voucher": "formula",
        "program_id": PROGRAM,
        "module_id": "crisis-support",
        "event_key": f"crowd:{number}",
        "entered_at": now,
    }


def _role_play(
    mine: dict[str, int], cohort: int, publication: int, now: datetime
) -> dict[str, object]:
    number = mine["person_id"]
    return {
        "ref": f"play{number:022}",
        "scenario_id": "marcus-at-the-door",
        "cohort_id": cohort,
        "publication_id": publication,
        "mode": "written",
        "number": 1,
        "state": "waiting",
        "started_at": now,
        "handed_in_at": now,
        "handed_in_on": "2026-03-02",
        "queue_key": f"{number:064}",
    }


def _certificate(mine: dict[str, int], now: datetime) -> dict[str, object]:
    number = mine["person_id"]
    return {
        "code_digest": f"{number:064}",
        "code": f"{number:027}",
        "program_id": PROGRAM,
        "period": 1,
        "version": 1,
        "facts": {},
        "facts_digest": f"{number:064}",
        "issued_on": now.date(),
        "issued_at": now,
    }
