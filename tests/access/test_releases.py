"""A release in every state, at every door, for everyone: the table of who comes in."""

import pytest

from tests.access.world import ACTORS, AUTUMN, SPRING, Actor, World

STATES = ("waiting", "looked at", "asked", "ended", "expired")
KEYS = {state: f"{state} release" for state in STATES} | {"looked at": "release"}
OVER = ("ended", "expired")
DOORS = (
    ("GET", "/releases/{}", {}),
    ("POST", "/releases/{}/end", {}),
    ("POST", "/releases/{}/again", {}),
    ("GET", "/board/releases/{}", {}),
    ("POST", "/board/releases/{}/open", {}),
    ("GET", "/board/releases/{}/decide", {}),
    ("POST", "/board/releases/{}/decide", {"verdict": "declined", "reasons": "Too few hours"}),
)
SECRETS = ("Every line of hours", "Sums of hours")


def right(actor: Actor, door: str, method: str, state: str, cohort: str) -> int:
    """The answer that is right, written from the promises and not from the code."""
    if not actor.is_signed_in:
        return 401 if method == "POST" else 303
    is_board = door.startswith("/board")
    role = "board" if is_board else "learner"
    if role not in {str(each) for each in actor.roles}:
        return 403
    theirs = (role, cohort) in {(str(r), c) for r, c in actor.grants} if is_board else (
        actor.owns == cohort
    )  # fmt: skip
    if not theirs:
        return 404
    if is_board and state in OVER:
        return 410
    if door.endswith("/again"):
        return 303 if state == "asked" else 409
    if door.endswith("/decide") and method == "POST" and state == "waiting":
        return 422  # nobody of the board has opened it
    return 200 if method == "GET" else 303


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name)
def test_a_release_opens_to_its_holder_and_its_board_and_only_while_it_holds(
    world: World, actor: Actor
):
    wrong = []
    for cohort in (SPRING, AUTUMN):
        for state, key in KEYS.items():
            for method, door, body in DOORS:
                path = door.format(world.things[cohort][key])
                response = world.knock(actor, method, path, body if method == "POST" else None)
                where = f"{method} {door} {state} {cohort}"
                expected = right(actor, door, method, state, cohort)
                if response.status_code != expected:
                    wrong.append(f"{where}: {response.status_code}, should be {expected}")
                if world.commits and expected >= 400:
                    wrong.append(f"{where}: refused and yet it wrote")
                shown = [words for words in SECRETS if words in response.text]
                may_see = door == "/board/releases/{}" and expected == 200
                if shown and not (may_see and state in ("looked at", "asked")):
                    wrong.append(f"{where}: shows {shown}")
                if may_see and state in ("looked at", "asked") and not shown:
                    wrong.append(f"{where}: shows nothing")
                world.restore()
    assert wrong == []
