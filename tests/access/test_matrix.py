"""Every person at every door: who comes in, and whose things they find behind it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from werkzeug.test import TestResponse

from tests.access.addresses import ADDRESSES, FORMS, address, form
from tests.access.table import KEY_ROWS, ROWS, SEALED_ROWS, SIGNED_OUT, Row
from tests.access.world import ACTORS, AUTUMN, NOBODY, OWNER, SPRING, Actor, World

ABSENT = "absent"
IN, SIGN_IN, TO_ACCOUNT, WRONG_ROLE = "comes in", "asked to sign in", "to the account", "wrong role"
NOT_THERE, REFUSED, NO_METHOD = "not there", "form refused", "no such method"
MEANING = {200: IN, 202: IN, 303: IN}
MEANING |= {403: WRONG_ROLE, 404: NOT_THERE, 405: NO_METHOD, 422: REFUSED}
UNANSWERED = ("GET", "POST", "PUT", "DELETE")
SHARED = ("file", "image", "quiz", "scenario", "module", "section", "program", "guide", "pack")
SECRETS = re.compile(r'nonce="[^"]*"|name="(?:csrf_token|once|kept|next)" value="[^"]*"')


@dataclass(frozen=True)
class Cell:
    """One question to the table: may this person do this, there, with that cohort's thing?"""

    actor: Actor
    row: Row
    method: str
    cohort: str

    @property
    def right(self) -> set[str]:
        """The answers that are right."""
        if self.method not in (*self.row.methods, "HEAD"):
            return {NO_METHOD}
        if not self.row.lets_in(self.actor):
            if self.row.who == SIGNED_OUT:
                return {TO_ACCOUNT}
            return {WRONG_ROLE if self.actor.is_signed_in else SIGN_IN}
        is_theirs = self.cohort != ABSENT and self.row.is_theirs(self.actor, self.cohort)
        if not is_theirs and "{" in ADDRESSES.get(self.row.route, ""):
            return {NOT_THERE}
        if self.row.whose:
            return {IN} if is_theirs else {REFUSED}
        return {IN, REFUSED}


def said(response: TestResponse) -> str:
    """What an answer says about access."""
    place = response.headers.get("Location", "")
    if response.status_code == 401 or place.startswith("/sign-in?next="):
        return SIGN_IN
    if place == "/account" and not response.request.path.startswith("/account"):
        return TO_ACCOUNT
    return MEANING.get(response.status_code, f"status {response.status_code}")


def cohorts(row: Row, actor: Actor) -> tuple[str, ...]:
    """Whose thing to ask for: to who does not come in, both cohorts are equally foreign."""
    if "{" not in ADDRESSES.get(row.route, "") + str(FORMS.get(row.route, "")):
        return (SPRING,)
    return (SPRING, AUTUMN, ABSENT) if row.lets_in(actor) else (SPRING, ABSENT)


def cells(actor: Actor) -> Iterator[Cell]:
    """All questions about one person."""
    answered = {(method, row.route) for row in ROWS for method in row.methods}
    asked = set()
    for row in ROWS:
        for cohort in cohorts(row, actor):
            yield from (Cell(actor, row, method, cohort) for method in row.methods)
        if "GET" in row.methods:
            yield Cell(actor, row, "HEAD", SPRING)
        tried = UNANSWERED if actor in (NOBODY, OWNER) else UNANSWERED[:2]
        others = {(method, row.route) for method in tried} - answered - asked
        yield from (Cell(actor, row, method, SPRING) for method, _route in sorted(others))
        asked |= others


def ask(world: World, cell: Cell) -> TestResponse:
    """Knock once."""
    things = world.things[cell.cohort]
    body = form(cell.row.route, things) if cell.method == "POST" and cell.row.route in FORMS else {}
    sent = body if cell.method not in ("GET", "HEAD") else None
    return world.knock(cell.actor, cell.method, address(cell.row.route, things), sent)


def plain(world: World, response: TestResponse, cohort: str) -> str:
    """The page without what is new on every page and without the thing that was asked for."""
    page = SECRETS.sub("", response.text)
    for kind, thing in world.things[cohort].items():
        page = page.replace(thing, "…") if kind not in SHARED else page
    return page


def faults(world: World, cell: Cell, response: TestResponse) -> Iterator[str]:
    """What is wrong with one answer."""
    if said(response) not in cell.right:
        yield f"{said(response)}, should be {cell.right}"
    if IN not in cell.right and world.commits:
        yield "changed the database"
    if cell.right == {IN} and cell.method == "POST" and not world.commits:
        yield "came in and changed nothing"
    if cell.method == "HEAD" and response.data:
        yield "HEAD has a body"


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name)
def test_every_door_opens_to_whom_the_table_says(world: World, actor: Actor, counts: list[int]):
    wrong: list[str] = []
    pages: dict[tuple[Row, str, int], dict[str, str]] = {}
    for cell in cells(actor):
        response = ask(world, cell)
        where = f"{actor.name}: {cell.method} {cell.row.route} ({cell.cohort})"
        wrong += [f"{where}: {fault}" for fault in faults(world, cell, response)]
        if response.status_code in (403, 404):
            shown = pages.setdefault((cell.row, cell.method, response.status_code), {})
            shown[plain(world, response, cell.cohort)] = where
        world.restore()
        counts.append(1)
    wrong += [f"told apart: {list(shown.values())}" for shown in pages.values() if len(shown) > 1]
    assert wrong == [], "\n".join(wrong)


def test_every_route_has_its_row_and_every_row_its_route(world: World):
    answered = {
        (method, rule.rule)
        for rule in world.school.app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    written = [
        (method, row.route) for row in (*ROWS, *KEY_ROWS, *SEALED_ROWS) for method in row.methods
    ]
    assert len(written) == len(set(written)), "a row is written twice"
    assert answered - set(written) == set(), "routes without a row: say who may use them"
    assert set(written) - answered == set(), "rows of routes that are gone"


WRONG_ROWS = [
    Row(("GET",), "/learn", "operator", ""),
    Row(("GET",), "/operate", "anyone", ""),
    Row(("GET",), "/attempts/<ref>/check", "learner", "coordinator"),
    Row(("POST",), "/attempts/<ref>/submit", "learner", "assessor"),
    Row((), "/hours", "learner", ""),
]


@pytest.mark.parametrize("row", WRONG_ROWS, ids=lambda row: row.route)
def test_a_table_that_is_wrong_is_found_out(world: World, row: Row):
    cell = Cell(OWNER, row, (*row.methods, "GET")[0], SPRING)
    assert list(faults(world, cell, ask(world, cell)))
