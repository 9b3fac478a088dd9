"""Accounts from the command line: a link is printed, a password never passes."""

from datetime import UTC, datetime

import pytest

from lms.domain.people import Role
from tests.cli.conftest import Lms
from tests.school import HOST, PASSWORD, School


def test_an_invitation_makes_one_account_once(shop: School, lms: Lms):
    ran = lms("user", "add", "Kim@Example.org", "--role", "operator")
    assert ran.code == 0
    link = ran.out.strip()
    assert link.startswith(f"{HOST}/join/")
    assert shop.browser().open(link.removeprefix(HOST)).status == 200
    assert "kim@example.org" not in lms("user", "list").out


def test_a_cohort_is_made_once_and_said(shop: School, lms: Lms):
    first = lms("user", "add", "a@b.example", "--role", "assessor", "--cohort", "Spring")
    again = lms("user", "add", "c@d.example", "--role", "learner", "--cohort", " Spring ")
    assert "Made the cohort “Spring”" in first.err
    assert "Made" not in again.err


def test_an_invitation_that_makes_no_sense_is_refused(shop: School, lms: Lms):
    for words, said in (
        (["nonsense", "--role", "operator"], "is not an email address"),
        (["a@b.example\nBcc: c@d.example", "--role", "operator"], "is not an email address"),
        (["", "--role", "operator"], "is not an email address"),
        (["a@b.example", "--role", "learner"], "needs --cohort"),
        (["a@b.example", "--role", "learner", "--cohort", " "], "title of the cohort is empty"),
        (["a@b.example", "--role", "board", "--cohort", "Spring"], "goes without --cohort"),
        (["a@b.example", "--role", "learner", "--cohort", "X", "--program", "none"], "one of "),
    ):
        lms("user", "add", *words).refused(said)


def test_the_list_says_who_may_sign_in(shop: School, lms: Lms):
    cohort = shop.cohort()
    learner, board = shop.person(Role.LEARNER, cohort), shop.person(Role.BOARD)
    again = lms("user", "add", learner.email, "--role", "operator")
    link = again.out.strip().removeprefix(HOST)
    joined = shop.browser(learner).open(link).submit("/join/")
    assert "You have joined" in joined.text
    closed = lms("user", "disable", board.email, "--yes")
    assert "can no longer sign in" in closed.err
    rows = {row["email"]: row for row in lms("user", "list", "--json").json}
    assert rows[learner.email] == {
        "email": learner.email,
        "roles": "learner, operator",
        "state": "active",
    }
    assert rows[board.email]["state"] == "disabled"
    assert f"{board.email}  board  disabled" in lms("user", "list").out
    refused = shop.browser().open("/sign-in").submit(email=board.email, password=PASSWORD)
    assert refused.status == 422
    lms("user", "reset", board.email).refused("closed to sign-in")


def test_closing_an_account_asks_first(shop: School, lms: Lms, monkeypatch: pytest.MonkeyPatch):
    person = shop.person(Role.BOARD)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _prompt: "n")
    ran = lms("user", "disable", person.email)
    assert ran.code == 130
    assert "active" in lms("user", "list").out


def test_an_account_that_is_not_there_is_named(shop: School, lms: Lms):
    for words in (["reset", "no@one.example"], ["disable", "no@one.example", "--yes"]):
        lms("user", *words).refused("There is no account no@one.example")


def test_a_reset_link_opens_the_page_that_sets_a_password(shop: School, lms: Lms):
    learner = shop.person(Role.LEARNER, shop.cohort())
    link = lms("user", "reset", learner.email).out.strip()
    shop.now = datetime.now(UTC)
    page = (
        shop.browser()
        .open(link.removeprefix(HOST))
        .submit("/reset/", password="quite another walk", again="quite another walk")
    )
    assert page.path == "/sign-in", page.text
