"""The code on the paper: whatever a tired eye does to it, it is read right or not at all.

The check symbol is computed a second way here, from tables of powers and logarithms of GF(32)
written out by shifting a register, so that both would have to be wrong alike.
"""

import random
from collections.abc import Iterator
from itertools import combinations, islice, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.certificate import ALPHABET, CODE_BITS, code_from, read_code, spaced

numbers = st.integers(0, (1 << CODE_BITS) - 1)


def _powers() -> list[int]:
    """Powers of x modulo x^5 + x^2 + 1."""
    found, register = [], 1
    for _ in range(31):
        found.append(register)
        register <<= 1
        if register >= 32:
            register = register - 32 ^ 0b00101
    return found


POWER = _powers()
LOG = {value: exponent for exponent, value in enumerate(POWER)}


def check_by_tables(data: str) -> str:
    total = 0
    for place, symbol in enumerate(data, 1):
        if value := ALPHABET.index(symbol):
            total ^= POWER[(LOG[value] + place) % 31]
    return ALPHABET[total]


def random_codes() -> Iterator[str]:
    """Fresh codes without end: the same ones every time, and nothing secret."""
    dice = random.Random(2026)  # noqa: S311
    while True:
        yield code_from(dice.getrandbits(CODE_BITS))


def test_the_tables_of_this_test_are_those_of_a_field():
    assert sorted(POWER) == list(range(1, 32)), "x generates every element but zero"


def test_the_alphabet_leaves_out_what_is_misread():
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


@given(numbers)
def test_a_code_is_its_number_in_base_32_and_one_check_symbol(number):
    code = code_from(number)
    assert len(code) == 27
    value = 0
    for symbol in code[:26]:
        value = value * 32 + ALPHABET.index(symbol)
    assert value == number
    assert code[26] == check_by_tables(code[:26])


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (0, "0" * 27),
        (1, "0" * 25 + "1" + check_by_tables("0" * 25 + "1")),
        ((1 << 128) - 1, "7" + "Z" * 25 + check_by_tables("7" + "Z" * 25)),
    ],
)
def test_the_first_and_last_numbers_have_a_code(number, code):
    assert code_from(number) == code


@pytest.mark.parametrize("number", [-1, 1 << 128])
def test_a_number_of_more_than_128_bits_is_refused(number):
    with pytest.raises(ValueError, match="exactly 128 bits"):
        code_from(number)


@given(numbers, numbers)
def test_two_numbers_never_share_a_code(one, two):
    assert (code_from(one) == code_from(two)) is (one == two)


def test_every_wrong_symbol_in_every_place_is_noticed_in_thousands_of_codes():
    codes = random_codes()
    for place, wrong in product(range(27), ALPHABET * 4):
        code = next(codes)
        typed = code[:place] + wrong + code[place + 1 :]
        assert read_code(typed) == (code if typed == code else None), (code, typed)
        assert typed == code or check_by_tables(typed[:26]) != typed[26]


def test_every_swap_of_two_different_symbols_is_noticed_in_thousands_of_codes():
    codes = random_codes()
    for one, two in combinations(range(27), 2):
        for code in islice(codes, 20):
            typed = list(code)
            typed[one], typed[two] = code[two], code[one]
            meant = code if code[one] == code[two] else None
            assert read_code("".join(typed)) == meant, (code, one, two)


@given(numbers, st.data())
def test_a_code_typed_by_hand_is_read_as_meant(number, data):
    code = code_from(number)
    looks_like = {"1": "1IiLl", "0": "0Oo"}
    typed = "".join(
        data.draw(st.sampled_from(looks_like.get(s, s + s.lower())))
        + data.draw(st.sampled_from(["", "", "-", " ", "\n", "–", "\u00a0", "."]))  # noqa: RUF001
        for s in code
    )
    assert read_code(typed) == code
    assert read_code(f"  {spaced(code)}  ") == code


GOOD = code_from(2**100 + 12345)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "nothing"),
        (" - ", "no symbol"),
        (GOOD[:-1], "one short"),
        (GOOD + "0", "one too many"),
        ("U" * 27, "U is not in the alphabet"),
        ("é" * 27, "letters beyond the alphabet"),
        ("٣" * 27, "digits of another script"),
        (GOOD * 40, "a paste of many"),
        ("0" * 10_000, "a very long one is cut, not read for seconds"),
        (GOOD[::-1], "backwards"),
    ],
)
def test_what_is_not_a_code_is_read_as_none(typed, why):
    assert read_code(typed) is None, why


@given(st.text(max_size=300))
def test_no_text_makes_reading_fail(typed):
    found = read_code(typed)
    assert found is None or found[26] == check_by_tables(found[:26])


def test_a_code_is_printed_in_groups_of_five():
    assert spaced("0123456789ABCDEFGHJKMNPQRST") == "01234-56789-ABCDE-FGHJK-MNPQR-ST"
