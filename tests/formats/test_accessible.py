"""A paper can be read by ear, and by the checkers of PDF/UA."""

from dataclasses import replace
from io import BytesIO

import pdfua
import pikepdf
import pytest

from lms.content.cache import read_again
from lms.content.library import assemble
from lms.content.places import content_root
from lms.domain.certificate import HourLine
from lms.formats import papers


def tagged(pdf, kind):
    """The structure elements of a kind, in the order written."""
    found = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
    return [o for o in found if o.get("/S") == kind and o.get("/Type") == "/StructElem"]


@pytest.fixture(params=["short", "long", "turned"])
def some_facts(request, facts):
    many = tuple(HourLine(f"Topic {n}", "Self-paced", n) for n in range(1, 9))
    return {
        "short": facts,
        "long": replace(facts, demo=True, hours=many, objectives=("Listen.",) * 60),
        "turned": replace(facts, holder="فاطمة", hours=(HourLine("אתיקה", "Self-paced", 60),)),
    }[request.param]


def test_a_checker_finds_nothing(paper, some_facts, tmp_path):
    (tmp_path / "paper.pdf").write_bytes(paper(some_facts))
    assert list(pdfua.validate(str(tmp_path / "paper.pdf")).findings) == []


def test_a_paper_names_itself_and_its_language(paper, facts):
    pdf = pikepdf.open(BytesIO(paper(facts)))
    assert pdf.Root.Lang == "en"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.open_metadata()["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert facts.holder in str(pdf.docinfo.Title)


def test_every_font_is_inside(paper, facts):
    pdf = pikepdf.open(BytesIO(paper(facts)))
    fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
    described = [o for o in fonts if o.get("/Type") == "/FontDescriptor"]
    assert described
    assert all("/FontFile2" in o or "/FontFile3" in o for o in described)


def test_the_qr_code_says_what_it_is_for(paper, facts):
    pdf = pikepdf.open(BytesIO(paper(facts)))
    (figure,) = tagged(pdf, "/Figure")
    assert "page of this certificate" in str(figure.Alt)
    assert facts.code in str(figure.Alt)


def test_header_cells_say_what_they_head(transcript, facts):
    pdf = pikepdf.open(BytesIO(transcript(facts)))
    scopes = [str(cell.A.Scope) for cell in tagged(pdf, "/TH")]
    assert scopes == ["/Column"] * 5 + ["/Row"] * 3


def test_the_certificate_has_no_table(certificate, facts):
    pdf = pikepdf.open(BytesIO(certificate(facts)))
    assert not tagged(pdf, "/Table")


@pytest.mark.parametrize("name", ["דָּוִד בן־גוריון", "فاطمة الزهراء", "Sam أحمد Lee"])
def test_right_to_left_letters_are_read_in_the_order_they_are_spoken(paper, facts, name):
    pdf = pikepdf.open(BytesIO(paper(replace(facts, holder=name))))
    spoken = [str(p.ActualText) for p in tagged(pdf, "/P") if "/ActualText" in p]
    assert spoken == [name]
    assert not tagged(pdf, "/Art")


def test_headings_start_with_the_one_that_names_the_paper(paper, facts):
    pdf = pikepdf.open(BytesIO(paper(facts)))
    order = [o.S for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S")]
    headings = [kind for kind in order if kind in ("/H1", "/H2")]
    assert headings[0] == "/H1"
    assert headings.count("/H1") == 1


def guides(count):
    library = assemble(read_again(content_root()).editions)
    return sorted(library.guides.values(), key=lambda guide: guide.id)[:count]


@pytest.mark.parametrize("count", [2, pytest.param(99, marks=pytest.mark.long)])
def test_a_guide_can_be_read_by_ear_and_is_the_same_twice(count, tmp_path):
    for guide in guides(count):
        pdf = papers.guide_pdf(guide, "Riverside Recovery School", content_root() / "templates")
        (tmp_path / "guide.pdf").write_bytes(pdf)
        assert list(pdfua.validate(str(tmp_path / "guide.pdf")).findings) == [], guide.id
        opened = pikepdf.open(BytesIO(pdf))
        assert guide.title in str(opened.docinfo.Title)
        assert {str(cell.A.Scope) for cell in tagged(opened, "/TH")} <= {"/Column", "/Row"}
    assert pdf == papers.guide_pdf(guide, "Riverside Recovery School", content_root() / "templates")
