"""The optional script: typed words are kept, the clock is quiet, keys stay where they belong."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

TYPE = "textarea[name=comment-listens]"
LINE = "[data-saved-line]"
LISTEN = """() => {
  window.heard = [];
  const said = document.querySelector('.clock').lastElementChild;
  const note = (changes) => changes.forEach((change) => heard.push(change.target.textContent));
  new MutationObserver(note).observe(said, { childList: true });
}"""


@pytest.fixture
def page(browser, address) -> Iterator[Page]:
    """A fresh tab whose clock the test moves."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.clock.install(time="2026-11-22T10:42:00Z")
    yield page
    context.close()


def test_a_pause_of_two_seconds_saves_once_and_says_when(page, app):
    app.config["SAVES"].clear()
    page.goto("/look/grading")
    page.locator(TYPE).press_sequentially("She waited.")
    page.clock.run_for(1500)
    assert app.config["SAVES"] == []
    page.clock.run_for(700)
    expect(page.locator(LINE)).to_have_text("Saved 10:42")
    (saved,) = app.config["SAVES"]
    assert saved["header"] == "1"
    assert saved["comment-listens"].startswith("She waited.")
    assert saved["revision"] == "4"
    assert "once" not in saved
    assert page.locator("[name=revision]").input_value() == "1"


def test_words_typed_without_a_connection_are_kept_and_saved_later(page, app):
    app.config["SAVES"].clear()
    page.goto("/look/grading")
    page.context.set_offline(True)
    page.locator(TYPE).fill("Written in a tunnel")
    page.clock.run_for(2100)
    expect(page.locator(LINE)).to_have_text("Not saved: no connection. We keep trying.")
    page.context.set_offline(False)
    page.clock.run_for(4100)
    expect(page.locator(LINE)).to_have_text("Saved 10:42")
    assert app.config["SAVES"][-1]["comment-listens"] == "Written in a tunnel"


def test_a_refusal_is_said_in_the_words_of_the_server(page):
    page.route(
        "**/save", lambda route: route.fulfill(status=409, json={"message": "Changed at 10:40."})
    )
    page.goto("/look/grading")
    page.locator(TYPE).fill("Mine")
    page.clock.run_for(2100)
    expect(page.locator(LINE)).to_have_text("Changed at 10:40.")


def test_unsaved_words_are_offered_again_after_the_page_was_lost(page):
    page.route("**/save", lambda route: route.abort())
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/look/grading")
    page.locator(TYPE).fill("Almost lost")
    page.reload()
    expect(page.locator(TYPE)).to_have_value("Turn 10 is exactly right.")
    page.get_by_role("button", name="Put them back").click()
    expect(page.locator(TYPE)).to_have_value("Almost lost")
    expect(page.locator(".kept")).to_have_count(0)


def test_leaving_warns_only_while_something_is_unsaved(page):
    warned = []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    page.goto("/look/grading")
    page.goto("/look/home")
    assert warned == []
    page.route("**/save", lambda route: route.abort())
    page.goto("/look/grading")
    page.locator(TYPE).press_sequentially("x")
    page.goto("/look/home")
    assert warned == ["beforeunload"]


def test_an_order_is_changed_by_buttons_and_by_keys_alone(page):
    page.goto("/look/quiz")
    selects = page.locator(".ordering select")
    page.get_by_role("button", name="Move up: Sit down and listen").click()
    assert [s.input_value() for s in selects.all()] == ["1", "3", "2"]
    page.keyboard.press("Enter")
    assert [s.input_value() for s in selects.all()] == ["3", "1", "2"]
    expect(page.locator("[data-order-said]")).to_have_text("Sit down and listen: now number 1")
    expect(page.locator(".move").first).to_contain_text("Sit down and listen")


def test_level_keys_work_in_a_criterion_and_never_while_words_are_typed(page):
    page.goto("/look/grading")
    page.locator("#level-acts-1").focus()
    page.keyboard.press("3")
    expect(page.locator("#level-acts-3")).to_be_checked()
    expect(page.locator("[data-sheet-count]")).to_have_text("3 of 4 rated")
    page.locator("#comment-acts").press_sequentially("2 times")
    expect(page.locator("#level-acts-3")).to_be_checked()
    expect(page.locator("#comment-acts")).to_have_value("2 times")
    page.locator("body").click(position={"x": 2, "y": 2})
    page.keyboard.press("1")
    expect(page.locator("#level-acts-3")).to_be_checked()


def test_the_clock_speaks_at_five_moments_and_can_be_hidden(page):
    page.goto("/look/quiz")
    page.evaluate(LISTEN)
    clock = page.get_by_role("timer")
    expect(clock).to_have_text("30:00")
    expect(clock).to_have_attribute("aria-live", "off")
    page.clock.run_for(1_810_000)
    assert page.evaluate("heard") == [
        "10 minutes left",
        "5 minutes left",
        "1 minute left",
        "30 seconds left",
        "The time is up. What was saved counts.",
    ]
    page.get_by_role("button", name="Hide the clock").click()
    expect(clock).to_be_hidden()


def test_a_password_can_be_seen_and_hidden_again(page):
    page.goto("/look/form")
    page.get_by_role("button", name="Show Password").click()
    expect(page.locator("#secret")).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide Password").click()
    expect(page.locator("#secret")).to_have_attribute("type", "password")


def test_leaving_replaces_the_page_so_that_back_does_not_return(page):
    page.route("https://www.weather.gov/", lambda route: route.fulfill(body="Weather"))
    page.goto("/look/home")
    page.goto("/look/quiz")
    page.locator("header ~ nav a[data-leave]").click()
    page.wait_for_url("https://www.weather.gov/")
    page.go_back()
    assert page.url.endswith("/look/home")


def test_an_error_summary_takes_the_focus_and_leads_to_each_field(page):
    page.goto("/look/errors")
    expect(page.locator("#error-summary")).to_be_focused()
    page.get_by_role("link", name="Choose how you want to read.").click()
    expect(page.locator("#way-0")).to_be_focused()


def test_every_form_works_with_no_script(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/look/quiz")
    assert page.locator(".ordering select:visible").count() == 3
    assert page.locator("button[hidden]:visible").count() == 0
    assert page.locator("p.clock-words").inner_text().startswith("You have until 11:12")
    context.close()
