"""Nobody learns of a sheet before it is time: not the learner, not the other trainer."""

from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from lms.domain.people import Role
from lms.models.journal import OutboxJob
from tests.browsing import Browser, Page
from tests.school import School
from tests.security.crawling import crawl

SCENARIO = "marcus-at-the-door"  # two trainers read it, and a third when they stand apart
NAME = "Wilhelmina Quarterpenny"


@dataclass
class Case:
    """A role-play that was handed in, its learner, and three trainers."""

    school: School
    ref: str
    learner: Browser
    trainers: list[Browser]
    criteria: list[str] = field(default_factory=list)

    def rate(self, n: int, level: int, go: str) -> Page:
        """One trainer gives every criterion this level, with words of their own."""
        trainer, path = self.trainers[n], f"/grading/{self.ref}"
        fields = trainer.open(path).fields("/grading/") | {"go": [go]}
        for criterion in self.criteria:
            fields[f"level-{criterion}"] = [str(level)]
            fields[f"comment-{criterion}"] = [word(n)]
        return trainer.post(path, fields)

    def pages_of(self, n: int) -> str:
        """Everything a trainer can open that is about role-plays."""
        doors = ("/grading", f"/grading/{self.ref}", "/outcomes", f"/outcomes/{self.ref}")
        return "".join(self.trainers[n].open(door).response.text for door in doors)

    def letters(self) -> int:
        """How many letters were written."""
        with self.school.database.reading() as session:
            return len([j for j in session.scalars(select(OutboxJob)) if j.kind == "mail"])


def word(n: int) -> str:
    """What only this trainer writes."""
    return f"sheetword{n}q"


@pytest.fixture
def case(school: School) -> Case:
    cohort = school.cohort()
    learner = school.person(Role.LEARNER, cohort, NAME)
    school.read_all(learner)
    ref = school.hand_in(learner, SCENARIO)
    trainers = [school.browser(school.person(Role.ASSESSOR, cohort)) for _ in range(3)]
    library = school.shelf.current()
    rubric = library.rubrics[library.scenarios[SCENARIO].rubric]
    return Case(school, ref, school.browser(learner), trainers, [c.id for c in rubric.criteria])


STEPS = [(0, 4, "draft"), (0, 4, "sign"), (1, 2, "draft"), (1, 2, "sign"), (2, 3, "draft")]
"""One trainer after the other, so far apart that a third is asked for: (who, level, button)."""


def test_trainers_see_neither_a_name_nor_each_others_sheets_until_all_are_signed(case: Case):
    for who, level, go in STEPS:
        case.rate(who, level, go)
        for n in range(3):
            pages = case.pages_of(n)
            assert NAME not in pages, (who, go, n)
            assert NAME.split(maxsplit=1)[0] not in pages, (who, go, n)
            others = [word(other) for other in range(3) if other != n]
            assert not any(theirs in pages for theirs in others), (who, go, n)
    case.rate(2, 3, "sign")
    assert all(word(n) in case.pages_of(0) for n in range(3))


def test_a_learner_cannot_tell_a_sheet_from_none_until_it_is_released(case: Case):
    before = crawl(case.learner, skip="/learn/")
    for who, level, go in [*STEPS, (2, 3, "sign")]:
        case.rate(who, level, go)
        assert crawl(case.learner, skip="/learn/") == before, (who, go)
        assert case.learner.open(f"/role-plays/feedback/{case.ref}").status == 404
        assert case.letters() == 0
    page = case.trainers[0].open("/outcomes")
    page.submit("/outcomes", play=case.ref)
    assert case.letters() == 1
    assert word(0) in "".join(crawl(case.learner, skip="/learn/").values())


def test_a_letter_about_an_outcome_does_not_hold_it(case: Case):
    for who, level, go in [*STEPS, (2, 3, "sign")]:
        case.rate(who, level, go)
    case.trainers[0].open("/outcomes").submit("/outcomes", play=case.ref)
    with case.school.database.reading() as session:
        (letter,) = [job.body for job in session.scalars(select(OutboxJob)) if job.kind == "mail"]
    said = f"{letter['subject']} {letter['text']}".lower()
    assert not any(told in said for told in ("pass", "not yet", "point", "level", "sheetword"))
