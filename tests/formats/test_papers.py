"""A paper says exactly its facts, on one page, the same every time."""

import logging
import os
import pickle
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import zxingcpp

from lms.domain.certificate import HourLine, code_from, spaced
from lms.formats import papers
from lms.formats.sheets import public_address, spelled

ON_BOTH = [
    *("Ana Lucía Moreno", "Peer Support Foundations", "peer-support-foundations", "edition 3"),
    *("A training specific to peer support.", "3 February 2026 to 4 May 2026", "6 May 2026"),
    *("7 May 2028", "26 h 30 min", "16 h 30 min", "6 h 30 min", "Ethics", "Advocacy", "10 h"),
    *("Live in person", "Self-paced", "Live online", "Quiz passed (pass mark 80%)"),
    *("Role-play passed, two assessors", "Carla Ruiz, CPRS", "Dev Patel, MSW"),
    *("Riverside Recovery School", "120 Mill Street, Riverside, OH 45424", "Jordan Reyes"),
    *("Board of Peers no. 88-1201", "Program director", "Keep this for at least six years."),
    *("learn.example/verify", spaced(code_from(3)), "not a certification"),
]


@pytest.mark.parametrize("words", ON_BOTH)
def test_every_fact_is_on_both_papers(paper, read, facts, words):
    assert words in read(paper(facts))


def test_the_code_is_printed_in_groups(paper, read, facts):
    assert spaced(facts.code) in read(paper(facts))


def test_the_transcript_lists_the_objectives(transcript, read, facts):
    assert all(objective in read(transcript(facts)) for objective in facts.objectives)


def test_what_there_is_none_of_is_said(paper, read, facts):
    text = read(paper(replace(facts, approvals=(), expires_on=None, replaces=None)))
    assert "Approvals none" in text
    assert "no end date" in text.lower()
    assert "Replaces" not in text


def test_no_paper_calls_a_person_certified(paper, read, facts):
    assert "certified" not in read(paper(facts)).lower()


def test_a_demo_paper_says_so_in_words(paper, read, facts):
    assert "DEMO" in read(paper(replace(facts, demo=True)))
    assert "DEMO" not in read(paper(facts))


NAMES = {
    "Latin with marks": "Zoë Ångström-Núñez",
    "combining marks": "e\u0301Ve\u0302\u0323",
    "quotes and ampersands": "O’Brien & \"Sons\" 'x'",  # noqa: RUF001
    "Arabic": "فاطمة الزهراء بن علي",
    "Hebrew": "דוד בן גוריון",
    "Devanagari": "लक्ष्मी श्रीवास्तव",
    "Cherokee": "ᏣᎳᎩ ᎠᏰᎵ",
    "Inuktitut": "ᐃᓄᒃᑎᑐᑦ",
    "template": "{{7*7}} {% x %}",
    "markup": "<script>alert(1)</script>",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_a_name_prints_as_written(paper, read, facts, name):
    pdf = paper(replace(facts, holder=name))
    assert name in read(pdf)
    assert name in str(pikepdf.open(BytesIO(pdf)).docinfo.Title)


LONG = {
    "90 letters": "Wilhelmina Maria-Magdalena Oyelaran-Featherstonehaugh"
    " de la Cruz y Santa Maria Oldenburg-A",
    "90 wide letters": "W" * 90,
    "90 letters of Arabic": ("فاطمة الزهراء " * 7)[:90],
}


@pytest.mark.parametrize("name", LONG.values(), ids=LONG.keys())
@pytest.mark.parametrize("demo", [False, True])
def test_a_certificate_is_one_page_however_long_the_name(certificate, read, facts, name, demo):
    assert len(name) == 90
    modalities = ("Live in person", "Self-paced")
    full = replace(
        facts,
        holder=name,
        program="Foundations of Peer Support for People in Recovery, with Supervised Practice"
        " in Crisis and Community Settings",
        hours=tuple(HourLine(f"Topic number {n}", modalities[n % 2], 90) for n in range(8)),
        demo=demo,
    )
    pdf = certificate(full)
    assert len(pikepdf.open(BytesIO(pdf)).pages) == 1
    assert name.replace(" ", "") in read(pdf).replace(" ", "")


def test_facts_no_page_can_hold_are_refused_with_a_way_out(certificate, facts):
    with pytest.raises(papers.DoesNotFit, match="Shorten"):
        certificate(replace(facts, statement="Far too much. " * 500))


def test_a_long_table_repeats_its_header_row(transcript, read, facts):
    hours = tuple(HourLine(f"Topic {n}", "Self-paced", n) for n in range(1, 61))
    pdf = transcript(replace(facts, hours=hours))
    assert len(pikepdf.open(BytesIO(pdf)).pages) == 3
    text = read(pdf)
    assert text.count("All formats") == 3
    assert all(f"Topic {n} " in text for n in range(1, 61))


UNCLOSED = "ignore:unclosed file:ResourceWarning"  # see filterwarnings in pyproject.toml
ELSEWHERE = """
import pickle, sys
from pathlib import Path
from lms.formats import papers
facts, place = pickle.load(sys.stdin.buffer)
for pdf in papers.certificate_pdf, papers.transcript_pdf:
    sys.stdout.buffer.write(pdf(facts, Path(place)))
"""


def test_the_same_facts_give_the_same_bytes_in_another_process(facts, tmp_path):
    place = Path(__file__).parents[2] / "templates"
    papers.certificate_pdf(replace(facts, holder="Someone Before"), place)
    here = papers.certificate_pdf(facts, place) + papers.transcript_pdf(facts, place)
    bare = {
        "PATH": os.environ["PATH"],
        "HOME": "/nowhere",
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
    }
    there = subprocess.run(
        [sys.executable, "-W", "error", "-W", UNCLOSED, "-c", ELSEWHERE],
        input=pickle.dumps((facts, str(place))),
        env={**bare, "LANG": "ar_EG.UTF-8", "TMPDIR": str(tmp_path)},
        cwd=place.parent,
        capture_output=True,
        check=True,
    )
    assert there.stderr == b""
    assert there.stdout == here
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("dpi", [96, 150, 300])
@pytest.mark.parametrize("turned", [0, 2])
def test_the_qr_code_opens_the_public_page(paper, picture, facts, dpi, turned):
    scan = picture(paper(facts), dpi).rotate(turned, expand=True, fillcolor=255)
    (found,) = zxingcpp.read_barcodes(scan)
    assert found.text == f"https://learn.example/verify/{facts.code}"


def test_the_address_may_hold_the_code_already(facts):
    whole = replace(facts, verify_at=f"{facts.verify_at}/{facts.code}")
    assert public_address(whole) == public_address(facts)


@pytest.mark.parametrize(
    ("day", "words"), [("2026-05-04", "4 May 2026"), ("2028-02-29", "29 February 2028")]
)
def test_days_are_spelled_out(day, words):
    assert spelled(day) == words


def test_printing_leaves_nothing_to_warn_about(paper, facts, caplog):
    with caplog.at_level(logging.WARNING):
        paper(replace(facts, demo=True))
    assert caplog.records == []


def test_the_papers_are_ready_here():
    assert papers.ready() is None


def test_a_missing_library_is_named_with_the_command_that_brings_it(monkeypatch):
    assert papers.ready() is None
    monkeypatch.setattr("weasyprint.text.ffi.harfbuzz_subset", None)
    assert re.search(r"harfbuzz-subset is missing.*apt-get install .*subset0$", papers.ready())
