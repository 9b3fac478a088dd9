"""A signed paper: other people's tools accept it, see a changed byte, and it can still be read."""

import subprocess
from datetime import UTC, datetime, timedelta
from shutil import which

import pdfua
import pytest

from lms.formats import pades, papers
from lms.formats.attached import record
from lms.formats.seals import NoKey
from tests.formats.conftest import PLACE

NOW = datetime.now(UTC)


@pytest.fixture
def data(tmp_path):
    pades.make(tmp_path, "Riverside Recovery School", "secret", NOW)
    return tmp_path


@pytest.fixture(params=["certificate", "transcript"])
def paper(request, facts):
    press = {"certificate": papers.certificate_pdf, "transcript": papers.transcript_pdf}
    return press[request.param](facts, PLACE, [record(b"{}")], to_sign=True)


def pdfsig(held: bytes, tmp_path) -> str:
    found = which("pdfsig") or pytest.skip("pdfsig is not here (poppler-utils)")
    path = tmp_path / "signed.pdf"
    path.write_bytes(held)
    done = subprocess.run(
        [found, "-nocert", str(path)], check=False, capture_output=True, text=True
    )
    return done.stdout


def test_pdfsig_accepts_it_and_sees_one_flipped_byte(data, paper, tmp_path):
    signed = pades.sign(data, "secret", paper)
    said = pdfsig(signed, tmp_path)
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    at = signed.index(b"/Title")
    flipped = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
    assert "Signature is Valid" not in pdfsig(flipped, tmp_path)


def test_it_stays_readable_by_ear_and_whole(data, paper, tmp_path):
    path = tmp_path / "signed.pdf"
    path.write_bytes(pades.sign(data, "secret", paper))
    assert list(pdfua.validate(str(path)).findings) == []
    qpdf = which("qpdf") or pytest.skip("qpdf is not here")
    assert subprocess.run([qpdf, "--check", path], check=False).returncode == 0


def test_the_key_is_made_once_and_for_its_owner_only(data):
    held = pades.place(data).read_bytes()
    pades.make(data, "Another name", "other", NOW)
    assert pades.place(data).read_bytes() == held
    assert pades.place(data).stat().st_mode & 0o077 == 0
    assert pades.ends(data, "secret") > NOW + timedelta(days=4 * 365)


def test_a_wrong_password_is_said_in_words(data, paper):
    with pytest.raises(NoKey, match="LMS_PDF_KEY_PASSWORD"):
        pades.sign(data, "wrong", paper)
    with pytest.raises(NoKey, match="password"):
        pades.ends(data, "wrong")
