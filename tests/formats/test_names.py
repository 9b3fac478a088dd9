"""A name is refused with its letters named, never printed with boxes."""

import pytest

from lms.formats.names import in_display_face, reads_from, turns, unprintable

LINEAR_A = "\U00010600"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ana Lucía Moreno", ""),
        ("Nguyễn Thị Ánh", ""),
        ("Łukasz Žižek, Æ Ø ß ı", ""),  # noqa: RUF001
        ("Γιώργος Дмитрий Їжак", ""),
        ("فاطمة الزهراء", ""),
        ("דָּוִד בן־גוריון", ""),
        ("लक्ष्मी श्रीवास्तव", ""),
        ("ᏣᎳᎩ ꮳꮃꭹ", ""),
        ("ᐃᓄᒃᑎᑐᑦ", ""),
        ("Kealiʻi O’Brien “Sam” – x", ""),  # noqa: RUF001
        ("می\u200cخواهم", ""),  # noqa: RUF001
        ("", ""),
        ("Sam 😀", "😀"),
        ("👩\u200d👧 Sam 👧", "👩👧"),
        (f"A{LINEAR_A}B{LINEAR_A}", LINEAR_A),
        ("Sam\nLee\t", "\n\t"),
        ("Sam \u202eeeL", "\u202e"),
        ("Sam \ud800", "\ud800"),
        ("Sam \ue000\uffff", "\ue000\uffff"),
    ],
)
def test_letters_without_a_picture_are_named_once_and_in_order(name, letters):
    assert unprintable(name) == letters


@pytest.mark.parametrize(
    ("text", "side", "turned"),
    [
        ("Ana", "ltr", False),
        ("", "ltr", False),
        ("12 – 34", "ltr", False),  # noqa: RUF001
        ("فاطمة", "rtl", True),
        ("(דוד) Sam", "rtl", True),
        ("Sam أحمد", "ltr", True),
    ],
)
def test_the_first_strong_letter_says_where_reading_starts(text, side, turned):
    assert reads_from(text) == side
    assert turns(text) is turned


def test_no_name_is_set_in_two_faces():
    assert in_display_face("Ana Lucía Moreno")
    assert not in_display_face("Ana ᏣᎳᎩ")
