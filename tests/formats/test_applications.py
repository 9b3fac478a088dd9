"""What a learner hands in: no cell is a formula, nothing is lost, and it can be read by ear."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO

import pdfua
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.application import Application, Asked, Line, Paper
from lms.domain.certificate import code_from
from lms.formats.application_list import application_csv
from lms.formats.application_paper import application_pdf
from lms.formats.lists import defused, written
from tests.formats.conftest import PLACE

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1+1",
    "\u00a0=1",
    "＝1",  # noqa: RUF001
    '=HYPERLINK("http://evil.example","x")',
    "=cmd|'/c calc'!A0",
]
READ = Line(
    "Ethics and scope", "Riverside Recovery School", "2026-02-03", "2026-03-02", 90, "self-paced",
    "self-paced", (("Ethical Responsibility", 60), ("Advocacy", 30)), ("Board no. 88",),
    "https://learn.example/verify/X", "Hours formula, quiz passed",
)  # fmt: skip
ELSEWHERE = replace(
    READ, title="A course of last year", provider="José's Institute", certificate="", domains=(),
    approvals=(), voucher="", standing="unchecked", modality="live-online", kind="live-online",
)  # fmt: skip
WORKED = replace(READ, title="Shift", kind="work", modality="work", standing="waiting", domains=())
COLUMNS = (
    ("Title of the training", "title"), ("Provider", "provider"), ("First day", "starts"),
    ("Last day", "ends"), ("Hours", "hours"), ("Hours applied to each domain", "domain-hours"),
    ("How", "modality"), ("Approvals", "approvals"), ("By", "voucher"),
    ("Certificate", "certificate"),
)  # fmt: skip


@pytest.fixture
def facts() -> Application:
    return Application(
        holder="Ana Lucía Moreno",
        pack_id="co-cpfs",
        title="Colorado Peer and Family Specialist",
        body="Colorado Peer and Family Specialist Certification",
        version="2026",
        as_of="2026-01-01",
        confidence="medium",
        made_on="2026-03-04",
        provider="Riverside Recovery School",
        provider_address="120 Mill Street",
        domains=("Advocacy", "Ethical Responsibility"),
        columns=(),
        asked=(
            Asked("Training", "not-yet", "", "minutes", 90, 3600),
            Asked("Ethical Responsibility", "not-yet", "", "minutes", 60, 960, depth=1),
            Asked("Online", "met", "", "minutes", 90, 300, depth=1, is_limit=True),
            Asked("Time in recovery", "own-form", "", "months"),
            Asked("Work", "unknown", "", "minutes", 0, None),
        ),
        lines=(READ, ELSEWHERE, WORKED),
        papers=(
            Paper("Foundations", code_from(7), "2026-03-02", "valid", "https://learn.example/v/7"),
        ),
        sources=("Preparing for the application, n.d.",),
        conflicts=("Pages differ. 46; 60.",),
    )


def cells(held: bytes) -> list[list[str]]:
    assert held.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(held.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("words", HOSTILE)
def test_no_cell_is_a_formula(facts, words):
    line = replace(READ, title=words, provider=words, voucher=words, approvals=(words,))
    for columns in ((), COLUMNS):
        held = application_csv(replace(facts, columns=columns, lines=(line,)))
        for cell in (cell for row in cells(held) for cell in row):
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝")), cell  # noqa: RUF001
            assert "\n" not in cell
            assert "\r" not in cell


@given(st.text())
def test_whatever_is_in_a_cell_comes_back_in_one_cell(words):
    ((cell,),) = cells(written([[words]]))
    assert cell == defused(words).encode("utf-8", "replace").decode()


def test_a_board_gets_its_own_columns_in_its_own_order(facts):
    head, *rows = cells(application_csv(replace(facts, columns=COLUMNS)))
    assert head == [*(title for title, _holds in COLUMNS), "Checked by the provider"]
    assert rows[0] == [
        "Ethics and scope", "Riverside Recovery School", "2026-02-03", "2026-03-02", "1.5",
        "Ethical Responsibility 1; Advocacy 0.5", "Self-paced", "Board no. 88",
        "Hours formula, quiz passed", "https://learn.example/verify/X", "yes",
    ]  # fmt: skip
    assert [row[0] for row in rows] == ["Ethics and scope", "A course of last year"]
    assert rows[1][-1] == "no, not checked by us"


def test_other_boards_get_a_column_of_hours_for_each_domain_and_every_line(facts):
    head, *rows = cells(application_csv(facts))
    by_name = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["Hours: Advocacy"] for row in by_name] == ["0.5", "0", "0"]
    assert [row["Kind of time"] for row in by_name] == ["Self-paced", "Live online", "Work"]
    assert [row["Checked by the provider"] for row in by_name] == [
        "yes", "no, not checked by us", "no, waits for a signature",
    ]  # fmt: skip
    assert by_name[1]["Provider"] == "José's Institute"


def test_a_clerk_reads_everything_in_the_pdf(facts, read):
    text = read(application_pdf(facts, PLACE))
    for words in (
        "Ana Lucía Moreno", "Colorado Peer and Family Specialist", "4 March 2026",
        "The board decides.", "1 h 30 min", "60 h", "at most 5 h", "not known",
        "answered on the board's own form", "Ethical Responsibility 1 h; Advocacy 30 min",
        "Not checked", "Waits for", "2 of the lines below are marked",
        "(a) Board no. 88", "Preparing for the application", "Pages differ",
        "What the applicant says of themself was not checked by us",
    ):  # fmt: skip
        assert words in text, words


def test_a_checker_of_accessible_pdfs_finds_nothing(facts, tmp_path):
    many = replace(facts, demo=True, lines=(READ, ELSEWHERE, WORKED) * 5)
    bare = replace(facts, lines=(), papers=(), sources=(), conflicts=(), asked=())
    turned = replace(facts, holder="فاطمة", lines=(replace(READ, title="אתיקה"),))
    for some in (many, replace(bare, holder=turned.holder), turned):
        (tmp_path / "pack.pdf").write_bytes(application_pdf(some, PLACE))
        assert list(pdfua.validate(str(tmp_path / "pack.pdf")).findings) == []


def test_the_pack_is_the_same_twice_and_names_itself_and_its_links(facts):
    pdf = application_pdf(facts, PLACE)
    assert pdf == application_pdf(facts, PLACE)
    opened = pikepdf.open(BytesIO(pdf))
    assert opened.Root.Lang == "en"
    assert "Ana Lucía Moreno" in str(opened.docinfo.Title)
    links = [
        str(o.A.URI)
        for o in opened.objects
        if isinstance(o, pikepdf.Dictionary) and o.get("/Subtype") == "/Link"
    ]
    assert links == ["https://learn.example/v/7"]
