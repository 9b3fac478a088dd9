"""A paper against its record: every change is found, and nothing else is said to differ."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.paper_check import Compared, Difference, Field, Phrase, bare, compare

PHRASES = [
    Phrase(Field.HOLDER, "Ana Lucía Moreno"),
    Phrase(Field.HOURS, "26 h 30 min of training"),
    Phrase(Field.TRAINING, "3 February 2026 to 4 May 2026"),
    Phrase(Field.ISSUED, "6 May 2026"),
    Phrase(Field.CODE, "40000-00000-0000V-D6TBX-ZF84N-H8"),
    Phrase(Field.TOPIC, "16 h 30 min", "Ethics"),
    Phrase(Field.TOPIC, "10 h", "Advocacy"),
    Phrase(Field.TOPIC, "10 h\t6 h 30 min\t16 h 30 min", "All of it"),
    Phrase(Field.INSTRUCTORS, "Carla Ruiz, CPRS"),
]
KNOWN = ["Certificate of completion", "presented to", "Issued", "Hours by topic", "Instructors"]
KNOWN += ["Ethics", "Advocacy", "All of it", "16 h 30 min", "10 h", "6 h 30 min"]
PAGE = """\
              Certificate of completion
                    presented to
                  Ana Lucía Moreno
   26 h 30 min of training, 3 February 2026 to 4 May 2026
                    6 May 2026
                      Issued
Hours by topic                            Instructors
Ethics              16 h 30 min           Carla Ruiz, CPRS
Advocacy                   10 h           40000-00000-0000V-D6TBX-ZF84N-H8
All of it      10 h    6 h 30 min      16 h 30 min
"""


def look(page: str, phrases=PHRASES) -> Compared:
    return compare(phrases, KNOWN, page, page)


def test_a_page_that_says_the_same_agrees():
    assert look(PAGE) == Compared(has_text=True)
    assert look(PAGE).agrees


SAVED_AGAIN = [
    ("spaces lost in names", lambda t: t.replace("Ana Lucía Moreno", "AnaLucíaMoreno")),
    ("a soft hyphen", lambda t: t.replace("February", "Febru\u00adary")),
    ("hard spaces", lambda t: t.replace("6 May", "6\u00a0May")),
    ("letters in two pieces", lambda t: t.replace("í", "i\u0301")),
    ("a ligature", lambda t: t.replace("fi", "\ufb01")),
    ("other dashes", lambda t: t.replace("-", "\u2011")),
    ("a broken line", lambda t: t.replace("of training, 3", "of\n training, 3")),
    ("capitals", lambda t: t.replace("Certificate of completion", "CERTIFICATE OF COMPLETION")),
]


@pytest.mark.parametrize(("_name", "change"), SAVED_AGAIN)
def test_saving_it_again_changes_nothing(_name, change):
    assert look(change(PAGE)).agrees


CHANGED = [
    ("Ana Lucía Moreno", "Ana Lucia Morena", Field.HOLDER),
    ("Ana Lucía Moreno", "Eve Hill", Field.HOLDER),
    ("Moreno", "Morenо", Field.HOLDER),  # noqa: RUF001 - the last letter is Cyrillic
    ("26 h 30 min of", "60 h of", Field.HOURS),
    ("4 May 2026\n", "14 May 2026\n", Field.TRAINING),
    ("6 May 2026\n   ", "16 May 2026\n   ", Field.ISSUED),
    ("16 h 30 min           Carla", "36 h 30 min           Carla", Field.TOPIC),
    ("10 h           4", "40 h           4", Field.TOPIC),
    ("Carla Ruiz, CPRS", "Carla Ruiz, PhD", Field.INSTRUCTORS),
    ("D6TBX", "D6TBY", Field.CODE),
]


@pytest.mark.parametrize(("old", "new", "field"), CHANGED)
def test_a_changed_line_is_named(old, new, field):
    assert PAGE.count(old) == 1
    found = look(PAGE.replace(old, new))
    assert [one.field for one in found.differing] == [field]
    assert not found.agrees


def test_hours_that_changed_places_are_found():
    turned = {"Ethics  ": "Advocacy", "Advocacy": "Ethics  "}
    lines = [turned.get(line[:8], line[:8]) + line[8:] for line in PAGE.splitlines()]
    swapped = "\n".join(lines)
    assert {one.field for one in look(swapped).differing} == {Field.TOPIC}


def test_an_amount_is_read_as_the_hours_though_it_looks_like_nothing_of_them():
    forged = PAGE.replace("26 h 30 min of training", "60 h").replace("Ana Lucía Moreno", "Eve Hill")
    found = look(forged)
    assert found.differing == (
        Difference(Field.HOURS, "60 h", "26 h 30 min of training"),
        Difference(Field.HOLDER, "Eve Hill", "Ana Lucía Moreno"),
    )


def test_what_fits_nowhere_stays_by_itself():
    forged = PAGE.replace("Carla Ruiz, CPRS", "Kim").replace("Ana Lucía Moreno", "Eve Hill")
    found = look(forged.replace("6 May 2026\n   ", "11 June 2031\n   "))
    assert found.differing == (Difference(Field.ISSUED, "11 June 2031", "6 May 2026"),)
    assert found.extra == ("Eve Hill", "Kim")
    assert {one.field for one in found.unfound} == {Field.HOLDER, Field.INSTRUCTORS}


def test_both_sides_of_a_difference_are_told():
    (one,) = look(PAGE.replace("Advocacy                   10 h", "Advocacy  40 h")).differing
    assert one == Difference(Field.TOPIC, "Advocacy: 40 h", "Advocacy: 10 h")
    (cells,) = look(PAGE.replace("10 h    6 h", "12 h    6 h")).differing
    assert cells.paper == "All of it: 12 h, 6 h 30 min, 16 h 30 min"


@pytest.mark.parametrize("words", ["and Eve Hill", "plus 20 h", "with distinction", "7", "مريم"])
def test_words_that_were_added_are_told(words):
    found = look(PAGE.replace("presented to\n", f"presented to\n   {words}\n"))
    assert found.extra == (words,)
    assert not found.agrees


def test_what_is_not_there_is_not_said_to_differ():
    without = "\n".join(line for line in PAGE.splitlines() if "Ethics" not in line)
    found = look(without)
    assert found.differing == ()
    assert {one.words for one in found.unfound} == {"16 h 30 min", "Carla Ruiz, CPRS"}
    assert found.agrees


@pytest.mark.parametrize("page", ["", " \n\f ", "Scan 1", "- - -"])
def test_without_text_there_is_nothing_to_compare(page):
    assert look(page) == Compared(has_text=False)
    assert not look(page).agrees


def test_letters_from_right_to_left_are_found_in_either_order():
    name = "فاطمة الزهراء"
    phrases = [Phrase(Field.HOLDER, name), *PHRASES[1:]]
    for written in (name, name[::-1]):
        assert look(PAGE.replace("Ana Lucía Moreno", written), phrases).agrees
    assert not look(PAGE.replace("Ana Lucía Moreno", "مريم"), phrases).agrees


DIGITS = [at for at, sign in enumerate(PAGE) if sign.isdigit()]
LETTERS = [at for at, sign in enumerate(PAGE) if sign.isalpha() and sign != "í"]


@given(st.sampled_from(DIGITS), st.sampled_from(string.digits))
def test_any_single_changed_digit_is_found(at, digit):
    changed = PAGE[:at] + digit + PAGE[at + 1 :]
    assert look(changed).agrees == (changed == PAGE)


@given(st.sampled_from(LETTERS), st.sampled_from(string.ascii_letters))
def test_any_single_changed_letter_is_found_or_told_as_unfound(at, letter):
    changed = PAGE[:at] + letter + PAGE[at + 1 :]
    found = look(changed)
    is_same = bare(changed) == bare(PAGE)
    assert (found.agrees and not found.unfound) == is_same


def test_words_without_letters_are_nothing_to_look_for():
    found = look(PAGE, [*PHRASES, Phrase(Field.RETENTION, "…")])
    assert [one.words for one in found.unfound] == ["…"]
    assert bare("… -") == ""
