"""A learner at work, for tests of what goes wrong around them."""

import pytest

from lms.domain.people import Role
from lms.models.people import Cohort, Person
from lms.records import learning, role_plays
from tests.browsing import Browser
from tests.faults.at_once import Form, filled
from tests.faults.reply import WORDS
from tests.school import PROGRAM, School

MODULE = "ethics-and-scope"


@pytest.fixture
def cohort(school: School) -> Cohort:
    return school.cohort()


@pytest.fixture
def learner(school: School, cohort: Cohort) -> Person:
    person = school.person(Role.LEARNER, cohort)
    school.read_all(person, MODULE)
    return person


@pytest.fixture
def mine(school: School, learner: Person) -> Browser:
    return school.browser(learner)


@pytest.fixture
def typed(school: School, learner: Person, mine: Browser) -> Form:
    """A reply that was typed and not sent yet."""
    with school.database.writing() as session:
        way = learning.way(session, school.shelf, learner.id, PROGRAM)
        play = role_plays.begin(session, school.now, way, "a-ride-home", "written", learner)
        session.commit()
    return filled(mine.open(f"/role-plays/answers/{play.ref}/1"), "/role-plays/", reply=WORDS)
