"""Whatever is typed into a field or an address, the answer is a page and never a fault."""

import pytest

from tests.access.addresses import ADDRESSES, FORMS, address, form
from tests.access.table import ROWS, Row
from tests.access.world import ACTORS, SPRING, Actor, World
from tests.conftest import KIND

HOSTILE = [
    "",
    "\x00",
    "a\x00b",
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "{{7*7}} ${7*7} #{7*7} <%= 7*7 %> {0.__class__} %s %n %(x)s",
    "'; DROP TABLE people; -- ../../../../etc/passwd javascript:alert(1)",
    "\u202etxt.exe \u2066hidden\u2069 \ufeff",
    "Ω≈ç√∫ 田中さん 🏳️‍🌈 Z̮̞̠͙͔ͅḀ̗̞͈̻̗ \ufffe \U0010ffff",
    "\r\nBcc: mallory@evil.example\r\n\r\nHello",
    "-1",
    "1e309",
    "9" * 40,
    "9" * 5000,
    "0001-01-01",
    "9999-12-31",
    "23:59:59.999999999",
    "x" * 190_000,
]
# What a database may choke on; the rest meets the forms and pages, which are the same on both.
FOR_A_DATABASE = [words for words in HOSTILE if "\x00" in words or words[0:1] in "9Ωx0-"]
IN_ADDRESSES = [
    "%00", "a%00b", "%ff%fe", "%ed%a0%80", "%252e%252e%252f", "..", "%2e%2e%2f", "-1", "0", "1.0",
    "99999999999999999999", "9" * 5000, "%27%3B--", "%3Cscript%3E", "{{7*7}}", "%E2%80%AEx",
    "%0d%0aX:1", "%5C%5Cevil.example", "x" * 9000, "🏳️‍🌈",
]  # fmt: skip
KINDS = IN_ADDRESSES if KIND == "sqlite" else [w for w in IN_ADDRESSES if w[:1] in "%9a🏳-"]
FILLED = [row for row in ROWS if "POST" in row.methods and FORMS[row.route]]


def holder(row: Row) -> Actor:
    """Someone who comes in."""
    return next(a for a in ACTORS if row.lets_in(a) and row.is_theirs(a, SPRING))


@pytest.mark.parametrize("row", FILLED, ids=lambda row: row.route)
def test_no_field_takes_the_school_down(world: World, row: Row):
    things, faults = world.things[SPRING], []
    for name in form(row.route, things):
        for words in HOSTILE if KIND == "sqlite" else FOR_A_DATABASE:
            body = form(row.route, things) | {name: words}
            response = world.knock(holder(row), "POST", address(row.route, things), body)
            if response.status_code >= 500:
                faults.append(f"{name} = {words[:40]!r}: {response.status_code}")
    assert faults == []


@pytest.mark.parametrize("row", FILLED, ids=lambda row: row.route)
def test_a_form_that_is_far_too_large_is_refused_with_a_sentence(world: World, row: Row):
    things = world.things[SPRING]
    body = form(row.route, things) | {"note": "x" * 1_000_001}
    response = world.knock(holder(row), "POST", address(row.route, things), body)
    assert response.status_code == 413
    assert "This is too much at once" in response.text


def hostile_paths(row: Row) -> list[str]:
    """The address of a route with each of its parts, and its end, made hostile."""
    part = ADDRESSES[row.route]
    start, end = part.index("{"), part.rindex("}") + 1
    tail = part[end:].rpartition("/1")[0] or part[end:]
    return [
        path
        for words in KINDS
        for path in (part[:start] + words + part[end:], f"{part[:start]}x{tail}/{words}")
    ]


def test_no_address_takes_the_school_down(world: World):
    faults = []
    for row in (row for row in ROWS if row.route in ADDRESSES):
        for n, path in enumerate(hostile_paths(row)):
            method = row.methods[n // 2 % len(row.methods)]
            status = world.knock(holder(row), method, path, {}).status_code
            if status >= 500:
                faults.append(f"{method} {path[:60]}: {status}")
    assert faults == []


def test_no_query_takes_the_school_down(world: World):
    faults = []
    for row in (row for row in ROWS if "GET" in row.methods):
        reads_it = row.route in ("/verify", "/sign-in")
        for words in IN_ADDRESSES if reads_it else ["%00", "&=&;=%&next=2&code=3&code=4"]:
            there = f"{address(row.route, world.things[SPRING])}?next={words}&code={words}"
            status = world.knock(holder(row), "GET", there).status_code
            if status >= 500:
                faults.append(f"{there[:80]}: {status}")
    assert faults == []
