"""No trick with a host or an address leads a person, or a letter, to another site."""

import itertools
import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from lms.domain.people import Role
from lms.models.journal import OutboxJob
from lms.models.people import Person
from lms.web import kept
from tests.school import HOST, PASSWORD, PROGRAM, School

WRONG_HOSTS = [
    "evil.example",
    "school.example.evil.example",
    "evilschool.example",
    "school.example:8443",
    "school.example@evil.example",
    "school.example, evil.example",
    "school.example.",
    "127.0.0.1",
    "localhost",
    "[::1]",
    "[",
    " ",
    "school.example/evil.example",
]


@pytest.mark.parametrize("path", ["/", "/reset", "/nothing", "/verify/x"])
def test_a_host_that_is_not_ours_is_refused_whatever_is_asked(school: School, path: str):
    for host in WRONG_HOSTS:
        response = school.app.test_client().get(path, base_url=HOST, headers={"Host": host})
        assert response.status_code == 400, host
        assert "evil" not in response.text, host


FORWARDED = [
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-For": "evil.example", "X-Forwarded-Proto": "http"},
    {"Forwarded": "host=evil.example;proto=http"},
    {"X-Host": "evil.example", "X-Original-URL": "//evil.example/", "X-Rewrite-URL": "/evil"},
]


def letters(school: School) -> list[str]:
    """The words of all letters."""
    with school.database.reading() as session:
        return [job.body["text"] for job in session.scalars(select(OutboxJob))]


@pytest.mark.parametrize("headers", FORWARDED, ids=" ".join)
def test_every_link_in_a_letter_leads_to_our_own_address(school: School, headers: dict[str, str]):
    school.settings = replace(school.settings, open_sign_up=True)
    school.__post_init__()
    cohort = school.cohort()
    known = school.person(Role.LEARNER, cohort).email
    coordinator = school.browser(school.person(Role.COORDINATOR, cohort))
    stranger = school.browser()
    new = {"email": ["new@new.example"], "name": ["New"], "password": [PASSWORD]}
    for browser, path, filled in (
        (stranger, "/reset", {"email": [known]}),
        (stranger, "/sign-up", new),
        (stranger, "/sign-up", new | {"email": [known]}),
        (coordinator, f"/manage/cohorts/{cohort.ref}/invite", {"email": ["kim@new.example"]}),
    ):
        fields = browser.open(path).fields() | filled
        sent = browser.client.post(path, base_url=HOST, data=fields, headers=headers)
        assert sent.status_code == 303
        assert urlsplit(sent.headers["Location"]).netloc in {"", "school.example"}
    found = [link for words in letters(school) for link in re.findall(r"https?://\S+", words)]
    assert len(found) == 4
    assert all(link.startswith(f"{HOST}/") for link in found), found


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/learn",
    "https:evil.example",
    "\t//evil.example",
]


def enter(school: School, learner: Person, **fields: str) -> str:
    """Sign in with these hidden fields; where it leads."""
    browser = school.browser()
    form = browser.open("/sign-in").fields() | {k: [v] for k, v in fields.items()}
    form |= {"email": [learner.email], "password": [PASSWORD]}
    answer = browser.post("/sign-in", form, follow=False)
    return answer.response.headers.get("Location", "")


def test_signing_in_leads_only_where_we_said_ourselves(school: School):
    learner = school.person(Role.LEARNER, school.cohort())
    with school.app.test_request_context(base_url=HOST):
        honest = kept.sign_path("/hours")
    forged = [honest[:-2] + "xx", honest[2:], f"Ii8vZXZpbCI.{honest.rpartition('.')[2]}"]
    for value in (*ELSEWHERE, *forged):
        assert enter(school, learner, next=value, kept=value) == "/", value


def test_signing_in_leads_back_to_the_page_that_was_asked_for(school: School):
    learner = school.person(Role.LEARNER, school.cohort())
    page = school.browser().open("/hours")
    assert enter(school, learner, next=page.fields()["next"][0]) == "/hours"


PATHS = [
    "//evil.example/learn",
    "///evil.example",
    "/\\evil.example",
    "//evil.example/%2e%2e",
    "/learn//evil.example",
    "/%2f%2fevil.example",
    f"/learn/{PROGRAM}//evil.example",
    "/verify?code=//evil.example",
    "/verify?code=https://evil.example/",
    "/verify?code=%5C%5Cevil.example",
    "/verify/?code=x",
]


def test_no_address_redirects_to_another_site(school: School):
    client = school.app.test_client()
    for method, path in itertools.product(("GET", "POST"), PATHS):
        response = client.open(path, method=method, base_url=HOST)
        place = urlsplit(response.headers.get("Location", "/").replace("\\", "/"))
        assert place.netloc in {"", "school.example"}, path
        assert 'action="//' not in response.text, path
