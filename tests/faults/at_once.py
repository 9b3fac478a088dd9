"""The same people acting at the same moment, from as many browsers as it takes."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from bs4 import Tag

from tests.browsing import Browser, Page

One = TypeVar("One")
Form = tuple[str, dict[str, list[str]]]
COOKIES = ("__Host-peerpath", "__Host-peerpath-form")


def at_once(acts: Sequence[Callable[[], One]]) -> list[One]:
    """Run all at the same moment; what each gave back, in order."""
    barrier = Barrier(len(acts), timeout=60)

    def run(act: Callable[[], One]) -> One:
        barrier.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as hands:
        return list(hands.map(run, acts))


def twin(browser: Browser) -> Browser:
    """Another tab of the same browser: a client of its own with the same cookies."""
    other = Browser(browser.client.application, browser.host, browser.address)
    domain = browser.host.removeprefix("https://")
    for name in COOKIES:
        if cookie := browser.client.get_cookie(name, domain=domain):
            other.client.set_cookie(name, cookie.value, domain=domain, secure=True)
    return other


def filled(page: Page, action: str = "", **values: object) -> Form:
    """A form of a page as it would be sent: where to, and its fields."""
    form: Tag = page.form(action)
    fields = page.fields(action)
    for name, value in values.items():
        many = value if isinstance(value, list) else [value]
        fields[name.replace("__", "-")] = [str(one) for one in many]
    return str(form.get("action") or page.path), fields


def send(browser: Browser, form: Form) -> tuple[int, str]:
    """Send it; the status and where the answer is shown."""
    page = browser.post(*form, follow=False)
    return page.status, page.response.headers.get("Location", "")


def send_all(browser: Browser, forms: Sequence[Form]) -> list[tuple[int, str]]:
    """Send each from a tab of its own at the same moment."""
    return at_once([lambda form=form: send(twin(browser), form) for form in forms])
