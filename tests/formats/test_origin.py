"""A paper names its own certificate, and no file can make us read without end."""

import zlib
from collections.abc import Callable
from dataclasses import replace

from lms.domain.certificate import Facts, code_from
from lms.formats.origin import code_in

CODE = code_from(2**127 + 11)
LINK = f"(https://school.example/verify/{CODE})".encode()


def packed(text: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj\nstream\n" + zlib.compress(text) + b"\nendstream\n%%EOF"


def test_either_paper_says_which_certificate_it_is(paper: Callable[[Facts], bytes], facts: Facts):
    address = f"https://school.example/verify/{facts.code}"
    assert code_in(paper(replace(facts, verify_at=address))) == facts.code


def test_a_code_is_found_in_the_open_and_in_compressed_parts():
    assert code_in(b"%PDF-1.4\n" + LINK) == CODE
    assert code_in(packed(b"much else " + LINK)) == CODE


def test_what_is_no_pdf_or_carries_no_code_says_nothing():
    for other in (b"", LINK, b"%PDF-1.7", packed(b"nothing"), b"%PDF-1.7 stream\nnot packed"):
        assert code_in(other) is None


def test_a_file_made_to_swell_is_read_up_to_a_limit():
    bomb = packed(b"\0" * 50_000_000 + LINK)
    assert len(bomb) < 60_000
    assert code_in(bomb) is None
    assert code_in(b"%PDF-1.7\n" + b"stream\n" * 100_000) is None
