"""Role-plays judged: by one, by two, by a third; told to the learner; never by themselves."""

import re

import pytest

from lms.domain.people import Grant, Role
from lms.models.journal import OutboxJob
from lms.models.people import Person
from lms.records import people
from tests.browsing import Browser, Page
from tests.completing import ONE_RATER, TWO_RATERS, Class, fresh
from tests.school import School

MARKED = "cultural-humility-conversation"


@pytest.fixture
def made(school: School) -> Class:
    """A cohort whose learner has read everything."""
    found = Class.of(school)
    school.read_all(found.learner)
    return found


def filled(page: Page, level: int, comment: str = "", **other: object) -> dict[str, object]:
    """A sheet with the same level everywhere; ``other`` by field name."""
    names = sorted({f["name"] for f in page.soup.select("input[name^=level-]")})
    comments = {n.replace("level-", "comment-"): comment for n in names}
    values = {**{name: str(level) for name in names}, **comments, "go": "sign", **other}
    return {name: [str(value)] for name, value in values.items()}


def sign(browser: Browser, ref: str, level: int, comment: str = "", **other: object) -> Page:
    page = browser.open(f"/grading/{ref}")
    return browser.post(page.path, page.fields("/grading/") | filled(page, level, comment, **other))


def first_flag(page: Page) -> tuple[str, str]:
    box = page.soup.select_one("input[name^=flag-]")
    return str(box["name"]), str(box["value"])


def tell(school: School, made: Class, ref: str) -> Page:
    """Release everything and open what the learner sees."""
    school.browser(made.coordinator).open("/outcomes").submit("/outcomes", go="all")
    return school.browser(made.learner).open(f"/role-plays/feedback/{ref}")


def test_one_rater_decides_and_the_learner_sees_it_only_after_release(school: School, made: Class):
    ref = school.hand_in(made.learner, ONE_RATER)
    signed = sign(
        school.browser(made.raters[0]),
        ref,
        3,
        "You stayed calm.",
    )
    assert "Your sheet is signed. The outcome waits to be released." in signed.text
    learner = school.browser(made.learner)
    assert learner.open(f"/role-plays/feedback/{ref}").status == 404
    assert "With your trainer" in learner.open(f"/role-plays/{ONE_RATER}").text
    page = tell(school, made, ref)
    assert "Passed: The intake form" in page.text
    assert "You stayed calm." in page.text
    assert learner.open(f"/role-plays/answers/{ref}/check").path == f"/role-plays/feedback/{ref}"


def test_the_learner_sees_levels_cited_turns_next_steps_and_may_try_again(
    school: School, made: Class
):
    ref = school.hand_in(made.learner, ONE_RATER)
    browser = school.browser(made.raters[0])
    sheet = browser.open(f"/grading/{ref}")
    name = str(sheet.soup.select_one("input[name^=turns-]")["name"])
    sign(browser, ref, 2, "You gave advice too early.", **{name: "2, 4"})
    page = tell(school, made, ref)
    assert "Not yet: The intake form" in page.text
    assert "You gave advice too early." in page.text
    rubric = school.shelf.current().rubrics[MARKED]
    for criterion in rubric.criteria:
        assert " ".join(criterion.next_step.split()) in page.text
        assert " ".join(criterion.levels[2].split()) in page.text
    for turn in ("2", "4"):
        assert page.soup.select(f'a[href="#turn-{turn}"]')
        assert page.soup.find(id=f"turn-{turn}")
    again = page.click("Try again").submit("/role-plays/")
    assert re.fullmatch(r"/role-plays/answers/\w+/1", again.path)
    assert ref not in again.path


def test_two_raters_never_see_each_other_before_both_have_signed(school: School, made: Class):
    ref = school.hand_in(made.learner, TWO_RATERS)
    first, second = (school.browser(rater) for rater in made.raters[:2])
    assert "private until the other one is in" in sign(first, ref, 3, "Secret words.").text
    page = second.open(f"/grading/{ref}")
    assert "Secret words." not in page.text
    assert made.learner.name not in page.text
    assert first.open(f"/outcomes/{ref}").status == 404
    assert "The outcome waits to be released" in sign(second, ref, 4).text
    outcome = first.open(f"/outcomes/{ref}")
    assert "Secret words." in outcome.text
    seen = tell(school, made, ref)
    assert "Passed" in seen.text
    assert not [rater.name for rater in made.raters if rater.name in seen.text]


def test_a_signed_sheet_is_closed_and_other_seats_are_not_taken(school: School, made: Class):
    ref = school.hand_in(made.learner, ONE_RATER)
    first, second = (school.browser(rater) for rater in made.raters[:2])
    open_page = second.open(f"/grading/{ref}")
    kept = first.open(f"/grading/{ref}")
    first.post(kept.path, kept.fields("/grading/") | filled(kept, 3, go="keep"))
    late = second.post(
        open_page.path, open_page.fields("/grading/") | filled(open_page, 1, "My words.")
    )
    assert late.status == 409
    assert "Other trainers are already rating" in late.text
    assert "My words." in late.text
    assert ref not in str(second.open("/grading").soup)
    sign(first, ref, 3)
    assert "You have signed your sheet" in first.open(f"/grading/{ref}").text
    assert "has been decided" in school.browser(made.raters[2]).open(f"/grading/{ref}").text


def test_two_who_stand_apart_are_settled_by_a_third(school: School, made: Class):
    ref = school.hand_in(made.learner, TWO_RATERS)
    sign(school.browser(made.raters[0]), ref, 4)
    apart = sign(school.browser(made.raters[1]), ref, 2, "Missed the question.")
    assert "so a third trainer reads" in apart.text
    assert (
        "With your trainer" in school.browser(made.learner).open(f"/role-plays/{TWO_RATERS}").text
    )
    third = school.browser(made.raters[2])
    assert "Missed the question." not in third.open(f"/grading/{ref}").text
    sign(third, ref, 3)
    assert "Passed" in tell(school, made, ref).text


def test_a_red_flag_blocks_the_pass_and_is_told_with_its_reason(school: School, made: Class):
    ref = school.hand_in(made.learner, ONE_RATER)
    browser = school.browser(made.raters[0])
    name, flag = first_flag(browser.open(f"/grading/{ref}"))
    refused = sign(browser, ref, 4, **{name: flag})
    assert refused.status == 422
    assert "a level below 3 needs it" in refused.text
    comment = name.replace("flag-", "comment-")
    sign(browser, ref, 4, **{name: flag, comment: "You promised to keep it secret."})
    page = tell(school, made, ref)
    rubric = school.shelf.current().rubrics[MARKED]
    seen = next(f for c in rubric.criteria for f in c.red_flags if f.id == flag)
    assert "Not yet" in page.text
    assert " ".join(seen.text.split()) in page.text
    assert " ".join(seen.reason.split()) in page.text


def test_a_sheet_that_lacks_something_says_what_and_loses_nothing(school: School, made: Class):
    ref = school.hand_in(made.learner, ONE_RATER)
    browser = school.browser(made.raters[0])
    page = browser.open(f"/grading/{ref}")
    values = filled(page, 3, "Half a thought.")
    turns = str(page.soup.select_one("input[name^=turns-]")["name"])
    missing = str(page.soup.select_one("input[name^=level-]")["name"])
    del values[missing]
    answer = browser.post(page.path, page.fields("/grading/") | values | {turns: ["99"]})
    assert answer.status == 422
    assert "Choose a level." in answer.text
    assert "Turns go from 1 to 16." in answer.text
    assert answer.text.count("Half a thought.") >= 1
    assert answer.fields("/grading/")[turns] == ["99"]


def test_a_draft_is_saved_in_a_pause_and_an_older_tab_never_overwrites_it(
    school: School, made: Class
):
    ref = school.hand_in(made.learner, ONE_RATER)
    browser = school.browser(made.raters[0])
    page = browser.open(f"/grading/{ref}")
    fields = page.fields("/grading/") | filled(page, 3, "First.")
    saved = browser.post(page.path, fields, follow=False, X_Autosave="1").response.get_json()
    assert saved["revision"] == 1
    other = fields | filled(page, 2, "Second.")
    assert browser.post(page.path, other, follow=False, X_Autosave="1").status == 409
    conflict = browser.post(page.path, other | {"once": ["z"]}, follow=False)
    assert conflict.status == 409
    assert "Second." in conflict.text
    assert "First." in conflict.text
    closed = school.browser(made.raters[1])
    stopped = closed.post(page.path, fresh(closed) | filled(page, 3), follow=False, X_Autosave="1")
    assert stopped.status == 409


def test_an_outcome_is_amended_with_a_reason_and_both_stay_on_record(school: School, made: Class):
    ref = school.hand_in(made.learner, ONE_RATER)
    school.grade(ref, made.raters, level=2)
    desk = school.browser(made.coordinator)
    levels = [n for n in desk.open(f"/outcomes/{ref}").fields("/outcomes/") if "level-" in n]
    better = dict.fromkeys(levels, "3")
    without = desk.open(f"/outcomes/{ref}").submit("/outcomes/", **better, reason=" ")
    assert (without.status, "Say why" in without.text) == (422, True)
    same = desk.open(f"/outcomes/{ref}").submit("/outcomes/", reason="No change")
    assert (same.status, "No level was changed" in same.text) == (422, True)
    wrong = desk.open(f"/outcomes/{ref}").submit("/outcomes/", **{levels[0]: "9"}, reason="x")
    assert wrong.status == 422
    page = desk.open(f"/outcomes/{ref}").submit(
        "/outcomes/", **better, reason="The second half was overlooked."
    )
    assert "The outcome is amended." in page.text
    seen = school.browser(made.learner).open(f"/role-plays/feedback/{ref}")
    assert "Passed: The intake form" in seen.text
    assert "The second half was overlooked." in seen.text
    assert "from Not yet to Competent" in seen.text


def test_outcomes_are_released_in_a_batch_with_one_letter_each(school: School, made: Class):
    refs = [school.hand_in(made.learner, s) for s in (ONE_RATER, TWO_RATERS)]
    for ref in refs:
        school.grade(ref, made.raters, release=False)
    desk = school.browser(made.coordinator)
    nothing = desk.open("/outcomes").submit("/outcomes")
    assert (nothing.status, "Tick at least one" in nothing.text) == (422, True)
    one = desk.open("/outcomes").submit("/outcomes", play=refs[0])
    assert "1 outcome is released." in one.text
    assert "No outcome waits" in desk.open("/outcomes").submit("/outcomes", go="all").text
    with school.database.reading() as session:
        letters = [job.body for job in session.query(OutboxJob) if job.kind == "mail"]
    assert [letter["to"] for letter in letters] == [made.learner.email] * 2
    assert not any(word in str(letters) for word in ("ride", "Passed", "Not yet"))


@pytest.fixture
def both(school: School, made: Class) -> Person:
    """A learner of the cohort who also trains and coordinates in it."""
    person = made.learner
    with school.database.writing() as session:
        for role in (Role.ASSESSOR, Role.COORDINATOR):
            people.add_grant(session, person, Grant(role, made.cohort.id))
        session.commit()
    return person


def test_nobody_grades_releases_or_amends_themselves(school: School, made: Class, both: Person):
    ref = school.hand_in(both, ONE_RATER)
    browser = school.browser(both)
    assert ref not in str(browser.open("/grading").soup)
    stopped = browser.open(f"/grading/{ref}")
    assert "Nobody grades themselves" in stopped.text
    sent = browser.post(f"/grading/{ref}", fresh(browser) | {"go": ["sign"]})
    assert sent.status == 409
    school.grade(ref, made.raters, release=False)
    assert ref not in str(browser.open("/outcomes").soup)
    browser.post("/outcomes", fresh(browser) | {"play": [ref], "shown": [ref], "go": ["all"]})
    assert browser.open(f"/outcomes/{ref}").status == 404
    assert browser.post(f"/outcomes/{ref}", fresh(browser)).status == 404
    assert browser.open(f"/role-plays/feedback/{ref}").status == 404
    page = browser.open("/grading/live")
    assert both.ref not in str(page.soup)
    chosen = {"learner": [both.ref], "scenario": [ONE_RATER]}
    assert browser.post("/grading/live", fresh(browser) | chosen).status == 422


def test_a_live_role_play_is_observed_with_the_same_sheet(school: School, made: Class):
    browser = school.browser(made.raters[0])
    page = browser.open("/grading/live").submit("/grading/live", scenario=ONE_RATER)
    assert page.status == 422
    page = browser.open("/grading/live").submit(
        "/grading/live", learner=made.learner.ref, scenario=ONE_RATER
    )
    ref = page.path.rpartition("/")[2]
    assert made.learner.name in page.text
    sign(browser, ref, 3)
    assert "Passed" in tell(school, made, ref).text
    unknown = browser.open("/grading/live").submit(
        "/grading/live", learner=made.learner.ref, scenario="none"
    )
    assert "not part of the learner" in unknown.text


def test_a_written_go_that_runs_is_not_replaced_by_a_live_one(school: School, made: Class):
    school.hand_in(made.learner, ONE_RATER)
    page = school.browser(made.raters[0]).open("/grading/live")
    answer = page.submit("/grading/live", learner=made.learner.ref, scenario=ONE_RATER)
    assert "has a written go at this scenario" in answer.text


def test_sign_and_next_opens_the_next_one(school: School, made: Class):
    refs = [school.hand_in(made.learner, s) for s in (ONE_RATER, TWO_RATERS)]
    browser = school.browser(made.raters[0])
    page = sign(browser, refs[0], 3, go="next")
    assert page.path == f"/grading/{refs[1]}"
    assert sign(browser, refs[1], 3, go="next").path == "/grading"


def test_words_of_a_role_play_are_kept_turn_by_turn_until_it_is_handed_in(
    school: School, made: Class
):
    browser = school.browser(made.learner)
    page = browser.open(f"/role-plays/{ONE_RATER}").submit("/role-plays/")
    early = browser.post(page.path.rpartition("/")[0] + "/check", fresh(browser))
    assert early.status == 422
    stale = browser.open(page.path)
    while "/check" not in page.path:
        page = page.submit("/answers/", reply="I hear you.\r\nTell me more.")
    too_long = stale.submit("/answers/", reply="x" * 4001)
    assert (too_long.status, "Shorten it to 4000" in too_long.text) == (422, True)
    changed = stale.submit("/answers/", reply="Another thought", follow=False)
    assert changed.status == 409
    assert "Another thought" in changed.text
    fields = stale.fields("/answers/") | {"reply": ["Third"], "once": ["q"]}
    assert browser.post(stale.path, fields, follow=False, X_Autosave="1").status == 409
    assert "Tell me more." in page.text
    assert "With your trainer" in page.submit("/check").text
    closed = browser.post(stale.path, fields | {"once": ["r"]}, follow=False, X_Autosave="1")
    assert closed.status == 409
    assert browser.open(stale.path).path.endswith("/check")
    last = browser.post(stale.path, fields | {"once": ["s"]})
    assert last.path.endswith("/check")
