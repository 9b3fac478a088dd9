"""Nobody finds out by asking who has an account here."""

from dataclasses import replace

import pytest

from lms.domain.people import ACCOUNT_LIMIT, Role
from lms.records import people
from tests.school import PASSWORD, School
from tests.security.crawling import NEW_EACH_TIME

UNKNOWN = "nobody@new.example"


@pytest.fixture
def addresses(school: School) -> dict[str, str]:
    """An address of every standing."""
    school.settings = replace(school.settings, open_sign_up=True)
    school.__post_init__()
    cohort = school.cohort()
    known, staff, disabled = (
        school.person(role, cohort) for role in (Role.LEARNER, Role.ASSESSOR, Role.LEARNER)
    )
    with school.database.writing() as session:
        people.disable(session, school.now, session.merge(disabled), None)
        session.commit()
    operator = school.person(Role.OPERATOR)
    return {
        "unknown": UNKNOWN,
        "known": known.email,
        "staff": staff.email,
        "operator": operator.email,
        "disabled": disabled.email,
    }


def answer(school: School, path: str, email: str, **filled: str) -> tuple[object, ...]:
    """All that a stranger gets to see of the answer, without the address they typed."""
    browser = school.browser()
    page = browser.open(path).submit(path, follow=False, email=email, **filled)
    headers = {k: v for k, v in page.response.headers if k not in {"Content-Length", "Set-Cookie"}}
    headers.pop("Content-Security-Policy")
    shown = NEW_EACH_TIME.sub("", page.response.text).replace(email, "…")
    cookies = [c.partition("=")[0] for c in page.response.headers.getlist("Set-Cookie")]
    return page.status, shown, headers, cookies


FORMS = [
    ("/sign-in", {"password": "not the password"}),
    ("/reset", {}),
    ("/sign-up", {"name": "New Person", "password": PASSWORD}),
]


@pytest.mark.parametrize(("path", "filled"), FORMS, ids=lambda value: str(value)[:8])
def test_the_answer_is_the_same_whatever_address_is_typed(
    school: School, addresses: dict[str, str], path: str, filled: dict[str, str]
):
    answers = [answer(school, path, email, **filled) for email in addresses.values()]
    assert all(one == answers[0] for one in answers)


def test_a_disabled_account_answers_its_right_password_like_a_wrong_one(
    school: School, addresses: dict[str, str]
):
    right = answer(school, "/sign-in", addresses["disabled"], password=PASSWORD)
    assert right == answer(school, "/sign-in", UNKNOWN, password=PASSWORD)


def test_guesses_are_braked_alike_for_every_address(school: School, addresses: dict[str, str]):
    def tries(email: str) -> list[tuple[object, ...]]:
        guess = "not the password"
        return [answer(school, "/sign-in", email, password=guess) for _ in range(ACCOUNT_LIMIT + 2)]

    unknown = tries(UNKNOWN)
    assert [one[0] for one in unknown] == [422] * ACCOUNT_LIMIT + [429] * 2
    assert tries(addresses["known"]) == unknown
    assert tries(addresses["disabled"]) == unknown


def test_a_brake_holds_for_the_right_password_too_and_ends_by_itself(
    school: School, addresses: dict[str, str]
):
    known = addresses["known"]
    for _ in range(ACCOUNT_LIMIT):
        answer(school, "/sign-in", known.upper(), password="not the password")
    assert answer(school, "/sign-in", f" {known} ", password=PASSWORD)[0] == 429
    school.pass_time(minutes=16)
    assert answer(school, "/sign-in", known, password=PASSWORD)[0] == 303
