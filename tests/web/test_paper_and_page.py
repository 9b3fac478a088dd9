"""The paper and the verify page say the same: read back by other people's tools."""

import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from bs4 import BeautifulSoup
from PIL import Image

from lms.app import utc_now
from lms.domain.certificate import in_hours, spaced
from lms.domain.people import Role
from lms.jobs.outbox import Workshop, run_due
from lms.records import certificates
from tests.school import School


def in_words(facts: dict[str, Any]) -> Iterator[str]:
    """Every fact as a person reads it."""
    for name in ("holder", "program", "program_id", "edition", "provider", "provider_address"):
        yield facts[name]
    for name in ("signatory", "signatory_title", "retention", "statement"):
        yield facts[name]
    for name in ("started_on", "completed_on", "issued_on", "expires_on"):
        day = date.fromisoformat(facts[name])
        yield f"{day.day} {day:%B %Y}"
    for name in ("objectives", "assessment", "instructors", "approvals"):
        yield from facts[name]
    yield spaced(facts["code"])
    yield in_hours(facts["minutes"])
    for line in facts["hours"]:
        yield line["topic"]
        yield in_hours(line["minutes"])


def plain(words: str) -> str:
    """Words without line breaks, and without the hyphens a line break may follow."""
    return re.sub(r"\s+", "", words)


def read_back(*tool: str | Path) -> str:
    return plain(subprocess.run(tool, capture_output=True, text=True, check=True).stdout)


def tagged_text(path: Path) -> str:
    """The words of the tags, in the order a screen reader meets them."""
    tool = ["/usr/bin/pdfinfo", "-struct-text", path]
    lines = subprocess.run(tool, capture_output=True, text=True, check=True).stdout.splitlines()
    return plain("".join(words for line in lines for words in re.findall(r'^ *"(.*)"$', line)))


@pytest.fixture
def papers(school: School, tmp_path: Path) -> tuple[str, Path, Path]:
    """An issued certificate: its code, and both papers as the job worker printed them."""
    cohort = school.cohort()
    learner = school.person(Role.LEARNER, cohort, "Zoë “Zee” O'Neill & Söhne")
    trainer = school.person(Role.ASSESSOR, cohort, "Dev Surya")
    school.read_all(learner)
    for quiz in school.shelf.current().quizzes:
        school.take_quiz(learner, quiz)
    school.attend(learner, trainer, cohort, minutes=130)
    code = school.certify(learner)
    run_due(Workshop(school.settings, school.database, school.shelf, utc_now))
    paths = []
    with school.database.reading() as session:
        record = certificates.look_up(session, code, school.now, school.office)
        for kind in (certificates.CERTIFICATE, certificates.TRANSCRIPT):
            paths.append(tmp_path / f"{kind}.pdf")
            paths[-1].write_bytes(certificates.paper(session, record.certificate, kind))
    return code, *paths


def test_every_fact_of_the_verify_page_stands_on_paper_and_every_fact_on_the_page(
    school: School, papers: tuple[str, Path, Path]
):
    code, *paths = papers
    stranger = school.browser()
    facts = stranger.open(f"/verify/{code}", Accept="application/json").response.json["facts"]
    page = plain(BeautifulSoup(stranger.open(f"/verify/{code}").response.text, "html.parser").text)
    laid_out = "".join(read_back("/usr/bin/pdftotext", "-layout", path, "-") for path in paths)
    in_order = "".join(read_back("/usr/bin/pdftotext", "-raw", path, "-") for path in paths)
    tagged = "".join(tagged_text(path) for path in paths)
    assert len(facts["hours"]) > 5
    for fact in in_words(facts):
        assert plain(fact) in page, fact
        assert plain(fact) in laid_out + in_order, fact
        assert plain(fact) in tagged, fact


def test_the_qr_code_of_both_papers_opens_the_verify_page(
    school: School, papers: tuple[str, Path, Path], tmp_path: Path
):
    code, *paths = papers
    for path in paths:
        picture = tmp_path / path.stem
        subprocess.run(
            ["/usr/bin/pdftoppm", "-r", "150", "-png", "-singlefile", path, picture], check=True
        )
        (found,) = zxingcpp.read_barcodes(Image.open(f"{picture}.png"))
        assert found.text == f"{school.settings.base_url}/verify/{code}"
        assert "Valid" in school.browser().open(f"/verify/{code}").text


def test_a_later_download_is_the_same_bytes(school: School, papers: tuple[str, Path, Path]):
    code, certificate, _transcript = papers
    run_due(Workshop(school.settings, school.database, school.shelf, utc_now))
    with school.database.reading() as session:
        record = certificates.look_up(session, code, school.now, school.office)
        again = certificates.paper(session, record.certificate, certificates.CERTIFICATE)
    assert again == certificate.read_bytes()
