"""A form changes what it shows, whatever else is sent with it."""

import re

import pytest
from sqlalchemy import Boolean, Column, Integer

from lms.models.base import Base
from tests.access.addresses import address, form
from tests.access.table import ROWS, Row
from tests.access.world import ACTORS, SPRING, World

POSTS = [row for row in ROWS if "POST" in row.methods]
COLUMNS = {column.name: column for table in Base.metadata.sorted_tables for column in table.columns}
# What is drawn anew each time: references, codes, digests, hashes, tokens, salts, places in a
# status list, and the items of a quiz.
_BYTES = r"""\bb'(?:[^'\\]|\\.)*'|\bb"(?:[^"\\]|\\.)*\""""
DRAWN = re.compile(rf"{_BYTES}|[\w-]{{22,}}|\$argon2[^\s'\"]+|\[[^]]*\]|^credentials [^[]*")
TEMPTING = {
    "role": "operator",
    "state": "decided",
    "mode": "live",
    "name": "Mallory",
    "email": "mallory@evil.example",
    "disabled_at": "",
    "program_id": "no-such-program",
}
DRAWN_KEY = re.compile(r"(?<=^\()\d+")
"""The key of an evaluation, which has no order."""


def tempting(column: Column[object]) -> str:
    """A value that would do harm if it were taken."""
    if isinstance(column.type, Boolean):
        return "1"
    return TEMPTING.get(column.name, "2" if isinstance(column.type, Integer) else "mallory")


def changed(world: World, row: Row, extra: dict[str, str]) -> list[str]:
    """The rows a form writes, without what is drawn anew."""
    before = world.rows()
    things = world.things[SPRING]
    actor = next(a for a in ACTORS if row.lets_in(a) and row.is_theirs(a, SPRING))
    body = extra | form(row.route, things)
    response = world.knock(actor, "POST", address(row.route, things), body)
    assert response.status_code in (200, 303, 422), (row.route, response.status_code)
    after = world.rows()
    world.restore()
    return sorted(
        DRAWN.sub("…", f"{table} {DRAWN_KEY.sub('…', line) if table == 'evaluations' else line}")
        for table in after
        for line in set(map(repr, after[table])) ^ set(map(repr, before[table]))
    )


@pytest.mark.parametrize("row", POSTS, ids=lambda row: row.route)
def test_a_field_that_a_form_does_not_show_changes_nothing(world: World, row: Row):
    extra = {name: tempting(column) for name, column in COLUMNS.items()}
    assert changed(world, row, extra) == changed(world, row, {})
