"""The whole path on a phone: read, quiz, role-play, hours, certificate, a stranger's check."""

import re
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from lms.domain.certificate import in_hours, spaced
from lms.domain.items import key
from lms.domain.people import Role
from lms.models.people import Person
from lms.records import attempts, learning, people
from tests.browser.conftest import Served
from tests.browser.walker import Walker
from tests.school import PROGRAM, School

LAST = "cultural-humility"
CORE, EXAM = "peer-support-core", "peer-support-core-exam"
PAPER_SECONDS = 30


def prepare(school: School) -> tuple[Person, Person]:
    """A learner with three modules behind them, and their assessor."""
    school.now = datetime.now(UTC)
    cohort = school.cohort(f"Cohort {time.monotonic_ns()}")
    learner = school.person(Role.LEARNER, cohort, "Rosa O'Neill-Mbeki")
    assessor = school.person(Role.ASSESSOR, cohort)
    second = school.person(Role.ASSESSOR, cohort)
    library = school.shelf.current()
    for module_id in library.programs[PROGRAM].modules:
        if module_id != LAST:
            school.read_all(learner, module_id)
            quiz = next(q for q in library.quizzes.values() if q.module == module_id)
            school.take_quiz(learner, quiz.id)
            scenario = next(s for s in library.scenarios.values() if s.module == module_id)
            ref = school.hand_in(learner, scenario.id)
            school.grade(ref, [assessor, second])
    return learner, assessor


def read_module(phone: Walker, school: School) -> None:
    phone.follow("Continue")
    for _section in school.shelf.current().modules[LAST].sections:
        assert "/learn/" in phone.path
        button = phone.page.locator("main form[method=post] button[type=submit]").first
        phone.press(button.inner_text())
    assert phone.path == "/learn"


def pass_quiz(phone: Walker, school: School, learner: Person) -> None:
    phone.open(f"/quizzes/{LAST}")
    phone.press("Start the quiz")
    ref = phone.path.split("/")[2]
    with school.database.reading() as session:
        sitting = attempts.sitting(session, school.shelf, learner, ref)
    for place, item in enumerate(sitting.items, 1):
        phone.answer(item, sitting.attempt.seed)
        if phone.script and place == 1:
            line = phone.page.locator("[data-saved-line]")
            expect(line).to_contain_text(re.compile(r"Saved \d\d:\d\d"), timeout=10_000)
        phone.press(
            "Save and go on" if place < len(sitting.items) else "Save and check your answers"
        )
    phone.press("Hand in my answers")
    assert phone.path.endswith("/result")
    expect(phone.page.locator("main")).to_contain_text("Passed")


def play_role(phone: Walker, school: School) -> None:
    scenario = next(s for s in school.shelf.current().scenarios.values() if s.module == LAST)
    phone.open(f"/role-plays/{scenario.id}")
    phone.press("Begin the talk")
    for place in range(1, len(scenario.turns) + 1):
        phone.page.locator("textarea[name=reply]").fill(f"I am sorry. Tell me more. ({place})")
        last = place == len(scenario.turns)
        phone.press("Save and read it through" if last else "Save and go on")
    phone.press("Hand in to my trainer")


def grade(desk: Walker) -> None:
    desk.open("/grading")
    desk.follow("Open the first")
    for group in desk.page.locator("fieldset.criterion").all():
        group.locator("input[type=radio][value='3']").check()
    desk.press("Sign")
    desk.open("/outcomes")
    for box in desk.page.locator("input[name=play]").all():
        box.check()
    desk.press("Release the ticked ones")


def hold_session(desk: Walker, learner: Person) -> None:
    desk.open("/sessions")
    yesterday = (datetime.now(UTC) - timedelta(days=2)).date().isoformat()
    desk.page.get_by_label("What was it about?").fill("Practice evening")
    desk.page.locator("select[name=cohort]").select_option(index=0)
    desk.page.locator("input[name=modality]").first.check()
    desk.page.locator("input[name=held_on]").fill(yesterday)
    desk.page.locator("input[name=starts]").fill("18:00")
    desk.page.locator("input[name=ends]").fill("20:30")
    desk.page.locator("input[name=break_minutes]").fill("15")
    desk.page.locator("select[name=topic]").select_option("communication")
    desk.press("Go on to who was there")
    desk.page.locator(f"input[name='there-{learner.ref}']").check()
    desk.press("Keep who was there")


def claim(phone: Walker, folder: Path) -> tuple[str, Path]:
    phone.open("/hours")
    phone.open("/certificates")
    phone.press("Get my certificate")
    link = phone.page.locator("a[href$='.pdf']").first.get_attribute("href")
    code = re.search(r"/certificates/([0-9A-Z]{27})\.pdf", str(link))[1]
    path = folder / "certificate.pdf"
    until = time.monotonic() + PAPER_SECONDS
    while True:
        answer = phone.page.request.get(f"{phone.url}{link}")
        if answer.status == 200:
            path.write_bytes(answer.body())
            return code, path
        assert answer.status == 202
        assert time.monotonic() < until, "the paper was not printed in time"
        time.sleep(0.2)


def check_as_a_stranger(stranger: Walker, code: str, paper: Path) -> None:
    stranger.open("/verify")
    stranger.page.locator("input[name=code]").fill(spaced(code).lower().replace("-", " "))
    stranger.press("Check")
    expect(stranger.page.locator("#state-word")).to_have_text("Valid")
    assert not stranger.context.cookies()
    facts = stranger.page.request.get(
        f"{stranger.url}/verify/{code}", headers={"Accept": "application/json"}
    ).json()["facts"]
    shown = " ".join(stranger.page.locator("main").inner_text().split())
    printed = subprocess.run(
        ["/usr/bin/pdftotext", "-layout", paper, "-"], capture_output=True, text=True, check=True
    ).stdout
    printed = " ".join(printed.split())
    said = (facts["holder"], facts["program"], facts["edition"], in_hours(facts["minutes"]))
    for fact in (*said, spaced(code), facts["provider"]):
        assert fact in shown, fact
        assert fact in printed, fact
    for line in facts["hours"]:
        assert line["topic"] in shown


def see_what_is_taught(stranger: Walker) -> None:
    stranger.open("/curriculum")
    stranger.follow("Peer Support Core")
    stranger.open("/curriculum/coverage")
    expect(stranger.page.locator("main")).to_contain_text("Every competency is covered")


def read_a_guide(desk: Walker) -> None:
    desk.open("/sessions")
    desk.follow("Guides to hold a session by")
    desk.follow("Staying when someone talks of suicide")
    expect(desk.page.locator("main")).to_contain_text("Plan by minutes")


def sit_the_exam(school: School) -> tuple[Person, str]:
    """Someone in the whole course who has handed in the exam, half of it right."""
    school.now = datetime.now(UTC)
    learner = school.person(Role.LEARNER, school.cohort("Core evening"))
    with school.database.writing() as session:
        cohort = people.add_cohort(session, school.now, "Core", CORE)
        mine = session.get_one(Person, learner.id)
        learning.enrol(session, school.shelf, school.now, mine, CORE, cohort.id)
        session.commit()
    with school.database.writing() as session:
        way = learning.way(session, school.shelf, learner.id, CORE)
        attempt = attempts.start(session, way, school.now, learner, EXAM)
        sitting = attempts.sitting(session, school.shelf, learner, attempt.ref)
        for item in sitting.items[::2]:
            attempts.save(session, school.now, sitting, item, key(item)[:1], 0)
        harmful = next(i for i in sitting.items[1::2] if any(o.harmful for o in i.options))
        bad = next(option.id for option in harmful.options if option.harmful)
        attempts.save(session, school.now, sitting, harmful, (bad,), 0)
        attempts.submit(session, school.now, sitting)
        session.commit()
    return learner, attempt.ref


def test_the_whole_course_and_its_exam_stand_on_a_phone(served: Served, chromium: Browser):
    learner, ref = sit_the_exam(served.school)
    phone = Walker(chromium, served.url, script=True)
    phone.sign_in(learner)
    phone.open("/learn")
    expect(phone.page.locator("main")).to_contain_text("Peer Support Core")
    phone.open(f"/quizzes/{EXAM}")
    phone.open(f"/attempts/{ref}/result")
    expect(phone.page.locator("main")).to_contain_text("Talk this through with your trainer")
    expect(phone.page.locator("main table tbody tr")).to_have_count(13)
    phone.close()


@pytest.mark.parametrize("script", [True, False], ids=["script-on", "script-off"])
def test_a_learner_walks_from_reading_to_a_certificate_that_a_stranger_can_check(
    served: Served, chromium: Browser, script: bool, tmp_path: Path
):
    school = served.school
    learner, assessor = prepare(school)
    phone, desk, stranger = (Walker(chromium, served.url, script) for _ in range(3))
    phone.open("/")
    phone.sign_in(learner)
    read_module(phone, school)
    pass_quiz(phone, school, learner)
    play_role(phone, school)
    desk.sign_in(assessor)
    grade(desk)
    hold_session(desk, learner)
    code, paper = claim(phone, tmp_path)
    check_as_a_stranger(stranger, code, paper)
    see_what_is_taught(stranger)
    read_a_guide(desk)
    phone.open("/account")
    phone.open("/help")
    phone.open("/no-such-page")
    seen = phone.seen | desk.seen | stranger.seen
    assert len(seen) > 40, seen
    for walker in (phone, desk, stranger):
        walker.close()
