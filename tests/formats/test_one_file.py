"""A paper is one file that is everything: an archive's, a reader's, and a machine's."""

import json
import subprocess
from io import BytesIO
from shutil import which

import pdfua
import pikepdf
import pytest

from lms.formats import papers
from lms.formats.attached import credential, record
from lms.formats.signing_place import FIELD
from tests.formats.conftest import PLACE, poppler

INSIDE = [credential(b'{"holder": "Ana"}'), record(b'{"entry": "{}"}')]
XMP = "{http://www.aiim.org/pdfa/ns/id/}"
UA = "{http://www.aiim.org/pdfua/ns/id/}part"


@pytest.fixture(params=["certificate", "transcript"])
def printed(request, facts):
    press = {"certificate": papers.certificate_pdf, "transcript": papers.transcript_pdf}
    return lambda **more: press[request.param](facts, PLACE, INSIDE, **more)


def test_it_claims_to_be_an_archives_file_and_a_readers(printed):
    pdf = pikepdf.open(BytesIO(printed()))
    told = pdf.open_metadata()
    assert (told[f"{XMP}part"], told[f"{XMP}conformance"], told[UA]) == ("3", "A", "1")
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert len(pdf.trailer.ID) == 2


def test_the_claim_is_declared_as_archives_ask(printed):
    pdf = pikepdf.open(BytesIO(printed()))
    text = pdf.Root.Metadata.read_bytes()
    assert b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in text
    assert text.count(b"<pdfuaid:part>") == 1


def test_what_machines_read_is_inside_once_and_dated_by_the_paper(printed):
    pdf = pikepdf.open(BytesIO(printed()))
    assert json.loads(pdf.attachments["credential.json"].get_file().read_bytes()) == {
        "holder": "Ana"
    }
    assert sorted(pdf.attachments) == ["credential.json", "record.json"]
    assert [str(one.AFRelationship) for one in pdf.Root.AF] == ["/Data", "/Data"]
    for one in pdf.Root.AF:
        assert str(one.EF.F.Params.ModDate) == "D:20260506000000Z"
        assert one.EF.F.Subtype == "/application/json"


def test_only_a_paper_to_be_signed_has_a_place_for_it_and_that_can_be_read_by_ear(printed):
    assert "/AcroForm" not in pikepdf.open(BytesIO(printed())).Root
    pdf = pikepdf.open(BytesIO(printed(to_sign=True)))
    (field,) = pdf.Root.AcroForm.Fields
    assert (field.FT, str(field.T)) == ("/Sig", FIELD)
    assert "issuer" in str(field.TU)
    assert field.objgen in [one.objgen for one in pdf.pages[0].Annots]
    assert pdf.pages[0].Tabs == "/S"
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    form = numbers[list(numbers[::2]).index(field.StructParent) * 2 + 1]
    assert (form.S, form.K[0].Obj.objgen) == ("/Form", field.objgen)


@pytest.mark.parametrize("to_sign", [False, True])
def test_checkers_find_nothing(printed, tmp_path, to_sign):
    path = tmp_path / "paper.pdf"
    path.write_bytes(printed(to_sign=to_sign))
    assert list(pdfua.validate(str(path)).findings) == []
    qpdf = which("qpdf") or pytest.skip("qpdf is not here")
    assert subprocess.run([qpdf, "--check", path], check=False).returncode == 0


def test_other_tools_find_what_is_inside(printed, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(printed())
    assert b"1: credential.json\n2: record.json" in poppler("pdfdetach", b"", "-list", str(path))
