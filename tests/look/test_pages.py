"""Every component page: readable, reachable and light, in both themes and at both widths."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
PAGES = sorted(page.stem for page in (Path(__file__).parent / "pages").glob("*.html"))
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
}
STATES = ["valid", "expired", "suspended", "revoked", "replaced", "unknown", "unreachable"]
VIEWS = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]
SMALL_CONTROLS = """() => {
  const own = 'a, button, select, textarea, summary, input:not([type=hidden])';
  const box = (e) => (e.matches('[type=radio], [type=checkbox]') ? e.closest('label') : e);
  const inline = (e) => e.matches('p a, sup a, td a') && !e.matches('.back a, .button');
  return [...document.querySelectorAll(own)]
    .filter((e) => e.offsetParent !== null && !inline(e) && !e.matches('.skip'))
    .map((e) => [box(e).getBoundingClientRect(), e.outerHTML.slice(0, 90)])
    .filter(([r]) => r.height < 43.9 || r.width < 43.9)
    .map(([r, html]) => `${Math.round(r.width)} x ${Math.round(r.height)}: ${html}`);
}"""
FRAME = """(card) => {
  const style = getComputedStyle(card);
  return style.borderStyle + style.borderColor + style.backgroundColor;
}"""


@pytest.fixture(params=VIEWS, ids=lambda v: f"{v[0]}-{v[1]}")
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page of one width in one theme."""
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def _faults(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{v['id']}: {n['html'][:140]} {n['failureSummary']}" for v in found for n in v["nodes"]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_at_seven_to_one_fits_its_width_and_has_44_pixel_controls(page, address, name):
    page.goto(f"{address}/look/{name}")
    assert _faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert page.evaluate(SMALL_CONTROLS) == []


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_standing_is_readable(browser, address, state, scheme):
    page = browser.new_page(color_scheme=scheme)
    page.goto(f"{address}/look/verify?state={state}")
    faults = _faults(page)
    page.close()
    assert faults == []


def test_each_standing_has_its_own_word_shape_and_frame(page, address):
    seen = set()
    for state in STATES:
        page.goto(f"{address}/look/verify?state={state}")
        card = page.locator(".state")
        shape = card.locator(".shape").inner_html()
        frame = card.evaluate(FRAME)
        seen.add((card.locator("h2").inner_text(), shape, frame))
    assert all(len({look[part] for look in seen}) == len(STATES) for part in range(3))


@pytest.mark.parametrize("name", ["home", "quiz", "grading", "verify"])
def test_forced_colours_keep_choices_and_standings_apart(browser, address, name):
    context = browser.new_context(viewport={"width": 320, "height": 800}, forced_colors="active")
    page = context.new_page()
    page.goto(f"{address}/look/{name}")
    found = [f for f in _faults(page) if not f.startswith("color-contrast")]
    widths = page.evaluate(
        "[...document.querySelectorAll('.option, .level')].map(e =>"
        " [e.querySelector('input').checked, getComputedStyle(e).borderTopWidth])"
    )
    context.close()
    assert found == []
    assert {tuple(w) for w in widths} <= {(True, "4px"), (False, "2px")}


@pytest.mark.parametrize("name", PAGES)
def test_the_strict_policy_is_never_broken(browser, address, name):
    page = browser.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{address}/look/{name}")
    page.close()
    assert said == []


@pytest.mark.parametrize("name", PAGES)
def test_help_stands_in_the_same_order_on_every_page(app, name):
    html = app.test_client().get(f"/look/{name}").get_data(as_text=True)
    foot = html[html.index("<footer") :]
    spots = [foot.index(mark) for mark in ("tel:988", "sms:988", "coordinator", 'href="/help"')]
    assert spots == sorted(spots)
    assert ("data-leave" in foot) is (name in {"quiz", "reading"})


def test_the_title_says_error_before_the_words_of_the_h1(app):
    html = app.test_client().get("/look/errors").get_data(as_text=True)
    assert "<title>Error: Join Riverside Recovery School · Peerpath</title>" in html


def test_a_verify_page_prints_on_one_sheet(browser, address):
    page = browser.new_page()
    page.goto(f"{address}/look/verify")
    paper = page.pdf(format="Letter")
    page.close()
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") == 1


def test_a_first_view_is_light(app):
    static = ROOT / "lms" / "static"
    script = (static / "app.js").read_bytes()
    parts = [script, (static / "app.css").read_bytes(), (static / "icons/mark.svg").read_bytes()]
    heaviest = max(
        sum(
            len(gzip.compress(part))
            for part in (*parts, app.test_client().get(f"/look/{name}").data)
        )
        for name in PAGES
    )
    assert len(script) <= 10 * 1024
    assert heaviest <= 20 * 1024
