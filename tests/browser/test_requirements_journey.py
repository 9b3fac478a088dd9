"""Does this count in my state? A tired trainee asks on a phone, and a coordinator at a desk."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from lms.domain.people import Role
from tests.browser.conftest import Served
from tests.browser.walker import Walker

PRINTED_SECONDS = 60


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_trainee_finds_out_what_is_missing_and_hands_in(
    served: Served, chromium: Browser, script
):
    school = served.school
    school.now = datetime.now(UTC)
    cohort = school.cohort(f"Cohort {time.monotonic_ns()}")
    learner = school.person(Role.LEARNER, cohort, "Rosa O'Neill-Mbeki")
    school.attend(learner, school.person(Role.ASSESSOR, cohort), cohort, 90)
    phone = Walker(chromium, served.url, script)
    phone.sign_in(learner)
    phone.follow("What certification boards ask for")
    phone.follow("Choose a board")
    phone.page.locator("#place").select_option("US-MD")
    phone.press("Show")
    phone.page.get_by_label("Maryland Certified Peer Recovery Specialist").check()
    phone.press("Follow these boards")
    phone.follow("Maryland Certified Peer Recovery Specialist")
    main = phone.page.locator("main")
    expect(main).to_contain_text("1 h 30 min of 50 h")
    expect(main).to_contain_text("The board decides. Ask it before you rely on this.")
    phone.follow("Answer them")
    phone.page.get_by_role("group", name="recovery").get_by_label("Yes", exact=True).check()
    phone.press("Keep my answers")
    expect(phone.page.locator("#r-certified-recovery")).to_contain_text("You said yes")
    phone.follow("I hold it")
    day = school.now - timedelta(days=400)
    phone.page.get_by_label("The day it began").fill(f"{day:%Y-%m-%d}")
    phone.press("Keep these days")
    expect(main).to_contain_text("Your renewal")
    phone.page.locator("#to").select_option("va-cprs")
    phone.page.locator("main form[action$='/moving'] button").click()
    phone.look()
    expect(main).to_contain_text("Maryland to Virginia")
    phone.open("/requirements/md-cprs/application")
    phone.press("Put it together as of today")
    address = str(main.locator("a[href$='.pdf']").first.get_attribute("href"))
    assert printed(phone, served.url + address).startswith(b"%PDF-")


def printed(phone: Walker, address: str) -> bytes:
    """The pack, when the worker has printed it."""
    until = time.monotonic() + PRINTED_SECONDS
    while time.monotonic() < until:
        answer = phone.context.request.get(address)
        if answer.status == 200:
            return answer.body()
        phone.page.wait_for_timeout(300)
    raise AssertionError("the pack was not printed in time")


def test_a_coordinator_sees_hours_against_boards_on_phone_and_desk(served, chromium):
    school = served.school
    cohort = school.cohort(f"Cohort {time.monotonic_ns()}")
    learner = school.person(Role.LEARNER, cohort, "Rosa O'Neill-Mbeki")
    school.attend(learner, school.person(Role.ASSESSOR, cohort), cohort, 90)
    desk = Walker(chromium, served.url, script=False)
    desk.sign_in(school.person(Role.COORDINATOR, cohort))
    desk.follow("Hours that boards ask for")
    desk.page.locator("#packs-0").select_option("md-cprs")
    desk.press("Show")
    expect(desk.page.locator("main")).to_contain_text("Training: 48 h 30 min missing")
