"""A learner brought as far as a test needs, by the rules and nothing else."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from lms.domain.hours import Modality
from lms.domain.people import Role
from lms.models.people import Cohort, Person
from lms.records import live_sessions
from lms.records.live_sessions import Presence
from tests.browsing import Browser, Page
from tests.school import PROGRAM, School

QUIZZES = (
    "ethics-and-scope", "boundaries-and-self-disclosure", "crisis-support", "cultural-humility",
)  # fmt: skip
SCENARIOS = ("the-pill-question", "a-ride-home", "marcus-at-the-door", "the-intake-form")
ONE_RATER, TWO_RATERS = "the-intake-form", "marcus-at-the-door"


@dataclass
class Class:
    """A cohort with one learner, its trainers and its coordinator."""

    school: School
    cohort: Cohort
    learner: Person
    raters: list[Person]
    coordinator: Person

    @classmethod
    def of(cls, school: School, name: str = "Ana Ruiz") -> "Class":
        """A new one."""
        cohort = school.cohort()
        return cls(
            school,
            cohort,
            school.person(Role.LEARNER, cohort, name),
            [school.person(Role.ASSESSOR, cohort) for _ in range(3)],
            school.person(Role.COORDINATOR, cohort),
        )

    def meet(self, minutes: int = 120, learner: Person | None = None) -> None:
        """Hold a meeting that just ended, with the learner there throughout."""
        school, person = self.school, learner or self.learner
        interval = (school.now - timedelta(minutes=minutes), school.now)
        with school.database.writing() as session:
            meeting = live_sessions.hold(
                session,
                school.now,
                self.raters[0],
                self.cohort.id,
                "Practice evening",
                Modality.LIVE_IN_PERSON,
                interval,
                0,
                {"crisis": 100},
            )
            there = {person.id: Presence(*interval)}
            live_sessions.record(session, school.now, self.raters[0], meeting, there)
            session.commit()

    def complete(self, but: Collection[str] = ()) -> None:
        """Everything the program asks for, except what is named in ``but``."""
        school, learner = self.school, self.learner
        if "section" not in but:
            school.read_all(learner)
        for quiz in QUIZZES:
            if quiz not in but:
                school.take_quiz(learner, quiz)
        for scenario in SCENARIOS:
            if scenario not in but:
                ref = school.hand_in(learner, scenario)
                school.grade(ref, self.raters, release="release" not in but)
        if "live" not in but:
            self.meet(119 if "a minute" in but else 120)

    def claim(self) -> Page:
        """Press the button, or send what it would send when there is none."""
        browser = self.school.browser(self.learner)
        return browser.post("/certificates", fresh(browser) | {"program": [PROGRAM]})


def fresh(browser: Browser) -> dict[str, list[str]]:
    """What any form of ours carries, new: for sending what no page offers."""
    return browser.open("/account").fields("/sign-out")
