"""Looking at a page changes nothing, and checking a certificate leaves nothing behind."""

import pytest
from werkzeug.test import TestResponse

from tests.access.addresses import address
from tests.access.table import ROWS
from tests.access.world import ACTORS, SPRING, Actor, World
from tests.school import HOST

PAGES = [row.route for row in ROWS if "GET" in row.methods]


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name)
def test_looking_at_every_page_twice_changes_no_row(world: World, actor: Actor):
    before = world.fingerprint()
    for route in PAGES * 2:
        world.knock(actor, "GET", address(route, world.things[SPRING]))
    assert world.commits == 0
    assert world.fingerprint() == before


def check(world: World, actor: Actor, path: str, accept: str) -> TestResponse:
    """Ask as a machine or a person would, hours after the cookie was last shown."""
    key = world.keys[actor.name]
    headers = {"Cookie": key.cookie, "Accept": accept}
    return world.client.get(path, base_url=HOST, headers=headers)


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name)
def test_a_check_sets_no_cookie_and_carries_no_form_token(world: World, actor: Actor, accept: str):
    code = world.things[SPRING]["certificate"]
    world.school.pass_time(hours=3)
    try:
        for path in ("/verify", f"/verify/{code}", "/verify/nothing", f"/verify?code={code}"):
            response = check(world, actor, path, accept)
            assert "Set-Cookie" not in response.headers, path
            assert "csrf" not in response.text, path
            assert "no-store" in response.headers["Cache-Control"], path
    finally:
        world.school.pass_time(hours=-3)


def test_the_answer_to_a_check_is_the_same_for_everyone(world: World):
    path = f"/verify/{world.things[SPRING]['certificate']}"
    answers = {check(world, actor, path, "application/json").text for actor in ACTORS}
    assert len(answers) == 1
