"""What people type is shown as they typed it, wherever it is shown."""

from bs4 import BeautifulSoup

from lms.domain.people import Grant, Role
from lms.models.people import Cohort, Person
from lms.records import people, signing_in
from tests.browsing import Browser
from tests.completing import ONE_RATER
from tests.school import PASSWORD, School
from tests.security.crawling import crawl

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}${7*7}%s{0.__class__}&amp;"


def join(school: School, cohort: Cohort, role: Role) -> tuple[Person, Browser]:
    """Someone who joins under a hostile name."""
    email = f"{role}@new.example"
    with school.database.writing() as session:
        token = signing_in.invite(session, school.now, email, Grant(role, cohort.id), None)
        session.commit()
    browser = school.browser()
    browser.open(f"/join/{token}").submit(name=EVIL[:90], password=PASSWORD)
    with school.database.reading() as session:
        return people.by_email(session, email), browser


def grade(trainer: Browser, ref: str, criteria: list[str]) -> None:
    """A signed sheet with hostile comments."""
    fields = trainer.open(f"/grading/{ref}").fields("/grading/") | {"go": ["sign"]}
    fields |= {f"level-{criterion}": ["2"] for criterion in criteria}
    fields |= {f"comment-{criterion}": [EVIL] for criterion in criteria}
    trainer.post(f"/grading/{ref}", fields)
    trainer.open(f"/outcomes/{ref}").submit("/outcomes", reason=EVIL, **{f"level-{criteria[0]}": 3})
    trainer.open("/outcomes").submit("/outcomes", play=ref)


def meet(trainer: Browser, learner: Person) -> None:
    """A meeting with a hostile title, which becomes a line of hours."""
    page = trainer.open("/sessions").submit(
        "/sessions",
        title=EVIL[:120],
        modality="live-online",
        held_on="2026-03-01",
        starts="09:00",
        ends="11:00",
        break_minutes=0,
    )
    page.submit("/sessions", **{f"there-{learner.ref}": "y"})


def faults(path: str, html: str) -> list[str]:
    """Markup that came out of somebody's words."""
    soup = BeautifulSoup(html, "html.parser")
    strangers = "img:not([src^='/learn/images/']), script:not([src='/static/app.js']), [onerror]"
    strange = [str(tag) for tag in soup.select(strangers)]
    computed = ["49"] if "49${" in html or "{49}" in html or "$49" in html else []
    twice = ["escaped twice"] if "&amp;lt;script" in html or "&amp;#" in html else []
    return [f"{path}: {what}" for what in strange + computed + twice]


def test_hostile_words_are_shown_literally_to_everyone_who_may_read_them(school: School):
    cohort = school.cohort(EVIL)
    coordinator = school.browser(school.person(Role.COORDINATOR, cohort))
    learner, browser = join(school, cohort, Role.LEARNER)
    _trainer, trainer = join(school, cohort, Role.ASSESSOR)
    school.read_all(learner)
    page = browser.open(f"/role-plays/{ONE_RATER}").submit(f"/role-plays/{ONE_RATER}")
    while "/check" not in page.path:
        page = page.submit("/role-plays/answers", reply=EVIL)
    ref = page.path.split("/")[-2]
    page.submit("/check")
    library = school.shelf.current()
    rubric = library.rubrics[library.scenarios[ONE_RATER].rubric]
    before_release = crawl(trainer)
    grade(trainer, ref, [criterion.id for criterion in rubric.criteria])
    meet(trainer, learner)
    code = school.certify(learner)
    seen = {
        "trainer, before": before_release,
        "trainer": crawl(trainer),
        "learner": crawl(browser, skip="/learn/"),
        "coordinator": crawl(coordinator),
        "stranger": crawl(school.browser(), f"/verify/{code}", skip="/learn"),
    }
    for who, pages in seen.items():
        wrong = [fault for path, html in pages.items() for fault in faults(path, html)]
        assert wrong == [], who
        shown = "".join(BeautifulSoup(html, "html.parser").get_text() for html in pages.values())
        assert EVIL[:90] in shown, f"{who} was shown none of the words"
