"""A coordinator who also learns looks after everyone but themselves; letters have a limit."""

from sqlalchemy import func, select

from lms.domain.people import Grant, Role
from lms.models.journal import OutboxJob
from lms.models.people import Person
from lms.records import people
from lms.records.signing_in import LETTERS_A_DAY
from tests.school import School


def test_a_coordinator_does_not_look_after_their_own_record(school: School):
    cohort = school.cohort()
    learner = school.person(Role.LEARNER, cohort)
    with school.database.writing() as session:
        mine = session.get_one(Person, learner.id)
        people.add_grant(session, mine, Grant(Role.COORDINATOR, cohort.id))
        session.commit()
    code = school.certify(learner)
    browser = school.browser(learner)
    for path in (f"/manage/people/{learner.ref}", f"/manage/certificates/{code}/name"):
        page = browser.open(path)
        assert page.status == 403
        assert "your own record" in page.text


def test_a_sixth_letter_in_a_day_is_not_sent_and_the_page_does_not_tell(school: School):
    learner = school.person(Role.LEARNER, school.cohort())
    for _ in range(LETTERS_A_DAY + 2):
        page = school.browser().open("/reset").submit("/reset", email=learner.email)
        assert page.path == "/check-your-mail"
    with school.database.reading() as session:
        letters = session.scalar(select(func.count()).where(OutboxJob.kind == "mail"))
    assert letters == LETTERS_A_DAY
