"""A browser without script for tests: opens pages, fills forms, and checks every page it sees."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

PAGE_STATUSES = {200, 202, 400, 401, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503}


@dataclass
class Page:
    """A page as shown, with the forms on it."""

    browser: "Browser"
    response: TestResponse

    @property
    def status(self) -> int:
        """The status of the answer."""
        return self.response.status_code

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page's elements."""
        return BeautifulSoup(self.response.get_data(as_text=True), "html.parser")

    @property
    def text(self) -> str:
        """All words of the page with single spaces."""
        return " ".join(self.soup.get_text(" ").split())

    @property
    def path(self) -> str:
        """Where we are."""
        return self.response.request.path

    def form(self, action: str = "") -> Tag:
        """The first form that posts (to an address that holds ``action``)."""
        for form in self.soup.select("form[method=post]"):
            if action in (form.get("action") or self.path):
                return form
        raise AssertionError(f"no form posts to {action!r} on {self.path}")

    def fields(self, action: str = "") -> dict[str, list[str]]:
        """What the form would send untouched."""
        values: dict[str, list[str]] = {}
        for control in self.form(action).select("input, textarea, select"):
            if name := control.get("name"):
                values.setdefault(name, []).extend(_values(control))
        return values

    def submit(self, action: str = "", follow: bool = True, **filled: object) -> "Page":
        """Send the form with these fields filled in; a list fills a repeated field."""
        values = self.fields(action)
        for name, value in filled.items():
            many = value if isinstance(value, list) else [value]
            values[name.replace("__", "-")] = [str(one) for one in many]
        target = self.form(action).get("action") or self.path
        return self.browser.post(str(target), values, follow=follow)

    def click(self, words: str) -> "Page":
        """Follow the link with these words."""
        for link in self.soup.select("a[href]"):
            if words in " ".join(link.get_text(" ").split()):
                return self.browser.open(str(link["href"]))
        raise AssertionError(f"no link says {words!r} on {self.path}")


def _values(control: Tag) -> list[str]:
    if control.name == "textarea":
        return [control.get_text().lstrip("\n")]
    if control.name == "select":
        chosen = control.select("option[selected]") or control.select("option")[:1]
        return [str(option.get("value", option.text)) for option in chosen]
    if control.get("type") in ("radio", "checkbox"):
        return [str(control.get("value", "on"))] if control.has_attr("checked") else []
    return [] if control.get("type") == "submit" else [str(control.get("value", ""))]


class Browser:
    """A person's browser. Every HTML page it sees is checked for what every page promises."""

    def __init__(self, app: Flask, host: str, address: str) -> None:
        self.client = app.test_client()
        self.host = host
        self.address = address

    def open(self, path: str, **headers: str) -> Page:
        """Open a page and follow where it leads."""
        return self._seen(self._send("GET", path, None, headers))

    def post(
        self, path: str, values: dict[str, object], follow: bool = True, **headers: str
    ) -> Page:
        """Send a form as it stands."""
        response = self._send("POST", path, values, headers)
        if follow and response.status_code in (302, 303):
            return self.open(response.headers["Location"])
        return self._seen(response)

    def _send(self, method: str, path: str, data: object, headers: dict[str, str]) -> TestResponse:
        parts = urlsplit(path)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        return self.client.open(
            target,
            method=method,
            data=data,
            base_url=self.host,
            headers={name.replace("_", "-"): value for name, value in headers.items()},
            environ_overrides={"REMOTE_ADDR": self.address},
            follow_redirects=method == "GET",
        )

    def _seen(self, response: TestResponse) -> Page:
        page = Page(self, response)
        if response.mimetype == "text/html" and response.status_code in PAGE_STATUSES:
            _check(page)
        return page


def _check(page: Page) -> None:
    """One walk over the page: a test opens hundreds."""
    soup = page.soup
    elements = soup.find_all(True)
    of = defaultdict(list)
    for element in elements:
        of[element.name].append(element)
        assert not element.has_attr("style"), (page.path, element)
        assert not element.has_attr("onclick"), (page.path, element)
    assert len(of["h1"]) == 1, (page.path, of["h1"])
    assert of["title"]
    assert any("988" in footer.text for footer in of["footer"]), page.path
    ids = Counter(element["id"] for element in elements if element.has_attr("id"))
    assert not [name for name, times in ids.items() if times > 1], (page.path, ids)
    for label in of["label"]:
        assert label.get("for") is None or label["for"] in ids, (page.path, label)
    for form in of["form"]:
        if form.get("method") == "post":
            names = {control.get("name") for control in form.find_all("input")}
            assert {"csrf_token", "once"} <= names, (page.path, form.get("action"))
    assert all(script.has_attr("nonce") for script in of["script"]), page.path
