"""A learner's page of requirements: what is known is said, what is not is said too, and to nobody
else.
"""

import re

import pytest
from sqlalchemy import func, select

from lms.domain.people import Role
from lms.models.people import Person
from lms.models.standing import CredentialHeld, FactHeld
from lms.records import boards
from tests.browsing import Browser
from tests.school import School
from tests.web.test_query_budget import counted

MD = "md-cprs"


@pytest.fixture
def learner(school: School) -> Person:
    return school.person(Role.LEARNER, school.cohort())


@pytest.fixture
def browser(school: School, learner: Person) -> Browser:
    return school.browser(learner)


def rows(school: School, table: type) -> int:
    with school.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_home_leads_to_requirements_and_an_empty_page_says_what_to_do(browser: Browser):
    page = browser.open("/learn").click("What certification boards ask for")
    assert page.path == "/requirements"
    assert "No board yet" in page.text
    assert "Only you see this page" in page.text


def test_boards_are_chosen_without_script_and_shown_as_cards(browser: Browser):
    page = browser.open("/requirements").click("Choose a board")
    assert page.soup.select_one(f"input[type=checkbox][value={MD}]")
    page = page.submit("choose", pack=[MD])
    assert page.path == "/requirements"
    card = page.soup.select_one(".board")
    assert "Maryland" in card.text
    assert "Not yet" in card.text
    assert card.select_one(".meter")
    again = browser.open("/requirements/choose")
    assert not again.soup.select_one(f"input[value={MD}]")


def test_the_list_of_boards_is_narrowed_by_place_with_a_plain_form(browser: Browser):
    page = browser.open("/requirements/choose?place=US-MD")
    assert page.soup.select_one(f"input[value={MD}]")
    assert page.soup.select_one("option[value=US-MD][selected]")
    assert not browser.open("/requirements/choose?place=US-ZZ").soup.select("input[type=checkbox]")


def test_nothing_chosen_is_refused_with_a_sentence(browser: Browser):
    page = browser.open("/requirements/choose").submit("choose")
    assert page.status == 422
    assert "Choose at least one board." in page.text


def test_following_twice_is_following_once_and_can_be_ended(browser: Browser, school, learner):
    untouched = browser.open(f"/requirements/{MD}")
    for key in ("first", "second"):
        untouched.submit("follow", once=key)
    with school.database.reading() as session:
        assert [row.pack_id for row in boards.followed(session, learner.id)] == [MD]
    page = browser.open(f"/requirements/{MD}").submit("follow")
    assert "You no longer follow" in page.text
    assert "No board yet" in page.text


def test_each_requirement_has_its_state_its_figures_and_where_they_come_from(browser: Browser):
    page = browser.open(f"/requirements/{MD}")
    training = page.soup.select_one("#r-certified-training")
    assert "0 min of 50 h" in " ".join(training.select_one(".meter").text.split())
    cells = [
        [c.get_text(strip=True) for c in r.select("th, td")] for r in training.select("tbody tr")
    ]
    assert ["In all", "0 min", "50 h", "50 h"] in cells
    assert ["Harm Reduction", "0 min", "4 h", "4 h"] in cells
    assert ["Online training", "0 min", "at most 5 h", ""] in cells
    assert "Maryland certification requirements, Peer Bridge, 2025" in training.text
    assert "The board decides. Ask it before you rely on this." in page.text
    assert "Looked up on 22 November 2026" in page.text
    assert "We are not fully sure of these figures" in page.text
    assert "Pages name different first days" in page.text


def test_minutes_are_shown_by_domain_with_the_lines_behind_them(school, learner, browser):
    school.read_all(learner, "crisis-support")
    school.take_quiz(learner, "crisis-support")
    training = browser.open(f"/requirements/{MD}").soup.select_one("#r-certified-training")
    (line,) = training.select(".counted li")
    assert "Crisis support" in line.text
    shown = training.select_one(".meter-amount").text
    assert line.select_one(".counted-time").text.split(" of ")[0] in shown


def test_what_to_do_next_begins_with_what_can_be_done_here(browser: Browser):
    steps = browser.open(f"/requirements/{MD}").soup.select(".next-steps li")
    assert 2 <= len(steps) <= 4
    assert "The live session" in steps[0].text or "Read" in steps[0].text
    assert "questions are for you" in steps[-1].text


def test_a_question_nobody_answered_is_not_taken_for_a_no(browser: Browser):
    recovery = browser.open(f"/requirements/{MD}").soup.select_one("#r-certified-recovery")
    assert "No answer yet" in recovery.text
    assert "recovery for at least two years" in recovery.text


def test_answers_are_kept_superseded_and_taken_back(browser: Browser, school: School):
    page = browser.open(f"/requirements/{MD}/facts")
    page = page.submit(
        "facts", fact__recovery="attested", fact__education="waiting", fact__exam="no"
    )
    states = {
        n: page.soup.select_one(f"#r-certified-{n} .tag").text
        for n in ("recovery", "education", "exam", "residence")
    }
    assert states == {
        "recovery": "You said yes", "education": "Needs a signature", "exam": "Not yet",
        "residence": "No answer yet",
    }  # fmt: skip
    assert rows(school, FactHeld) == 3
    again = browser.open(f"/requirements/{MD}/facts")
    assert again.fields("facts")["fact-recovery"] == ["attested"]
    page = again.submit("facts", fact__recovery="unsaid")
    assert "No answer yet" in page.soup.select_one("#r-certified-recovery").text
    assert rows(school, FactHeld) == 4


def test_only_what_the_board_asks_is_kept(browser: Browser, school: School):
    page = browser.open(f"/requirements/{MD}/facts")
    page.submit("facts", fact__recovery="attested")
    with school.database.reading() as session:
        (row,) = session.scalars(select(FactHeld))
    assert (row.kind, row.amount, row.since) == ("recovery", 24, None)


def test_an_answer_that_is_none_is_refused_and_the_others_are_still_there(browser: Browser):
    page = browser.open(f"/requirements/{MD}/facts")
    page = page.submit("facts", fact__recovery="maybe", fact__exam="attested")
    assert page.status == 422
    assert "Choose one of the answers: Recovery." in page.text
    assert page.fields("facts")["fact-exam"] == ["attested"]


def test_a_credential_that_is_held_starts_the_clock_of_renewal(browser, school):
    page = browser.open(f"/requirements/{MD}/credential")
    page = page.submit("credential", certified_on="2025-03-02", valid_until="")
    text = page.soup.select_one("[aria-labelledby=renewal]").text
    assert "2 March 2027" in text
    assert "We do not know" in text
    card = (
        browser.open("/requirements/choose").submit("choose", pack=[MD]).soup.select_one(".board")
    )
    assert "Good through 2 March 2027" in " ".join(card.text.split())


def test_a_period_that_was_renewed_is_reckoned_from_its_end(browser: Browser):
    page = browser.open(f"/requirements/{MD}/credential")
    page = page.submit("credential", certified_on="2021-03-02", valid_until="2027-03-02")
    text = page.soup.select_one("[aria-labelledby=renewal]").text
    assert "2 March 2025" in text
    assert "2 March 2027" in text


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2027-01-01", "", "This day has not come yet."),
        ("2026-01-01", "2025-01-01", "It must be good until a day after it began."),
        ("", "", "Enter the day"),
        ("0001-01-01", "", "Check the year"),
        ("2026-01-01", "9999-12-31", "Check the year"),
        ("soon", "", "Not a valid date"),
    ],
)
def test_days_that_cannot_be_are_refused_and_stay_typed(browser, school, since, until, words):
    page = browser.open(f"/requirements/{MD}/credential")
    page = page.submit("credential", certified_on=since, valid_until=until)
    assert page.status == 422
    assert words in page.text
    assert page.soup.select_one("#certified_on")["value"] == since
    assert rows(school, CredentialHeld) == 0


def test_a_credential_is_no_longer_held_and_the_earlier_word_stays(browser, school, learner):
    page = browser.open(f"/requirements/{MD}/credential")
    page.submit("credential", certified_on="2025-03-02")
    page = browser.open(f"/requirements/{MD}/credential")
    forms = page.soup.select("form[method=post]")
    assert "I do not hold it any more" in forms[-1].text
    page = page.submit("credential", go="no")
    assert not page.soup.select("[aria-labelledby=renewal]")
    assert rows(school, CredentialHeld) == 2
    with school.database.reading() as session:
        assert boards.credentials(session, learner.id) == {}


def test_moving_says_what_another_board_would_still_ask(browser: Browser):
    page = browser.open("/requirements/va-cprs/moving?to=md-cprs")
    assert "Virginia to Maryland" in page.text
    assert "Harm Reduction: 4 h missing." in page.text
    assert "Supervision: 30 h missing." in page.text
    assert "We do not know what this board says" in page.text
    assert browser.open(f"/requirements/{MD}/moving?to=nowhere").status == 404


def test_a_rule_that_does_not_exist_is_not_there(browser: Browser):
    assert browser.open(f"/requirements/{MD}?version=1850").status == 404
    assert browser.open("/requirements/no-such-board").status == 404


VARIED = ("il-cprs", "oh-cprs", "tn-cprs", "icrc-pr-5domain", "tx-mhps", "va-cprs")
LEFT_OVER = re.compile(r"%\(|\bNone\b(?! (asked|is|of))|State\.|Undefined")


@pytest.mark.parametrize("names", [VARIED, pytest.param((), marks=pytest.mark.long)])
def test_every_board_in_every_version_is_a_page(school, browser, names):
    packs = school.shelf.current().packs
    for pack in (packs[name] for name in names or packs):
        page = browser.open(f"/requirements/{pack.id}/credential")
        page.submit("credential", certified_on="2025-03-02")
        assert browser.open(f"/requirements/{pack.id}/facts").status == 200
        for version in pack.versions:
            page = browser.open(f"/requirements/{pack.id}?version={version.id}")
            assert page.status == 200, (pack.id, version.id)
            assert "The board decides. Ask it before you rely on this." in page.text
            assert LEFT_OVER.search(page.text) is None, (pack.id, LEFT_OVER.search(page.text))


def test_a_figure_nobody_knows_is_shown_as_not_known(browser: Browser):
    page = browser.open("/requirements/hi-hcps")
    assert "We do not know how much is asked. Ask the board." in page.text


def test_pages_of_requirements_stay_within_their_statements(school, learner, browser):
    school.attend(learner, school.person(Role.ASSESSOR, school.cohort()), school.cohort(), 60)
    browser.open("/requirements/choose").submit("choose", pack=["md-cprs", "va-cprs", "co-cpfs"])
    for path, budget in (("/requirements", 6), ("/requirements/md-cprs", 12)):
        with counted(school) as sent:
            browser.open(path)
        assert len(sent) <= budget, (path, [one.statement for one in sent])
