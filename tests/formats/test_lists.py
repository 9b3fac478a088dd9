"""Lists as boards keep them: every encoding, separator and slip of a spreadsheet."""

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.batches import MOST_ROWS
from lms.domain.certificate import code_from, spaced
from lms.formats.lists import Unreadable, defused, read, written

A, B = code_from(2**101 + 5), code_from(2**102 + 7)
NAMED = f"Code,Your ID,Name,Hours\n{A},7,José Díaz,46\n{B},8,Zoë,30\n"


def rows(held: bytes | str) -> list[tuple[str, str, str, str]]:
    return [(one.own, one.typed, one.name, one.hours) for one in read(held)[0]]


WHOLE = [("7", A, "José Díaz", "46"), ("8", B, "Zoë", "30")]


@pytest.mark.parametrize(
    ("held", "read_as"),
    [
        (NAMED, ""),
        (NAMED.encode(), ""),
        (codecs.BOM_UTF8 + NAMED.encode(), ""),
        (NAMED.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + NAMED.encode("utf-16-be"), "utf-16"),
        (NAMED.encode("utf-16-le"), "utf-16-le"),
        (NAMED.encode("utf-16-be"), "utf-16-be"),
        (NAMED.encode("windows-1252"), "windows-1252"),
        (NAMED.encode("latin-1") + b"\x81,,\x81,\n", "latin-1"),
        (NAMED.replace("\n", "\r\n").encode(), ""),
        (NAMED.replace("\n", "\r").encode(), ""),
        (NAMED.replace(",", ";").encode(), ""),
        (NAMED.replace(",", "\t").encode(), ""),
        (NAMED.replace(",", "|"), ""),
        (NAMED.replace("José Díaz", '"José Díaz"'), ""),
        (NAMED.replace(",", ", "), ""),
        ("\n\n" + NAMED + "\n,,,\n", ""),
        (NAMED.replace("Code", "﻿Code"), ""),
        ("\ufeff" + NAMED, ""),
    ],
)
def test_a_list_reads_the_same_however_it_was_saved(held: bytes | str, read_as: str):
    asked, notes = read(held)
    assert [(a.own, a.typed, a.name, a.hours) for a in asked[:2]] == WHOLE
    assert notes.read_as == read_as


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (A, [("", A, "", "")]),
        (f"{A}\n{B}", [("", A, "", ""), ("", B, "", "")]),
        (f"x\n{A}", [("", "x", "", ""), ("", A, "", "")]),
        (f"{A},7\n{B},8", [("7", A, "", ""), ("8", B, "", "")]),
        (f"7,{A}\n8,{B}\n9", [("7", A, "", ""), ("8", B, "", ""), ("9", "", "", "")]),
        (f"7;{A};Ana, the first", [("7", A, "", "")]),
        (f"id,name,number\n7,Ana,{A}", [("7", A, "Ana", "")]),
        (f"CERTIFICATE_NUMBER;case\n{A};7", [("7", A, "", "")]),
        ("code\nnothing", [("", "nothing", "", "")]),
        (f'code,name\n{A},"Ruiz, ""Ana"""', [("", A, 'Ruiz, "Ana"', "")]),
        (f'code,name\n{A},"Ana\nRuiz"', [("", A, "Ana\nRuiz", "")]),
        (f"hours,code\n46,{A},more,and more", [("", A, "", "46")]),
        (f"{spaced(A)}\n", [("", spaced(A), "", "")]),
        (
            f"https://a.example/verify/{A}\tfile 7",
            [("file 7", f"https://a.example/verify/{A}", "", "")],
        ),
    ],
)
def test_columns_are_found_by_their_names_or_by_what_they_hold(held, expected):
    assert rows(held) == expected


def test_rows_keep_the_numbers_they_have_in_the_spreadsheet():
    asked, notes = read(f"code\n\n{A}\n,\n\n{B}\n")
    assert [one.row for one in asked] == [3, 6]
    assert notes.empty_rows == 3


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ("", "empty"),
        ("\n \n", "empty"),
        ("code,id", "no line below"),
        (b"PK\x03\x04", "Excel or Numbers"),
        (b"%PDF-1.7", "a PDF"),
        (b"{\\rtf1", "Word"),
        (b"\x00\x01\x02\x03" * 200, "not a text file"),
        (b"a\x07b", "not a text file"),
        ("a,b\nc,d", "No column holds codes"),
        ('code\n"open', "Row 2 cannot be taken apart"),
        ('code\n"a"b', "Row 2 cannot be taken apart"),
        ("code\n" + "x" * 501, "Row 2 has a cell of 501 characters"),
        ("x" * 140_000, "cannot be taken apart"),
        ("code\n" + "x\n" * (MOST_ROWS + 1), "more than 2,000 lines"),
        ("x\n" * (MOST_ROWS + 1), "more than 2,000 lines"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_way_to_mend_it(held, words: str):
    with pytest.raises(Unreadable, match=words):
        read(held)


@pytest.mark.parametrize("head", ["", "code\n"])
def test_the_largest_list_is_read_whole(head: str):
    assert len(read(head + "x\n" * MOST_ROWS)[0]) == MOST_ROWS


@given(st.binary(max_size=300))
def test_no_file_does_more_than_be_refused(held: bytes):
    try:
        asked, _notes = read(held)
    except Unreadable:
        return
    assert asked


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\t=1", "'\t=1"),
        ("\r=1", "' =1"), ("  =1", "'  =1"), ("＝1", "'＝1"), ("a=1", "a=1"), ("", ""),  # noqa: RUF001
        ("two\nlines", "two lines"), (46, "46"), ("'=1", "'=1"), ("−30", "−30"),
    ],
)  # fmt: skip
def test_no_cell_is_taken_for_a_formula(cell: object, safe: str):
    assert defused(cell) == safe


@given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=2), max_size=5))
def test_a_file_keeps_its_rows_and_columns_whatever_the_cells(cells):
    held = written(iter(cells)).decode("utf-8-sig", "replace")
    back = list(csv.reader(io.StringIO(held, newline=""), strict=True))
    assert [len(row) for row in back] == [2] * len(cells)
    for row in back:
        assert not any(cell.lstrip(" \u00a0").startswith(tuple("=+-@\t\r\n")) for cell in row)
