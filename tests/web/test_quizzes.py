"""Quizzes: limits, waiting, credit for part of an answer, and a reason for every option."""

import re
from datetime import timedelta

import pytest

from lms.domain.items import Credit, ItemType, key, score
from lms.domain.people import Role
from lms.models.people import Person
from lms.records import attempts, goes
from tests.browsing import Page
from tests.completing import fresh
from tests.school import School

QUIZ = "crisis-support"


@pytest.fixture
def learner(school: School) -> Person:
    """Someone who has read the module."""
    made = school.person(Role.LEARNER, school.cohort())
    school.read_all(made, QUIZ)
    return made


def test_a_quiz_may_be_tried_three_times_with_a_wait_between(school: School, learner: Person):
    browser = school.browser(learner)
    for left in (2, 1):
        school.take_quiz(learner, QUIZ, right=False)
        page = browser.open(f"/quizzes/{QUIZ}")
        assert "You can try again from" in page.text
        assert re.search(rf"Goes left {left}\b", page.text)
        school.pass_time(hours=11, minutes=59)
        browser = school.browser(learner)
        page = browser.open(f"/quizzes/{QUIZ}")
        assert not page.soup.select(f'form[action$="/quizzes/{QUIZ}"]')
        assert browser.post(f"/quizzes/{QUIZ}", fresh(browser)).path == f"/quizzes/{QUIZ}"
        school.pass_time(minutes=1)
        assert "Start again" in browser.open(f"/quizzes/{QUIZ}").text
    school.take_quiz(learner, QUIZ, right=False)
    school.pass_time(days=30)
    page = school.browser(learner).open(f"/quizzes/{QUIZ}")
    assert "You have used every go at this quiz" in page.text
    assert page.click("Talk to your coordinator").path == "/help"


def test_a_passed_quiz_is_closed_and_counts_once(school: School, learner: Person):
    school.take_quiz(learner, QUIZ)
    browser = school.browser(learner)
    page = browser.open(f"/quizzes/{QUIZ}")
    assert "You have passed this quiz" in page.text
    browser.post(f"/quizzes/{QUIZ}", fresh(browser))
    with school.database.reading() as session:
        assert len(goes.of_quiz(session, learner.id, QUIZ)) == 1
    assert browser.open("/hours").text.count("Hours formula, quiz passed") == 1


def test_starting_twice_gives_the_attempt_that_runs(school: School, learner: Person):
    first, second = school.browser(learner), school.browser(learner)
    one = first.open(f"/quizzes/{QUIZ}")
    two = second.open(f"/quizzes/{QUIZ}")
    assert one.submit("/quizzes/").path == two.submit("/quizzes/").path


def test_the_result_gives_a_reason_for_every_option_and_never_before(
    school: School, learner: Person
):
    browser = school.browser(learner)
    page = browser.open(f"/quizzes/{QUIZ}").submit("/quizzes/")
    ref = page.path.split("/")[2]
    with school.database.reading() as session:
        items = attempts.sitting(session, school.shelf, learner, ref).items
    for number in range(1, len(items) + 1):
        shown = browser.open(f"/attempts/{ref}/{number}").response.get_data(as_text=True)
        for item in items:
            assert not [o.reason for o in item.options if words(o.reason) in words(shown)]
    school.answer_all(learner, ref)
    result = browser.open(f"/attempts/{ref}/check").submit("/submit")
    assert result.path == f"/attempts/{ref}/result"
    assert "Passed" in result.text
    for item in items:
        for option in item.options:
            assert words(option.reason) in words(result.text), (item.id, option.id)


def words(text: str) -> str:
    """Letters only, so that marks of emphasis and entities do not matter."""
    return re.sub(r"&\w+;|&#\d+;|[^a-z]", "", text.lower())


def sit(school: School, learner: Person, answer) -> tuple[Page, list]:
    """Answer each item by ``answer(item)``, hand in; the result page and the sitting's items."""
    browser = school.browser(learner)
    ref = browser.open(f"/quizzes/{QUIZ}").submit("/quizzes/").path.split("/")[2]
    with school.database.writing() as session:
        sitting = attempts.sitting(session, school.shelf, learner, ref)
        for item in sitting.items:
            attempts.save(session, school.now, sitting, item, answer(item), 0)
        session.commit()
    return browser.open(f"/attempts/{ref}/check").submit("/submit"), list(sitting.items)


def half(item):
    """An answer that is right in part."""
    best = key(item)
    if item.type is ItemType.MULTIPLE:
        return best[:1]
    if item.type is ItemType.MATCHING:
        return (*best[:-1], "")
    if item.type is ItemType.ORDERING:
        return (*best[1:], best[0])
    ranked = sorted(item.options, key=lambda option: option.worth)
    partly = [o.id for o in ranked if 0 < o.worth < 4]
    return tuple(partly[:1]) or best[:1]


def test_part_of_an_answer_earns_its_part_and_the_page_says_how_much(
    school: School, learner: Person
):
    page, items = sit(school, learner, half)
    shown = {
        int(section["aria-labelledby"].removeprefix("item-")): section.select_one(".soft").text
        for section in page.soup.select("section.review")
    }
    earned = [score(item, half(item)) for item in items]
    for number, points in enumerate(earned, 1):
        assert f"{points} of 4 points" in shown[number], items[number - 1]
    assert f"You earned {sum(earned)} of {4 * len(items)} points" in page.text
    assert any(0 < points < 4 for points in earned)
    assert all(
        points in (0, 4)
        for item, points in zip(items, earned, strict=True)
        if item.credit is Credit.ALL and item.type is not ItemType.SITUATIONAL
    )


def test_nothing_answered_is_nothing_earned_and_every_section_is_named_again(
    school: School, learner: Person
):
    page, items = sit(school, learner, lambda _item: ())
    assert "You earned 0 of" in page.text
    assert page.text.count("You gave no answer.") == len(items)
    links = {a["href"].rpartition("/")[2] for a in page.soup.select("ul.ways a[href]")}
    assert {item.section for item in items} <= links
    assert "You have 2 goes left" in page.text


def test_what_was_saved_in_time_counts_and_what_came_late_does_not(school: School, learner: Person):
    browser = school.browser(learner)
    page = browser.open(f"/quizzes/{QUIZ}").submit("/quizzes/")
    fields = page.fields("/attempts/")
    fields["answer"] = ["1"]
    school.pass_time(minutes=31)
    ref = page.path.split("/")[2]
    late = browser.post(page.path, fields)
    assert late.path == f"/attempts/{ref}/check"
    paused = browser.post(page.path, fields | {"once": ["x"]}, follow=False, X_Autosave="1")
    assert paused.status == 409
    assert browser.open(f"/attempts/{ref}/1").path == f"/attempts/{ref}/check"
    with school.database.reading() as session:
        assert not attempts.sitting(session, school.shelf, learner, ref).answers
    result = browser.open(f"/attempts/{ref}/check").submit("/submit")
    assert "You earned 0 of" in result.text


def test_extra_time_reaches_a_running_attempt(school: School, learner: Person):
    browser = school.browser(learner)
    page = browser.open(f"/quizzes/{QUIZ}").submit("/quizzes/")
    school.pass_time(minutes=31)
    with school.database.writing() as session:
        session.get_one(Person, learner.id).time_factor = 0
        session.commit()
    turned = page.submit("/attempts/", answer="1")
    assert turned.path.endswith("/2")


def test_a_pause_saves_and_the_same_again_is_no_change(school: School, learner: Person):
    browser = school.browser(learner)
    page = browser.open(f"/quizzes/{QUIZ}").submit("/quizzes/")
    fields = page.fields("/attempts/") | {"answer": ["1"]}
    first = browser.post(page.path, fields, follow=False, X_Autosave="1").response.get_json()
    again = browser.post(page.path, fields, follow=False, X_Autosave="1").response.get_json()
    assert first["revision"] == again["revision"] == 1


def test_an_older_page_never_overwrites_a_newer_answer(school: School, learner: Person):
    browser = school.browser(learner)
    page = browser.open(f"/quizzes/{QUIZ}").submit("/quizzes/")
    other = browser.open(page.path)
    page.submit("/attempts/", answer="1")
    stale = other.submit("/attempts/", answer="2", follow=False)
    assert stale.status == 409
    fields = other.fields("/attempts/") | {"answer": ["2"], "once": ["y"]}
    assert browser.post(page.path, fields, follow=False, X_Autosave="1").status == 409


def test_handing_in_twice_shows_the_same_result(school: School, learner: Person):
    ref = school.take_quiz(learner, QUIZ)
    browser = school.browser(learner)
    assert browser.post(f"/attempts/{ref}/submit", fresh(browser)).path == f"/attempts/{ref}/result"
    assert browser.open(f"/attempts/{ref}/check").path == f"/attempts/{ref}/result"
    page = browser.open(f"/attempts/{ref}/99")
    assert page.status == 404


def test_a_wait_is_counted_from_handing_in(school: School, learner: Person):
    school.take_quiz(learner, QUIZ, right=False)
    quiz = school.shelf.current().quizzes[QUIZ]
    with school.database.reading() as session:
        mine = goes.of_quiz(session, learner.id, QUIZ)
        entry = goes.entry(session, quiz, mine, school.now)
    assert entry.opens_at == mine[0].submitted_at + timedelta(hours=quiz.wait_hours)
