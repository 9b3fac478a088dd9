"""Names as printed, roles, the brake on guessing, and how long a session lasts."""

from datetime import timedelta
from unicodedata import category, is_normalized

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.people import (
    ABSOLUTE,
    ACCOUNT_LIMIT,
    ADDRESS_LIMIT,
    COHORT_ROLES,
    IDLE,
    NAME_LIMIT,
    Grant,
    Role,
    braked,
    clean_name,
    cohorts_as,
    session_is_live,
)
from tests.domain.making import NOON, SECOND

JOINER, NON_JOINER = "\u200d", "\u200c"


@pytest.mark.parametrize(
    ("typed", "printed", "why"),
    [
        ("Ana Ruiz", "Ana Ruiz", "as typed"),
        ("  Ana \t\n Ruiz ", "Ana Ruiz", "single spaces"),
        ("Ana\u00a0\u3000Ruiz", "Ana Ruiz", "any kind of space"),
        ("Jose\u0301", "José", "composed"),
        ("Jose\u200b\u0301", "José", "composed after what is unseen has gone"),
        ("O'Neill-D\u2019Arcy, Jr.", "O'Neill-D\u2019Arcy, Jr.", "marks stay"),
        ("Nguyễn Thị Ánh", "Nguyễn Thị Ánh", "two marks on a letter"),
        ("李小龍", "李小龍", "Chinese"),
        ("محمد علی", "محمد علی", "right to left needs no sign"),
        (f"علی{NON_JOINER}رضا", f"علی{NON_JOINER}رضا", "Persian keeps its non-joiner"),
        (f"ක්{JOINER}රි", f"ක්{JOINER}රි", "Sinhala keeps its joiner"),
        ("Ana\u202eziuR", "AnaziuR", "an override would print it backwards"),
        ("\u2067Ana\u2069", "Ana", "an isolate turns the line"),
        ("\u200fAna\u200e\u061c", "Ana", "direction marks"),
        ("A\u00adna\ufeff\u2060", "Ana", "soft hyphen, byte order mark, word joiner"),
        ("Ana\x00\x07\x1b", "Ana", "control characters"),
        ("Ana\x85Ruiz\u2028Sol", "Ana Ruiz Sol", "line ends of other systems are spaces"),
        ("Ana\ue000\ud800\uffff", "Ana", "private, half and never-assigned characters"),
    ],
)
def test_a_name_prints_as_written_without_what_cannot_be_seen(typed, printed, why):
    assert clean_name(typed) == printed, why


@pytest.mark.parametrize(
    "typed", ["", "   ", "\u202e\u200b", JOINER, f"{NON_JOINER} {JOINER}", "\ue000"]
)
def test_a_name_of_nothing_visible_is_asked_for_again(typed):
    with pytest.raises(ValueError, match="Enter the name to print on your certificate"):
        clean_name(typed)


def test_ninety_characters_are_printed_and_ninety_one_are_not():
    assert clean_name("a" * 90) == "a" * 90
    with pytest.raises(ValueError, match=r"has 91 characters\. A certificate can print 90\."):
        clean_name("a" * 91)


def test_a_name_is_measured_as_it_will_be_printed():
    assert len(clean_name("  e\u0301" * 45)) == 89
    assert clean_name("\u202e" * 500 + "Ana") == "Ana"


names = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("aéλیक \t\u0301\u0308\u200b\u202e\u2066\u00ad" + JOINER + NON_JOINER),
    ),
    max_size=60,
)


@given(names)
def test_a_cleaned_name_is_clean_and_stays_so(typed):
    try:
        printed = clean_name(typed)
    except ValueError:
        return
    assert clean_name(printed) == printed
    assert is_normalized("NFC", printed)
    assert printed == " ".join(printed.split())
    assert 1 <= len(printed) <= NAME_LIMIT
    unseen = {c for c in printed if category(c).startswith("C")}
    assert unseen <= {JOINER, NON_JOINER}


@pytest.mark.parametrize(
    ("role", "cohorts", "why"),
    [
        (Role.ASSESSOR, {1, 2}, "both cohorts"),
        (Role.LEARNER, {3}, "and a learner in a third"),
        (Role.COORDINATOR, set(), "a role never given"),
        (Role.BOARD, set(), "a role in the whole school is in no cohort"),
    ],
)
def test_a_role_holds_in_its_own_cohorts_only(role, cohorts, why):
    grants = [
        Grant(Role.ASSESSOR, 1),
        Grant(Role.ASSESSOR, 2),
        Grant(Role.ASSESSOR, 2),
        Grant(Role.LEARNER, 3),
        Grant(Role.BOARD),
    ]
    assert cohorts_as(grants, role) == cohorts, why


def test_boards_and_operators_belong_to_no_cohort():
    assert set(Role) - COHORT_ROLES == {Role.BOARD, Role.OPERATOR}


@pytest.mark.parametrize(
    ("account", "address", "waits", "why"),
    [
        (0, 0, False, "a first try"),
        (7, 0, False, "the eighth try is still free"),
        (8, 0, True, "the ninth is not"),
        (9, 9, True, "nor any after it"),
        (0, 40, False, "forty honest people behind one address"),
        (7, 299, False, "the last free one of both"),
        (0, 300, True, "an address that guesses at many accounts"),
    ],
)
def test_guessing_is_braked_and_a_crowd_is_not(account, address, waits, why):
    assert braked(account, address) is waits, why


@given(st.integers(0, 500), st.integers(0, 500))
def test_one_more_failure_never_releases_the_brake(account, address):
    assert braked(account, address) is (account >= ACCOUNT_LIMIT or address >= ADDRESS_LIMIT)
    assert braked(account + 1, address) >= braked(account, address)
    assert braked(account, address + 1) >= braked(account, address)


@pytest.mark.parametrize(
    ("age", "quiet", "live", "why"),
    [
        (0 * SECOND, 0 * SECOND, True, "just begun"),
        (IDLE, IDLE, True, "twelve quiet hours to the second"),
        (IDLE + SECOND, IDLE + SECOND, False, "a second more"),
        (ABSOLUTE, SECOND, True, "two weeks to the second, in use"),
        (ABSOLUTE + SECOND, 0 * SECOND, False, "a second more, though in use"),
        (timedelta(days=13), timedelta(hours=1), True, "a daily user, one hour away"),
        (timedelta(days=13), timedelta(hours=13), False, "a daily user, overnight"),
    ],
)
def test_a_session_ends_after_quiet_hours_and_in_any_case(age, quiet, live, why):
    assert session_is_live(NOON - age, NOON - quiet, NOON) is live, why
