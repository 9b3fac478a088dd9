"""Keys of programs at every door: what each opens, and that nothing else opens these doors."""

import pytest
from werkzeug.test import TestResponse

from lms.web.access import declared
from tests.access.addresses import address
from tests.access.table import KEY_ROWS, ROWS, Row
from tests.access.world import ACTORS, AUTUMN, NOBODY, SPRING, Actor, World
from tests.school import HOST

BODY = {"certificates": [{"code": "x"}]}
KEYS = [(kind, cohort) for cohort in (SPRING, AUTUMN) for kind in ("verify", "releases", "ended")]


def ask(world: World, row: Row, key: str, cohort: str = SPRING, cookie: str = "") -> TestResponse:
    """One request of a program, with or without a key or someone's cookie."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    (method,) = row.methods
    return world.client.open(
        address(row.route, world.things[cohort]),
        method=method,
        base_url=HOST,
        headers=headers | ({"Cookie": cookie} if cookie else {}),
        json=BODY if method == "POST" else None,
    )


def expected(row: Row, kind: str, cohort: str, asked: str) -> int:
    """The answer that is right for a key of this board that asks for a thing there."""
    if kind == "ended":
        return 401
    if row.who != kind:
        return 403
    if row.whose and asked != cohort:
        return 404
    return 422 if asked == "absent" and "<code>" in row.route else 200


@pytest.mark.parametrize(("kind", "cohort"), KEYS)
def test_a_key_opens_its_scope_and_the_releases_of_its_own_board(
    world: World, kind: str, cohort: str, counts: list[int]
):
    wrong = []
    for row in KEY_ROWS:
        for asked in (SPRING, AUTUMN, "absent"):
            status = ask(world, row, world.things[cohort][kind], asked).status_code
            right = expected(row, kind, cohort, asked)
            if status != right:
                wrong.append(f"{row.route} ({asked}): {status}, should be {right}")
            counts.append(1)
            world.restore()
    assert wrong == []


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name)
def test_no_sign_in_opens_what_takes_a_key(world: World, actor: Actor):
    for row in KEY_ROWS:
        for key in ("", "peerpath_nonsense"):
            response = ask(world, row, key, cookie=world.keys[actor.name].cookie)
            assert response.status_code == 401
            assert response.mimetype == "application/problem+json"
            assert "Set-Cookie" not in response.headers
            assert world.commits == 0


def test_a_key_opens_no_page(world: World):
    keys = [world.things[SPRING][kind] for kind in ("verify", "releases")]
    for row in ROWS:
        if not row.lets_in(NOBODY):
            for key in keys:
                path = address(row.route, world.things[SPRING])
                response = world.knock(
                    NOBODY, row.methods[0], path, {}, Authorization=f"Bearer {key}"
                )
                assert response.status_code in (303, 401), row.route
    assert world.commits == 0


def test_what_takes_a_key_takes_nothing_else(world: World):
    app = world.school.app
    for rule in app.url_map.iter_rules():
        for allowed in declared(app, rule.endpoint).values():
            scopes = [one for one in allowed if str(one) in ("verify", "releases")]
            assert not scopes or len(allowed) == 1, rule.rule


def test_a_look_by_a_program_is_written_down_and_a_refusal_is_not(world: World):
    (row,) = (row for row in KEY_ROWS if row.whose)
    before = len(world.rows()["looks"])
    ask(world, row, world.things[AUTUMN]["releases"])
    ask(world, row, world.things[SPRING]["verify"])
    assert len(world.rows()["looks"]) == before
    ask(world, row, world.things[SPRING]["releases"])
    assert len(world.rows()["looks"]) == before + 1
