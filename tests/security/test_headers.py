"""What every answer carries: closed to other sites, to guessing and to scripts of others."""

import re

import pytest
from werkzeug.test import TestResponse

from lms.domain.people import Role
from tests.school import HOST, PASSWORD, School

ASKED = [
    ("GET", "/", 200),
    ("GET", "/learn", 303),
    ("GET", "/nothing/here", 404),
    ("GET", "/verify/nothing", 404),
    ("GET", "/healthz", 200),
    ("GET", "/static/app.css", 200),
    ("POST", "/sign-in", 400),
    ("POST", "/nothing", 404),
    ("DELETE", "/sign-in", 405),
    ("OPTIONS", "/sign-in", 200),
]


def directives(response: TestResponse) -> dict[str, str]:
    """The content security policy by directive."""
    rules = response.headers["Content-Security-Policy"].split(";")
    return {name: rest for name, _, rest in (rule.strip().partition(" ") for rule in rules)}


@pytest.mark.parametrize(("method", "path", "status"), ASKED)
def test_every_answer_is_closed_to_framing_guessing_and_third_parties(
    school: School, method: str, path: str, status: int
):
    response = school.app.test_client().open(path, method=method, base_url=HOST, buffered=True)
    assert response.status_code == status
    rules = directives(response)
    assert rules["default-src"] == rules["base-uri"] == rules["object-src"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"
    assert rules["form-action"] == rules["style-src"] == "'self'"
    assert "unsafe" not in str(rules)
    assert "http" not in str(rules)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    # "same-origin" tells other sites as little as "no-referrer", and keeps our own forms' Origin.
    assert response.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    is_static = path.startswith("/static/")
    assert ("no-store" in response.headers["Cache-Control"]) is not is_static
    if response.mimetype.startswith("text/"):
        assert response.mimetype_params["charset"] == "utf-8"


def test_scripts_run_by_a_nonce_that_is_new_on_every_page(school: School):
    seen = set()
    for path in ("/", "/help", "/sign-in", "/nothing", "/verify", "/"):
        response = school.app.test_client().get(path, base_url=HOST)
        (nonce,) = re.findall(r"'nonce-([^']+)'", response.headers["Content-Security-Policy"])
        assert re.findall(r'<script[^>]* nonce="([^"]+)"', response.text) == [nonce]
        assert response.text.count("<script") == 1
        seen.add(nonce)
    assert len(seen) == 6


def test_cookies_are_bound_to_this_host_and_out_of_reach_of_scripts(school: School):
    learner = school.person(Role.LEARNER, school.cohort())
    browser = school.browser()
    page = browser.open("/sign-in")
    answer = browser.post(
        "/sign-in",
        page.fields() | {"email": [learner.email], "password": [PASSWORD]},
        follow=False,
    )
    cookies = page.response.headers.getlist("Set-Cookie")
    cookies += answer.response.headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {
        "__Host-peerpath",
        "__Host-peerpath-form",
    }
    for cookie in cookies:
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"secure", "httponly", "path=/", "samesite=lax"} <= parts, cookie
        assert not any(part.startswith("domain") for part in parts), cookie
