"""A record read from JSON is the record that was meant, or a sentence about where it is wrong."""

import json
from datetime import date
from typing import Any

import pytest

from lms.domain.hours import Modality, Standing
from lms.formats.record_file import RecordFault, read_record

TOPICS = ("ethics", "recovery")
LINE: dict[str, Any] = {
    "minutes": 60,
    "topics": {"ethics": 60},
    "modality": "live-online",
    "day": "2026-03-03",
}


def read(**body: Any) -> Any:
    return read_record(json.dumps(body), TOPICS)


def test_the_shortest_line_is_ours_and_vouched_for_and_lies_on_its_day():
    (entry,) = read(entries=[LINE]).entries
    assert (entry.id, entry.minutes, entry.topics) == (1, 60, {"ethics": 60})
    assert (entry.modality, entry.standing) == (Modality.LIVE_ONLINE, Standing.VOUCHED)
    assert (entry.origin, entry.approvals, entry.reverses) == ("ours", (), None)
    assert entry.starts_at.date() == entry.ends_at.date() == date(2026, 3, 3)


def test_everything_a_line_can_say_is_kept():
    more = {
        "id": 7, "title": "Ethics day", "evidence": "paper", "voucher": "Dev",
        "origin": "transferred", "standing": "unchecked", "approvals": ["ASAP-NYCB"], "pay": "paid",
    }  # fmt: skip
    (entry,) = read(entries=[{**LINE, **more}]).entries
    kept = {name: getattr(entry, name) for name in more}
    assert kept == {**more, "approvals": ("ASAP-NYCB",), "standing": Standing.UNCHECKED}


def test_many_hours_of_work_may_stand_in_one_line():
    (entry,) = read(entries=[{**LINE, "minutes": 30000, "topics": {"ethics": 30000}}]).entries
    assert entry.starts_at.date() == date(2026, 3, 3)
    assert entry.minutes == 30000


def test_a_line_can_take_another_back():
    back = {
        **LINE,
        "minutes": -60,
        "topics": {"ethics": -60},
        "reverses": 1,
        "reason": "Typed twice",
    }
    _, entry = read(entries=[LINE, back]).entries
    assert (entry.reverses, entry.minutes, entry.reason) == (1, -60, "Typed twice")


def test_facts_and_days_are_kept():
    told = {"standing": "attested", "amount": 26, "since": "2024-01-01", "said_on": "2026-01-01"}
    record = read(
        facts={"recovery": told, "md-cprs/core-course": {"standing": "shown", "version": "3"}},
        certified_on="2025-01-15",
        period_from="2026-01-15",
    )
    recovery, course = record.facts["recovery"], record.facts["md-cprs/core-course"]
    assert (recovery.fact, recovery.standing, recovery.amount) == ("recovery", "attested", 26)
    assert (recovery.since, recovery.said_on) == (date(2024, 1, 1), date(2026, 1, 1))
    assert (course.fact, course.version, course.since) == ("core-course", "3", None)
    assert (record.certified_on, record.period_from) == (date(2025, 1, 15), date(2026, 1, 15))


def test_an_empty_record_is_a_record():
    assert read() == read(entries=[], facts={})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "the file: "),
        ('{"entires": []}', "entires"),
        ('{"certified_on": "2026-02-30"}', "certified_on: "),
        ('{"facts": {"recvery": {"standing": "shown"}}}', 'there is no fact "recvery"'),
    ],
)
def test_what_is_no_record_is_refused_with_its_place(text: str, told: str):
    with pytest.raises(RecordFault) as stop:
        read_record(text, TOPICS)
    assert told in str(stop.value)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"minutes": 61}, "entries[2]: its topics add up to 60 minutes, and it has 61"),
        ({"topics": {"ethcs": 60}}, 'entries[2]: there is no topic "ethcs"'),
        ({"minutes": -60, "topics": {"ethics": -60}}, "entries[2]: minutes below zero"),
        ({"reverses": 1}, "entries[2]: minutes below zero"),
        ({"id": 1}, "the id 1 stands twice"),
        ({"minutes": 1.5}, "entries[1].minutes"),
        ({"modality": "asleep"}, "entries[1].modality"),
        ({"day": "3 March"}, "entries[1].day"),
    ],
)
def test_a_line_that_cannot_be_is_named(changed: dict[str, Any], told: str):
    with pytest.raises(RecordFault) as stop:
        read(entries=[LINE, {**LINE, **changed}])
    assert told in str(stop.value)
