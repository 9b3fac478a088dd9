"""Words typed before a session, a token or a form ran out come back and are saved by one button."""

from datetime import timedelta

import pytest

from lms.domain.people import ABSOLUTE, IDLE, Role
from lms.models.people import Person
from tests.browsing import Browser, Page
from tests.faults.at_once import Form
from tests.faults.reply import WORDS, replies
from tests.school import PASSWORD, School


def send_again(page: Page) -> Page:
    """Press the one button of the page that shows what was typed."""
    assert WORDS in page.soup.select_one("blockquote.typed").text
    return page.submit("/role-plays/")


@pytest.mark.parametrize("limit", [IDLE, ABSOLUTE], ids=["idle", "absolute"])
def test_words_sent_after_the_session_ended_are_saved_after_signing_in(
    school: School, learner: Person, mine: Browser, typed: Form, limit: timedelta
):
    school.now += limit + timedelta(minutes=1)
    page = mine.post(*typed)
    assert page.status == 401
    assert "What you typed is kept" in page.text
    wrong = page.submit("/sign-in", email=learner.email, password="not the password")
    assert wrong.status == 422
    back = wrong.submit("/sign-in", email=learner.email, password=PASSWORD)
    assert replies(school) == []
    assert send_again(back).status == 200
    assert replies(school) == [WORDS]


@pytest.mark.parametrize("token", ["", "made-up", "IjEyMyI.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb"])
def test_words_sent_with_a_token_that_ran_out_are_saved_by_one_button(
    school: School, mine: Browser, typed: Form, token: str
):
    path, fields = typed
    page = mine.post(path, {**fields, "csrf_token": [token]})
    assert page.status == 400
    assert replies(school) == []
    assert send_again(page).status == 200
    assert replies(school) == [WORDS]


def test_words_sent_after_the_form_cookie_was_lost_are_saved_by_one_button(
    school: School, mine: Browser, typed: Form
):
    mine.client.delete_cookie("__Host-peerpath-form", domain="school.example")
    page = mine.post(*typed)
    assert page.status == 400
    assert send_again(page).status == 200
    assert replies(school) == [WORDS]


def test_nobody_else_gets_the_words_by_signing_in(school: School, mine: Browser, typed: Form):
    other = school.person(Role.LEARNER, school.cohort("Other"))
    school.now += IDLE + timedelta(minutes=1)
    back = mine.post(*typed).submit("/sign-in", email=other.email, password=PASSWORD)
    assert send_again(back).status == 404
    assert replies(school) == []


OTHER_SITES = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://school.example.evil.example"},
    {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site"},
]


@pytest.mark.parametrize("headers", OTHER_SITES, ids=str)
def test_a_form_from_another_site_is_refused(
    school: School, mine: Browser, typed: Form, headers: dict[str, str]
):
    assert mine.post(*typed, **headers).status == 403
    assert replies(school) == []


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://school.example", "Sec_Fetch_Site": "same-origin"}, {}], ids=str
)
def test_a_form_from_our_own_page_is_taken(
    school: School, mine: Browser, typed: Form, headers: dict[str, str]
):
    assert mine.post(*typed, **headers).status == 200
    assert replies(school) == [WORDS]
