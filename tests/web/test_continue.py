"""Home offers one thing to do, and it is always something that can be done."""

from lms.records import attempts, learning, role_plays
from tests.browsing import Browser, Page
from tests.completing import QUIZZES, SCENARIOS, Class, fresh
from tests.school import PROGRAM, School

FIRST = "ethics-and-scope"


def offered(page: Page) -> str:
    card = page.soup.select_one(".continue")
    return " ".join(card.get_text(" ").split()) if card else ""


def go_on(browser: Browser) -> Page:
    return browser.open("/learn").click("Continue")


def module_ids(school: School) -> tuple[str, ...]:
    return school.shelf.current().programs[PROGRAM].modules


def test_a_newcomer_is_offered_the_first_section_and_led_from_one_to_the_next(school: School):
    browser = school.browser(Class.of(school).learner)
    sections = school.shelf.current().modules[FIRST].sections
    page = go_on(browser)
    for section in sections:
        assert page.path == f"/learn/{PROGRAM}/{FIRST}/{section.id}"
        page = page.submit(page.path)
    assert page.path == "/learn"
    assert "You have read all of" in page.text


def test_after_reading_the_quiz_after_the_quiz_the_role_play(school: School):
    made = Class.of(school)
    browser = school.browser(made.learner)
    school.read_all(made.learner, FIRST)
    assert go_on(browser).path == f"/quizzes/{FIRST}"
    school.take_quiz(made.learner, FIRST)
    assert go_on(browser).path == f"/role-plays/{SCENARIOS[0]}"


def test_what_is_begun_comes_before_all_else_for_its_clock_may_run(school: School):
    made = Class.of(school)
    school.read_all(made.learner)
    browser = school.browser(made.learner)
    with school.database.writing() as session:
        way = learning.way(session, school.shelf, made.learner.id, PROGRAM)
        role_plays.begin(session, school.now, way, SCENARIOS[3], "written", made.learner)
        session.commit()
    assert go_on(browser).path == f"/role-plays/{SCENARIOS[3]}"
    with school.database.writing() as session:
        way = learning.way(session, school.shelf, made.learner.id, PROGRAM)
        attempts.start(session, way, school.now, made.learner, QUIZZES[2])
        session.commit()
    assert go_on(browser).path == f"/quizzes/{QUIZZES[2]}"


def test_what_waits_for_a_trainer_is_set_aside_and_comes_back_when_it_must_be_tried_again(
    school: School,
):
    made = Class.of(school)
    made.complete(but={SCENARIOS[0], "live"})
    browser = school.browser(made.learner)
    assert go_on(browser).path == f"/role-plays/{SCENARIOS[0]}"
    ref = school.hand_in(made.learner, SCENARIOS[0])
    page = browser.open("/learn")
    assert offered(page) == ""
    assert "You have done all you can do for now" in page.text
    school.grade(ref, made.raters, level=2)
    assert go_on(browser).path == f"/role-plays/{SCENARIOS[0]}"
    assert "Try again" in browser.open(f"/role-plays/{SCENARIOS[0]}").text


def test_when_nothing_is_missing_the_certificate_is_offered_and_then_nothing_more(school: School):
    made = Class.of(school)
    made.complete()
    browser = school.browser(made.learner)
    page = browser.open("/learn")
    assert "Nothing is missing" in offered(page)
    browser.open("/certificates").submit("/certificates")
    page = browser.open("/learn")
    assert "You have finished this program" in page.text
    assert offered(page) == ""


def test_a_step_that_is_not_open_cannot_be_begun_by_its_address(school: School):
    made = Class.of(school)
    browser = school.browser(made.learner)
    fields = fresh(browser)
    for address in (f"/quizzes/{FIRST}", f"/role-plays/{SCENARIOS[0]}"):
        page = browser.open(address)
        assert "Cannot start yet" in page.text
        assert browser.post(address, fields).status == 422
    with school.database.reading() as session:
        way = learning.way(session, school.shelf, made.learner.id, PROGRAM)
    assert not way.waiting


def test_reading_a_section_again_changes_nothing(school: School):
    made = Class.of(school)
    browser = school.browser(made.learner)
    section = school.shelf.current().modules[FIRST].sections[0].id
    address = f"/learn/{PROGRAM}/{FIRST}/{section}"
    for _ in range(3):
        browser.post(address, fresh(browser))
    with school.database.reading() as session:
        way = learning.way(session, school.shelf, made.learner.id, PROGRAM)
    assert way.progress.done == 1


def test_what_is_in_no_program_of_theirs_is_not_found(school: School):
    browser = school.browser(Class.of(school).learner)
    for address in (
        "/learn/no-program/x/y", f"/learn/{PROGRAM}/no-module/x", f"/learn/{PROGRAM}/{FIRST}/none",
        f"/learn/{PROGRAM}/none", "/quizzes/none", "/role-plays/none", "/attempts/none/1",
        "/attempts/none/check", "/attempts/none/result", "/role-plays/answers/none/1",
        "/role-plays/answers/none/check", "/role-plays/feedback/none", "/certificates/none.pdf",
    ):  # fmt: skip
        assert browser.open(address).status == 404, address


def test_a_module_prints_on_one_page(school: School):
    browser = school.browser(Class.of(school).learner)
    page = browser.open(f"/learn/{PROGRAM}/{FIRST}")
    for section in school.shelf.current().modules[FIRST].sections:
        assert section.title in page.text
