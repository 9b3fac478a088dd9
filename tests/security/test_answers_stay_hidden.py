"""No key, reason or trainer's note reaches a learner before the attempt is handed in."""

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from flask import Response, request, request_finished

from lms.content.editions import Edition, Kind
from lms.content.places import content_root
from lms.content.tree import read
from lms.domain.items import ask, key
from lms.domain.people import Role
from lms.records import shelf as shelves
from lms.records.shelf import Shelf
from tests.browsing import Browser, Page
from tests.school import School
from tests.security.crawling import crawl

MARK = "canary7f3k"
QUIZ, SCENARIO = "crisis-support", "marcus-at-the-door"


def mark_bank(body: dict[str, Any]) -> None:
    for item in body["items"]:
        for option in item["options"]:
            option["id"] = f"{MARK}-{option['id']}"
            option["reason"] += MARK
        for prompt in item.get("prompts", ()):
            prompt["match"] = f"{MARK}-{prompt['match']}"


def mark_rubric(body: dict[str, Any]) -> None:
    for criterion in body["criteria"]:
        criterion["next_step"] += MARK
        for level in ("1", "2", "4"):  # the third is shown: it says what competent is
            criterion["levels"][level] += MARK
        for flag in criterion.get("red_flags", ()):
            flag["text"] += MARK
            flag["reason"] += MARK


def mark_scene(body: dict[str, Any]) -> None:
    body["persona"]["about"] += MARK
    for turn in body["turns"]:
        turn["note"] = turn.get("note", "") + MARK


MARKS = {Kind.BANK: mark_bank, Kind.RUBRIC: mark_rubric, Kind.ROLE_PLAY: mark_scene}


def marked(edition: Edition) -> Edition:
    """The same edition with a mark in everything a learner must not see."""
    kind, body = Kind(edition.kind), deepcopy(edition.body)
    MARKS.get(kind, lambda _body: None)(body)
    return Edition.of(kind, edition.id, body, edition.rendered)


@pytest.fixture
def marked_school(school: School) -> School:
    editions = [marked(edition) for edition in read(content_root()).editions]
    with school.database.writing() as session:
        shelves.publish(session, school.now, editions)
        session.commit()
    return School(school.settings, school.database, Shelf(school.database))


@pytest.fixture
def heard(marked_school: School) -> Iterator[list[str]]:
    """Addresses of all answers that held the mark anywhere, headers and comments too."""
    found: list[str] = []

    def listen(_app: object, response: Response, **_more: object) -> None:
        if not response.direct_passthrough:
            said = f"{response.headers}{response.get_data(as_text=True)}"
            found.extend([f"{request.method} {request.path}"] * (MARK in said))

    with request_finished.connected_to(listen, marked_school.app):
        yield found


def pause(browser: Browser, page: Page, **typed: str) -> str:
    """What the server says when typing pauses."""
    fields = page.fields("/attempts/") | {k: [v] for k, v in typed.items()}
    return browser.post(page.path, fields, X_Autosave="1").response.text


def test_no_key_and_no_reason_is_seen_before_the_attempt_is_handed_in(
    marked_school: School, heard: list[str]
):
    learner = marked_school.person(Role.LEARNER, marked_school.cohort())
    marked_school.read_all(learner)
    browser = marked_school.browser(learner)
    crawl(browser)
    page = browser.open(f"/quizzes/{QUIZ}").submit("/quizzes/")
    first = page
    while "/check" not in page.path:
        lengths = {len(pause(browser, browser.open(page.path), answer=str(n))) for n in (1, 2, 3)}
        assert len(lengths) == 1, "an acknowledgement depends on what was chosen"
        stale = page.fields("/attempts/") | {"answer": ["4", "1"], "revision": ["0"]}
        assert browser.post(page.path, stale).status == 409
        page = browser.open(page.path).submit("/attempts/")
    browser.open(first.path.rpartition("/")[0] + "/result")
    crawl(browser, skip="/learn/")
    assert heard == []
    page.submit("/submit")
    assert heard, "the marks are shown with the result, or this test could not fail"


def test_no_note_for_trainers_is_seen_while_a_role_play_is_written(
    marked_school: School, heard: list[str]
):
    cohort = marked_school.cohort()
    learner = marked_school.person(Role.LEARNER, cohort)
    marked_school.read_all(learner)
    browser = marked_school.browser(learner)
    page = browser.open(f"/role-plays/{SCENARIO}").submit(f"/role-plays/{SCENARIO}")
    while "/check" not in page.path:
        page = page.submit("/role-plays/answers", reply="What happened today?")
    crawl(browser, skip="/learn/")
    page.submit("/check")
    crawl(browser, skip="/learn/")
    assert heard == []
    assessor = marked_school.browser(marked_school.person(Role.ASSESSOR, cohort))
    crawl(assessor)
    assert heard, "the marks are shown to trainers, or this test could not fail"


def test_the_place_of_the_best_answer_is_drawn_evenly(school: School):
    library = school.shelf.current()
    places: Counter[int] = Counter()
    for bank in library.banks.values():
        for item in bank.items:
            if len(item.options) != 4 or len(key(item)) != 1:
                continue
            best = item.option(key(item)[0]).text
            for seed in range(300):
                shown = [choice.text for choice in ask(item, f"seed{seed}").choices]
                places[shown.index(best)] += 1
    total = sum(places.values())
    spread = (total * 0.25 * 0.75) ** 0.5
    assert total > 10_000
    assert all(abs(places[n] - total / 4) < 5 * spread for n in range(4)), places
