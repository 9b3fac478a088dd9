"""A person with a phone or at a desk, who looks at every page in light and in dark."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from lms.domain.items import Item, ItemType, key, tokens
from lms.models.people import Person
from tests.school import PASSWORD

PATIENCE = 15_000
PHONE, DESK = 320, 1280
HEIGHTS = {PHONE: 640, DESK: 900}
AS_EVERYONE = {"locale": "en-US", "reduced_motion": "reduce"}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
    "resultTypes": ["violations"],
}
REF = re.compile(r"\b[0-9a-z]{26}\b")
AXE = Axe().axe_script
FAULTS = "rules => axe.run(rules).then(found => found.violations.map(v => [v.id, v.nodes[0].html]))"


class Walker:
    """One person's way through the site; every page it stands on is checked once.

    Walkers of one journey may share what they have ``seen``: addresses, whatever they are about,
    with the headings shown there.
    """

    def __init__(
        self,
        browser: Browser,
        url: str,
        script: bool,
        width: int = PHONE,
        seen: set[tuple[str, str]] | None = None,
    ) -> None:
        self.width = width
        self.context: BrowserContext = browser.new_context(
            viewport=self._window, java_script_enabled=script, **AS_EVERYONE
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.examined = self.page if script else self._twin(browser)
        self.url = url
        self.script = script
        self.seen = set() if seen is None else seen

    @property
    def _window(self) -> dict[str, int]:
        return {"width": self.width, "height": HEIGHTS[self.width]}

    def _twin(self, browser: Browser) -> Page:
        """axe needs script: a second window shows the same page, without our script."""
        window = browser.new_context(viewport=self._window, **AS_EVERYONE)
        window.route("**/*.js*", lambda route: route.abort())
        page = window.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    def sign_in(self, person: Person) -> None:
        """Through the sign-in page, as a person does."""
        self.open("/sign-in")
        self.page.get_by_label("Email address").fill(person.email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.press("Sign in")

    def open(self, path: str) -> None:
        """Go to an address of the site."""
        self.page.goto(self.url + path)
        self.look()

    def press(self, words: str) -> None:
        """Press the button with these words, and look at where it leads."""
        self.page.locator("main").get_by_role("button", name=words, exact=True).first.click()
        self.page.wait_for_load_state("load")
        self.look()

    def follow(self, words: str) -> None:
        """Follow the link with these words, and look at where it leads."""
        self.page.locator("main").get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state("load")
        self.look()

    @property
    def path(self) -> str:
        """Where we are."""
        return self.page.url.removeprefix(self.url).partition("?")[0]

    def look(self) -> None:
        """988 within reach; and whatever was not seen before is examined."""
        assert self.page.locator("footer a[href='tel:988']").count() == 1, self.path
        parts = self.page.locator("main h2, main legend").all_inner_texts()
        here = (REF.sub("…", self.path), " | ".join(parts))
        if here not in self.seen:
            self.seen.add(here)
            self.examine()

    def examine(self) -> None:
        """No fault that axe can find in either theme, no sideways scrolling."""
        if self.examined is not self.page:
            self.examined.context.add_cookies(self.context.cookies())
            self.examined.goto(self.page.url)
        self.examined.evaluate(AXE)
        for theme in ("light", "dark"):
            self.examined.emulate_media(color_scheme=theme)
            found = self.examined.evaluate(FAULTS, RULES)
            assert not found, (self.path, theme, found)
        wide = self.examined.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.width, (self.path, wide)

    def answer(self, item: Item, seed: str) -> None:
        """Give an item its best answer, with whatever the page offers."""
        best = tokens(item, seed, key(item))
        if item.type is ItemType.MATCHING:
            for place, token in enumerate(best):
                self.page.locator("select[name=answer]").nth(place).select_option(token)
        elif item.type is ItemType.ORDERING:
            self._order(best)
        else:
            wanted = best if item.type is ItemType.MULTIPLE else best[:1]
            for token in wanted:
                self.page.locator(f"input[name=answer][value='{token}']").check()

    def _order(self, best: tuple[str, ...]) -> None:
        selects = self.page.locator("select[name=answer]")
        if not self.script:
            for place, token in enumerate(best):
                selects.nth(place).select_option(token)
            return
        texts = dict(selects.first.evaluate("s => [...s.options].map(o => [o.value, o.text])"))
        for place, token in enumerate(best):
            row = self.page.locator(".moves .move").filter(has_text=texts[token])
            while row.evaluate("li => [...li.parentNode.children].indexOf(li)") > place:
                row.locator(".up").click()

    def close(self) -> None:
        """Put the phone away."""
        self.examined.context.close()
        if self.examined is not self.page:
            self.context.close()
