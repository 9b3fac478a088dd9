"""Lists of certificates: what is told about them, and how a board's own words compare."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.batches import (
    Answer,
    Asked,
    Match,
    Said,
    counts,
    meant,
    not_ours,
    read_hours,
    repeated,
    said_of,
    same_hours,
    same_name,
    unreadable,
    with_facts,
)
from lms.domain.certificate import Facts, HourLine, State, code_from, spaced

CODE = code_from(2**120 + 99)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("46", 2760), ("46.5", 2790), ("46,5", 2790), ("46.50", 2790), ("46.33", 2780),
        ("46.67", 2800), ("46:30", 2790), ("46 h 30 min", 2790), ("46h30", 2790), ("46h", 2760),
        ("46 Hours", 2760), ("46 hrs.", 2760), ("90 min", 90), ("90 minutes", 90), ("0", 0),
        (" 46 ", 2760), ("46 h 5 m", 2765), ("1e3", None), ("-46", None), ("46:60", None),
        ("about 46", None), ("46.333", None), ("٤٦", None), ("999999", None), ("46-50", None),
        ("4 6", None), ("=46", None),
    ],
)  # fmt: skip
def test_hours_are_read_as_boards_write_them_and_never_guessed(typed: str, minutes: int | None):
    assert read_hours(typed) == minutes


@given(st.integers(0, 99_999 * 60))
def test_two_decimals_name_every_minute(minutes: int):
    hundredths = (minutes * 100 + 30) // 60
    assert read_hours(f"{hundredths // 100}.{hundredths % 100:02}") == minutes


@pytest.mark.parametrize(
    ("typed", "ours", "match"),
    [
        ("", "Ana Ruiz", Match.NOT_ASKED),
        ("  ", "Ana Ruiz", Match.NOT_ASKED),
        ("ana  RUIZ ", "Ana Ruiz", Match.SAME),
        ("Jose\u0301 Díaz", "José Díaz", Match.SAME),
        ("Jose Diaz", "José Díaz", Match.DIFFERS),
        ("Ruiz, Ana", "Ana Ruiz", Match.DIFFERS),
        ("STRASSE", "Straße", Match.SAME),
    ],
)
def test_names_are_the_same_but_for_case_and_spaces(typed: str, ours: str, match: Match):
    assert same_name(typed, ours) is match


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("", Match.NOT_ASKED), ("46", Match.SAME), ("46.5", Match.DIFFERS),
        ("many", Match.NOT_COMPARED),
    ],
)  # fmt: skip
def test_hours_that_cannot_be_read_are_not_compared_rather_than_wrong(typed: str, match: Match):
    assert same_hours(typed, 2760) is match


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        spaced(CODE),
        CODE.lower(),
        f"https://a.example/verify/{CODE}",
        f" {CODE}/ ",
        f"{CODE}\t",
    ],
)
def test_a_code_is_meant_in_any_spelling_and_at_the_end_of_our_address(typed: str):
    assert meant(typed) == CODE


def test_what_stands_twice_is_named_with_its_rows():
    asked = [
        Asked(2, "7", CODE), Asked(3, "7", "x"), Asked(4, "", spaced(CODE)), Asked(5, "", "x"),
        Asked(6, "8", ""),
    ]  # fmt: skip
    notes = repeated(asked)
    assert notes.same_ids == {"7": (2, 3)}
    assert notes.same_codes == {CODE: (2, 4)}


def test_every_answer_is_counted_also_those_nobody_got():
    found = counts([Answer(1, "", "", Said.VALID), Answer(2, "", "", Said.VALID)])
    assert found == dict.fromkeys(Said, 0) | {Said.VALID: 2}


def test_every_state_of_a_certificate_is_an_answer():
    assert {said_of(state) for state in State} < set(Said)


def test_a_line_without_a_certificate_says_nothing_of_anyone():
    line = Asked(1, "7", CODE, name="Ana", hours="46")
    for answer in (not_ours(line), unreadable(line)):
        told = {f.name: getattr(answer, f.name) for f in fields(answer)}
        assert (told["holder"], told["program"], told["minutes"]) == ("", "", 0)
        assert answer.name is answer.hours is Match.NOT_COMPARED
    assert unreadable(Asked(1, "7", "x")).name is Match.NOT_ASKED


FACTS = Facts(
    code=CODE, holder="Ana Ruiz", program="Foundations", program_id="foundations", edition="1",
    statement="", objectives=(), started_on="2026-01-05", completed_on="2026-03-01",
    issued_on="2026-03-02", expires_on="2028-03-02", minutes=2760,
    hours=(HourLine("Ethics", "Live online", 2760),), assessment=(), instructors=(),
    provider="Riverside", provider_address="", approvals=(), signatory="", signatory_title="",
    retention="", verify_at="", demo=True,
)  # fmt: skip


@pytest.mark.parametrize("said", Said)
def test_a_name_is_told_and_compared_only_while_the_paper_vouches_for_it(said: Said):
    line = Asked(1, "7", CODE, name="Ana Ruiz", hours="45")
    answer = with_facts(Answer(1, "7", CODE, said), line, FACTS)
    assert (answer.demo, answer.program, answer.issued_on) == (True, "Foundations", "2026-03-02")
    if said in (Said.VALID, Said.EXPIRED):
        assert (answer.holder, answer.minutes, answer.expires_on) == (
            "Ana Ruiz",
            2760,
            "2028-03-02",
        )
        assert (answer.name, answer.hours) == (Match.SAME, Match.DIFFERS)
    else:
        assert (answer.holder, answer.minutes, answer.expires_on) == ("", 0, "")
        assert (answer.name, answer.hours) == (Match.NOT_ASKED, Match.NOT_ASKED)
