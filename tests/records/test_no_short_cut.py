"""No order of requests leads a learner to a certificate that trainers have not made possible."""

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from lms.domain.people import Role
from lms.models.certificates import Certificate
from lms.models.people import Person
from lms.records import role_plays
from tests.completing import QUIZZES, SCENARIOS, Class, fresh
from tests.school import PROGRAM, School

ACTIONS = ("read", "quiz", "role-play", "claim", "grade", "meet", "release", "wait", "trespass")
REACHED = ("read", *["quiz"] * 4, *["role-play"] * 4)


class Learner:
    """Someone who tries everything a learner can send, and some things they cannot."""

    def __init__(self, made: Class, name: str) -> None:
        self.made = made
        self.school = made.school
        self.person = self.school.person(Role.LEARNER, made.cohort, name)
        self.browser = self.school.browser(self.person)
        self.refs: list[str] = []

    def read(self) -> None:
        self.school.read_all(self.person)

    def quiz(self, number: int) -> None:
        address = f"/quizzes/{QUIZZES[number % 4]}"
        page = self.browser.post(address, fresh(self.browser))
        if page.path.startswith("/attempts/"):
            ref = page.path.split("/")[2]
            self.school.answer_all(self.person, ref)
            self.browser.post(f"/attempts/{ref}/submit", fresh(self.browser))

    def role_play(self, number: int) -> None:
        address = f"/role-plays/{SCENARIOS[number % 4]}"
        page = self.browser.post(address, fresh(self.browser))
        while page.path.startswith("/role-plays/answers/") and not page.path.endswith("/check"):
            page = page.submit("/answers/", reply="I hear you.")
        if page.path.endswith("/check"):
            self.refs.append(page.path.split("/")[3])
            page.submit("/check")

    def claim(self) -> None:
        self.browser.post("/certificates", fresh(self.browser) | {"program": [PROGRAM]})

    def trespass(self) -> None:
        ref = self.refs[-1] if self.refs else "none"
        for address in (f"/grading/{ref}", "/outcomes", f"/outcomes/{ref}", "/sessions"):
            sent = fresh(self.browser) | {"go": ["sign"], "play": [ref], "shown": [ref]}
            assert self.browser.post(address, sent).status in (403, 404)

    def grade_last(self) -> None:
        """Trainers sign strong sheets; nothing is released."""
        if self.refs and self.state(self.refs[-1]) == role_plays.WAITING:
            self.school.grade(self.refs[-1], self.made.raters, level=4, release=False)

    def state(self, ref: str) -> str:
        with self.school.database.reading() as session:
            return role_plays.by_ref(session, ref).state

    def act(self, action: str, number: int) -> None:
        {
            "read": self.read,
            "quiz": lambda: self.quiz(number),
            "role-play": lambda: self.role_play(number),
            "claim": self.claim,
            "grade": self.grade_last,
            "meet": lambda: self.made.meet(15, self.person),
            "release": self.trespass,
            "wait": lambda: self.school.pass_time(minutes=13),
            "trespass": self.trespass,
        }[action]()


def certificates(school: School, person: Person) -> int:
    with school.database.reading() as session:
        mine = select(func.count()).where(Certificate.person_id == person.id)
        return session.scalar(mine) or 0


@seed(20261122)
@settings(
    max_examples=6,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 3)), min_size=3, max_size=9))
def test_no_sequence_of_requests_reaches_a_certificate_without_trainers(
    school: School, actions: list[tuple[str, int]]
):
    learner = Learner(Class.of(school), "Random Walker")
    for action, number in actions:
        learner.act(action, number)
    learner.claim()
    assert certificates(school, learner.person) == 0


def test_all_a_learner_can_do_alone_is_not_enough_and_what_trainers_add_is(school: School):
    learner = Learner(Class.of(school), "Ana Ruiz")
    for number, action in enumerate(REACHED, -1):
        learner.act(action, number)
    learner.claim()
    assert certificates(school, learner.person) == 0
    for ref in learner.refs:
        school.grade(ref, learner.made.raters, release=False)
    learner.claim()
    assert certificates(school, learner.person) == 0
    desk = school.browser(learner.made.coordinator)
    desk.open("/outcomes").submit("/outcomes", go="all")
    learner.claim()
    assert certificates(school, learner.person) == 0
    for _ in range(8):
        learner.made.meet(15, learner.person)
        school.pass_time(minutes=16)
    learner.claim()
    assert certificates(school, learner.person) == 1
