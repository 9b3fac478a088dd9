"""One certificate's facts, and the tools of other people that read a paper back."""

import re
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from shutil import which

import pytest
from PIL import Image

from lms.domain.certificate import Facts, HourLine, code_from
from lms.formats import papers

PLACE = Path(__file__).parents[2] / "templates"
_BIDI_MARKS = re.compile("[\u200e\u200f\u202a-\u202e]")


@pytest.fixture
def facts() -> Facts:
    return Facts(
        code=code_from(2**127 + 987654321987654321),
        holder="Ana Lucía Moreno",
        program="Peer Support Foundations",
        program_id="peer-support-foundations",
        edition="3",
        statement="A training specific to peer support.",
        objectives=("Describe the role of a peer & its limits.", "Use person-first words."),
        started_on="2026-02-03",
        completed_on="2026-05-04",
        issued_on="2026-05-06",
        expires_on="2028-05-07",
        minutes=1590,
        hours=(
            HourLine("Ethics", "Live in person", 600),
            HourLine("Ethics", "Self-paced", 390),
            HourLine("Advocacy", "Live online", 600),
        ),
        assessment=("Quiz passed (pass mark 80%)", "Role-play passed, two assessors"),
        instructors=("Carla Ruiz, CPRS", "Dev Patel, MSW"),
        provider="Riverside Recovery School",
        provider_address="120 Mill Street, Riverside, OH 45424",
        approvals=("Board of Peers no. 88-1201",),
        signatory="Jordan Reyes",
        signatory_title="Program director",
        retention="Keep this for at least six years.",
        verify_at="https://learn.example/verify",
        replaces=code_from(3),
        demo=False,
    )


@pytest.fixture(params=["certificate", "transcript"])
def paper(request: pytest.FixtureRequest) -> Callable[[Facts], bytes]:
    """Either paper, as a function of its facts."""
    pdf = {"certificate": papers.certificate_pdf, "transcript": papers.transcript_pdf}
    return lambda facts: pdf[request.param](facts, PLACE)


@pytest.fixture
def certificate() -> Callable[[Facts], bytes]:
    return lambda facts: papers.certificate_pdf(facts, PLACE)


@pytest.fixture
def transcript() -> Callable[[Facts], bytes]:
    return lambda facts: papers.transcript_pdf(facts, PLACE)


def poppler(tool: str, pdf: bytes, *options: str) -> bytes:
    """What one of poppler's tools makes of a PDF; the test is skipped where poppler is not."""
    path = which(tool) or pytest.skip(f"{tool} is not here (poppler-utils)")
    return subprocess.run([path, *options], input=pdf, capture_output=True, check=True).stdout


@pytest.fixture
def read() -> Callable[[bytes], str]:
    """The text of a PDF as a person would copy it, in one line."""

    def text(pdf: bytes) -> str:
        copied = poppler("pdftotext", pdf, "-", "-").decode()
        return " ".join(_BIDI_MARKS.sub("", copied).split())

    return text


@pytest.fixture
def picture() -> Callable[[bytes, int], Image.Image]:
    """The first page as a scanner would see it, at so many dots per inch."""

    def image(pdf: bytes, dpi: int) -> Image.Image:
        png = poppler("pdftoppm", pdf, "-png", "-singlefile", "-r", str(dpi), "-")
        return Image.open(BytesIO(png)).convert("L")

    return image
