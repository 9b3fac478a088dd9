"""Facts on the paper, the last valid day, where a certificate stands, and hours in words."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.certificate import (
    Facts,
    Happening,
    HourLine,
    ReasonClass,
    Standing,
    State,
    expiry,
    in_hours,
    reminder,
    standing,
)

ISSUED, LAST_DAY = date(2026, 11, 22), date(2028, 11, 22)
DAY = timedelta(days=1)
ERROR, ASKED = ReasonClass.ISSUED_IN_ERROR, ReasonClass.HOLDER_ASKED


def revoked(on: date, reason: ReasonClass = ERROR) -> Happening:
    return Happening(State.REVOKED, on, reason)


def replaced(on: date, code: str = "NEW") -> Happening:
    return Happening(State.REPLACED, on, replaced_by=code)


VALID = Standing(State.VALID, ISSUED)
EXPIRED = Standing(State.EXPIRED, LAST_DAY)
JUNE, JULY = date(2027, 6, 1), date(2027, 7, 1)


@pytest.mark.parametrize(
    ("expires_on", "happenings", "today", "expected", "why"),
    [
        (LAST_DAY, [], ISSUED, VALID, "the day it was issued"),
        (LAST_DAY, [], LAST_DAY - DAY, VALID, "the day before it expires"),
        (LAST_DAY, [], LAST_DAY, VALID, "still valid on the day it expires"),
        (LAST_DAY, [], LAST_DAY + DAY, EXPIRED, "and not on the next"),
        (None, [], date(2126, 1, 1), VALID, "no expiry, a hundred years on"),
        (
            LAST_DAY,
            [revoked(JUNE)],
            JULY,
            Standing(State.REVOKED, JUNE, ERROR),
            "revoked, with its reason class",
        ),
        (
            LAST_DAY,
            [replaced(JUNE)],
            JULY,
            Standing(State.REPLACED, JUNE, replaced_by="NEW"),
            "replaced, with the new code",
        ),
        (
            LAST_DAY,
            [replaced(JUNE), revoked(JULY)],
            JULY,
            Standing(State.REVOKED, JULY, ERROR),
            "revoked after it was replaced: revoked outweighs",
        ),
        (
            LAST_DAY,
            [revoked(JUNE), replaced(JULY)],
            JULY,
            Standing(State.REVOKED, JUNE, ERROR),
            "replaced after it was revoked: still revoked",
        ),
        (
            LAST_DAY,
            [replaced(JUNE)],
            LAST_DAY + DAY,
            Standing(State.REPLACED, JUNE, replaced_by="NEW"),
            "replaced outweighs expired",
        ),
        (
            LAST_DAY,
            [revoked(LAST_DAY + DAY, ASKED)],
            LAST_DAY + 9 * DAY,
            Standing(State.REVOKED, LAST_DAY + DAY, ASKED),
            "revoked after it had expired",
        ),
        (
            None,
            [revoked(JUNE), revoked(JULY, ASKED)],
            JULY,
            Standing(State.REVOKED, JUNE, ERROR),
            "revoked twice: since the first",
        ),
        (
            None,
            [replaced(JUNE), replaced(JULY, "NEWER")],
            JULY,
            Standing(State.REPLACED, JUNE, replaced_by="NEW"),
            "replaced twice: the first leads on to the next",
        ),
    ],
)
def test_a_certificate_stands_in_one_honest_state(expires_on, happenings, today, expected, why):
    for told in permutations(happenings):
        assert standing(ISSUED, expires_on, told, today) == expected, why


@pytest.mark.parametrize(
    ("left", "due"),
    [(-1, None), (0, 7), (7, 7), (8, 30), (30, 30), (31, 90), (90, 90), (91, None), (400, None)],
)
def test_the_nearest_reminder_is_due(left, due):
    assert reminder(ISSUED + left * DAY, ISSUED) == due


SUSPENDED, LIFTED = State.SUSPENDED, State.VALID


@pytest.mark.parametrize(
    ("befell", "state", "why"),
    [
        ([SUSPENDED], SUSPENDED, "it is in doubt"),
        ([SUSPENDED, LIFTED], State.VALID, "the doubt is settled"),
        ([SUSPENDED, LIFTED, SUSPENDED], SUSPENDED, "and came back"),
        ([SUSPENDED, State.REVOKED], State.REVOKED, "the doubt was right"),
        ([SUSPENDED, LIFTED, State.REPLACED], State.REPLACED, "a corrected one took its place"),
    ],
)
def test_a_suspension_holds_until_it_is_lifted_or_the_certificate_ends(befell, state, why):
    happened = [Happening(one, ISSUED + n * DAY) for n, one in enumerate(befell)]
    found = standing(ISSUED, LAST_DAY, happened, ISSUED + 9 * DAY)
    assert found.state is state, why
    since = ISSUED if state is State.VALID else happened[-1].on
    assert found.since == since


def test_suspended_outweighs_expired():
    late = LAST_DAY + DAY
    assert standing(ISSUED, LAST_DAY, [Happening(SUSPENDED, ISSUED)], late).state is SUSPENDED
    lifted = [Happening(SUSPENDED, ISSUED), Happening(LIFTED, ISSUED)]
    assert standing(ISSUED, LAST_DAY, lifted, late).state is State.EXPIRED


@pytest.mark.parametrize(
    ("issued", "months", "last_day", "why"),
    [
        (ISSUED, 24, LAST_DAY, "the same day two years on"),
        (ISSUED, None, None, "certificates of this program do not expire"),
        (ISSUED, 0, ISSUED, "the same day"),
        (date(2026, 1, 31), 1, date(2026, 2, 28), "February has no 31st"),
        (date(2028, 1, 31), 1, date(2028, 2, 29), "and a 29th in a leap year"),
        (date(2028, 2, 29), 12, date(2029, 2, 28), "a leap day has no next year"),
        (date(2028, 2, 29), 48, date(2032, 2, 29), "but one four years on"),
        (date(2099, 2, 28), 12, date(2100, 2, 28), "2100 is no leap year"),
        (date(2026, 12, 15), 1, date(2027, 1, 15), "over the end of the year"),
        (date(2026, 12, 31), 12, date(2027, 12, 31), "December to December"),
        (date(2026, 8, 31), 3, date(2026, 11, 30), "thirty days has November"),
    ],
)
def test_a_certificate_expires_on_the_same_day_or_the_months_last(issued, months, last_day, why):
    assert expiry(issued, months) == last_day, why


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(0, 60))
def test_expiry_matches_walking_through_the_calendar_day_by_day(issued, months):
    day = issued.replace(day=1)
    for _ in range(months):
        month = day.month
        while day.month == month:
            day += DAY
    for _ in range(issued.day - 1):
        if (day + DAY).month == day.month:
            day += DAY
    assert expiry(issued, months) == day


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (2760, "46 h"),
        (570, "9 h 30 min"),
        (45, "45 min"),
        (60, "1 h"),
        (61, "1 h 1 min"),
        (59, "59 min"),
        (0, "0 min"),
        (-30, "\N{MINUS SIGN}30 min"),
        (-90, "\N{MINUS SIGN}1 h 30 min"),
        (-120, "\N{MINUS SIGN}2 h"),
    ],
)
def test_minutes_are_told_as_people_read_them(minutes, words):
    assert in_hours(minutes) == words


@given(st.integers(-100_000, 100_000))
def test_hours_in_words_say_the_same_minutes(minutes):
    words = in_hours(minutes).replace("\N{MINUS SIGN}", "-")
    sign = -1 if words.startswith("-") else 1
    parts = words.removeprefix("-").split()
    told = sum(
        int(count) * {"h": 60, "min": 1}[unit]
        for count, unit in zip(parts[::2], parts[1::2], strict=True)
    )
    assert sign * told == minutes


def facts(*hours: HourLine) -> Facts:
    return Facts(
        code="0" * 27,
        holder="Ana Ruiz",
        program="Peer Support Foundations",
        program_id="foundations",
        edition="1",
        statement="This training is specific to peer support.",
        objectives=("Listen.",),
        started_on="2026-09-01",
        completed_on="2026-11-22",
        issued_on="2026-11-22",
        expires_on=None,
        minutes=sum(line.minutes for line in hours),
        hours=hours,
        assessment=(),
        instructors=(),
        provider="Peerpath",
        provider_address="",
        approvals=(),
        signatory="",
        signatory_title="",
        retention="",
        verify_at="",
    )


def test_a_paper_adds_up_its_hours_by_topic_and_by_modality_in_the_order_printed():
    paper = facts(
        HourLine("Ethics", "Self-paced", 50),
        HourLine("Crisis", "Self-paced", 12),
        HourLine("Ethics", "Live, in person", 60),
    )
    assert list(paper.topics.items()) == [("Ethics", 110), ("Crisis", 12)]
    assert list(paper.modalities.items()) == [("Self-paced", 62), ("Live, in person", 60)]
    assert facts().topics == facts().modalities == {}


hour_lines = st.builds(
    HourLine, st.sampled_from("ABC"), st.sampled_from("XYZ"), st.integers(0, 999)
)


@given(st.lists(hour_lines, max_size=9))
def test_both_sums_on_a_paper_come_to_its_total(lines):
    paper = facts(*lines)
    assert sum(paper.topics.values()) == sum(paper.modalities.values()) == paper.minutes
