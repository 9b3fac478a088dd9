"""A form counts only when the person's own browser sent it from our own page."""

import pytest

from tests.access.addresses import FORMS, address, form
from tests.access.table import ROWS, Row
from tests.access.world import ACTORS, NOBODY, SPRING, Actor, World

POSTS = [row for row in ROWS if "POST" in row.methods]
ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "https://school.example.evil.example"},
    {"Origin": "https://school.example:8443"},
    {"Origin": "https://school.example@evil.example"},
    {"Origin": "null"},
    {"Origin": "http://["},
]


def sender(row: Row) -> Actor:
    """Someone for whom the very same form would count."""
    return next(a for a in ACTORS if row.lets_in(a) and row.is_theirs(a, SPRING))


def send(world: World, row: Row, token: str, **headers: str) -> int:
    """Send the form of a route with this token."""
    things = world.things[SPRING]
    body = form(row.route, things) | {"csrf_token": token, "note": "words that took a while"}
    actor = sender(row)
    response = world.knock(actor, "POST", address(row.route, things), body, **headers)
    if response.status_code == 400 and FORMS[row.route]:
        assert "words that took a while" in response.text, f"{row.route} lost what was typed"
    return response.status_code


def wrong(world: World, row: Row) -> list[str]:
    """No token, a made-up one, someone else's, and a part of that."""
    other = "an operator" if sender(row).name != "an operator" else "the board"
    strange = world.keys[other].csrf
    return ["", "nonsense", strange, strange.rpartition(".")[0]]


def test_no_form_counts_without_its_token_or_with_anothers(world: World):
    before = world.fingerprint()
    refused = {(row.route, t): send(world, row, t) for row in POSTS for t in wrong(world, row)}
    assert set(refused.values()) == {400}, [k for k, status in refused.items() if status != 400]
    assert world.commits == 0
    assert world.fingerprint() == before


def test_no_form_counts_without_the_cookie_its_token_belongs_to(world: World):
    token = world.keys[NOBODY.name].csrf
    response = world.client.post(
        "/reset", base_url="https://school.example", data={"csrf_token": token, "email": "a@b.c"}
    )
    assert response.status_code == 400
    assert world.commits == 0


@pytest.mark.parametrize("headers", ELSEWHERE, ids=lambda h: " ".join(*h.items()))
def test_no_form_counts_that_another_site_sent(world: World, headers: dict[str, str]):
    before = world.fingerprint()
    refused = {
        row.route: send(world, row, world.keys[sender(row).name].csrf, **headers) for row in POSTS
    }
    assert set(refused.values()) == {403}, [r for r, status in refused.items() if status != 403]
    assert world.commits == 0
    assert world.fingerprint() == before
