"""Learners who stand just before their last quiz, or before claiming their certificate."""

from datetime import timedelta
from hashlib import sha256

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from lms.domain.hours import Modality
from lms.domain.people import Role
from lms.models.base import new_ref
from lms.models.people import Cohort, Person
from lms.models.role_plays import Outcome, RolePlay
from lms.records import hours, learning
from lms.records.learning import Way
from tests.faults.journey import Learner
from tests.school import PASSWORD, PROGRAM, School

QUICK_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def make_ready(school: School, cohort: Cohort, stands: str) -> Learner:
    """A learner with everything done but the claim, and the last quiz where they stand there."""
    person = school.person(Role.LEARNER, cohort)
    school.read_all(person)
    quizzes = school.shelf.current().programs[PROGRAM].requires.quizzes
    for quiz_id in quizzes[:-1] if stands == "quiz" else quizzes:
        school.take_quiz(person, quiz_id)
    with school.database.writing() as session:
        session.get_one(Person, person.id).password_hash = QUICK_HASH
        way = learning.way(session, school.shelf, person.id, PROGRAM)
        for scenario_id in way.program.requires.role_plays:
            _pass_role_play(session, school, way, scenario_id)
        _attend(session, school, person)
        session.commit()
    return Learner(person.email, person.name, stands)


def _pass_role_play(session: Session, school: School, way: Way, scenario_id: str) -> None:
    ref = new_ref()
    play = RolePlay(
        ref=ref,
        person_id=way.enrolment.person_id,
        scenario_id=scenario_id,
        cohort_id=way.enrolment.cohort_id,
        publication_id=way.enrolment.publication_id,
        mode="live",
        number=1,
        state="decided",
        started_at=school.now,
        queue_key=sha256(ref.encode()).hexdigest(),
        released_at=school.now,
    )
    session.add(play)
    session.flush()
    session.add(
        Outcome(
            role_play_id=play.id,
            revision=1,
            passed=True,
            levels={},
            points=0,
            out_of=0,
            flagged=False,
            decided_by=way.enrolment.person_id,
            decided_at=school.now,
            reason="",
        )
    )


def _attend(session: Session, school: School, person: Person) -> None:
    begins = school.now - timedelta(hours=4)
    hours.enter_live(
        session,
        school.now,
        person.id,
        "First meeting",
        (begins, school.now),
        240,
        {next(iter(school.shelf.current().topics)): 100},
        Modality.LIVE_ONLINE,
        person,
        f"live-session:{new_ref()}:{person.id}:1",
        PROGRAM,
    )
