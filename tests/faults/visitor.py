"""A person's browser over a real connection, which can be cut at any moment."""

import re
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_CONTROL = re.compile(r'<(?:input type="(?:radio|checkbox)"|select)[^>]* name="answer"[^>]*>')
_CHECKED = re.compile(r'name="answer" value="([^"]*)" checked')
_FORM = '<form class="form" id="form" method="post"'


class Cut(Exception):
    """The connection broke: nobody knows whether the request was acted on."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    location: str
    text: str

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page's main form."""
        return dict(_HIDDEN.findall(self.text.partition(_FORM)[2].partition("</form>")[0]))

    @property
    def checked(self) -> list[str]:
        """The options shown as chosen."""
        return _CHECKED.findall(self.text)


@dataclass
class Visitor:
    """Keeps its cookies over restarts of the server."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _line: HTTPConnection | None = None

    def open(self, path: str) -> Answer:
        """Open a page without following where it leads. Raises Cut."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: list[tuple[str, str]], **headers: str) -> Answer:
        """Send a form. Raises Cut."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent["Content-Type"] = "application/x-www-form-urlencoded"
        sent["Origin"] = f"http://127.0.0.1:{self.port}"
        return self._ask("POST", path, urlencode(fields), sent)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            self._line = self._line or HTTPConnection("127.0.0.1", self.port, timeout=60)
            self._line.request(method, path, body, headers)
            came = self._line.getresponse()
            text = came.read().decode(errors="replace")
        except (OSError, HTTPException) as fault:
            self.hang_up()
            raise Cut(str(fault)) from fault
        self._keep(came.headers.get_all("Set-Cookie") or [])
        where = urlsplit(came.headers.get("Location", ""))
        return Answer(came.status, where.path, text)

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value

    def hang_up(self) -> None:
        """Close the connection."""
        if self._line is not None:
            self._line.close()
            self._line = None
