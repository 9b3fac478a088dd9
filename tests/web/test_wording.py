"""A certificate in other words: chosen by the holder, the same in substance, checked as any."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pdfua
import pikepdf
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from lms.app import utc_now
from lms.domain.certificate import State
from lms.domain.file_verdict import Verdict
from lms.domain.paper_words import Words, telling
from lms.jobs.file_checking import check
from lms.jobs.outbox import Workshop, run_due
from lms.models.certificates import Certificate
from lms.records import certificates
from lms.records.certificates import CERTIFICATE, TRANSCRIPT, Record
from tests.completing import Class
from tests.forging import inside, reprinted
from tests.school import PROGRAM, School

CHOICES = [one for one in Words if one]


@pytest.fixture
def made(school: School) -> Class:
    made = Class.of(school)
    made.complete()
    return made


def claim(made: Class, words: Words) -> Record:
    page = made.school.browser(made.learner).open("/certificates")
    done = page.submit("certificates", **{f"words-{PROGRAM}": words})
    assert "Your certificate is issued." in done.text
    return newest(made.school)


def newest(school: School) -> Record:
    with school.database.reading() as session:
        row = session.scalars(select(Certificate).order_by(Certificate.id.desc())).first()
        return certificates.look_up(session, row.code, school.now, school.office)


def printed(school: School, record: Record) -> dict[str, bytes]:
    run_due(Workshop(school.settings, school.database, school.shelf, utc_now))
    with school.database.reading() as session:
        kinds = (CERTIFICATE, TRANSCRIPT)
        return {k: certificates.paper(session, record.certificate, k) for k in kinds}


def saved_again(pdf: bytes) -> bytes:
    kept = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(kept, linearize=True)
    return kept.getvalue()


@pytest.mark.parametrize("words", CHOICES)
def test_both_papers_say_it_and_a_copy_agrees_with_the_record(made, words, tmp_path: Path):
    school = made.school
    record = claim(made, words)
    assert record.facts.words is words
    for kind, pdf in printed(school, record).items():
        (tmp_path / f"{kind}.pdf").write_bytes(pdf)
        assert list(pdfua.validate(str(tmp_path / f"{kind}.pdf")).findings) == []
        assert pikepdf.open(BytesIO(pdf)).Root.Lang == words.language
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
        assert ("Emitido" in text or "emitido" in text) is (words.language == "es")
        shown = [line for line in text.splitlines() if record.facts.provider not in line]
        assert not (words.is_neutral and telling(shown)), telling(shown)
        with school.database.reading() as session:
            found = check(session, saved_again(pdf), school.now, school.office)
        assert found.judged.verdict is Verdict.AGREES, (kind, found.judged, found.compared)
        assert found.compared.extra == ()


def test_a_changed_word_is_found_in_spanish_as_well(made):
    school = made.school
    record = claim(made, Words.SPANISH)
    pdf = printed(school, record)[CERTIFICATE]
    forged = reprinted(replace(record.facts, minutes=record.facts.minutes + 600), inside(pdf))
    with school.database.reading() as session:
        found = check(session, forged, school.now, school.office)
    assert found.judged.verdict is Verdict.DIFFERS


def test_words_chosen_later_change_nothing_that_was_earned(made):
    school = made.school
    before = claim(made, Words.USUAL)
    page = school.browser(made.learner).open("/certificates").click("Print it in other words")
    assert "still says it" in page.text
    page.submit("words", words=Words.SPANISH_NEUTRAL)
    after = newest(school)
    assert after.facts.replaces == before.facts.code
    assert after.facts.words is Words.SPANISH_NEUTRAL
    assert [line.minutes for line in after.facts.hours] == [
        line.minutes for line in before.facts.hours
    ]
    for same in ("holder", "minutes", "started_on", "completed_on", "expires_on", "instructors"):
        assert getattr(after.facts, same) == getattr(before.facts, same), same
    with school.database.reading() as session:
        old = certificates.look_up(session, before.facts.code, school.now, school.office)
    assert old.standing.state is State.REPLACED
    page = school.browser(made.learner).open(f"/certificates/{after.facts.code}/words")
    again = page.submit("words", words=Words.SPANISH_NEUTRAL)
    assert again.status == 422
    assert "in these words already" in again.text
    page.submit("words", words=Words.USUAL)
    back = newest(school).facts
    assert (
        replace(
            back,
            code=before.facts.code,
            replaces=None,
            issued_on=before.facts.issued_on,
            verify_at=before.facts.verify_at,
        )
        == before.facts
    )


def test_words_nobody_offers_are_refused(made):
    browser = made.school.browser(made.learner)
    fields = browser.open("/certificates").fields("/certificates")
    page = browser.post("/certificates", fields | {f"words-{PROGRAM}": ["fr"]})
    assert page.status == 422
    assert "no such wording" in page.text


def test_a_neutral_certificate_tells_nothing_on_the_check_page_either(made):
    school = made.school
    record = claim(made, Words.NEUTRAL)
    guest = school.browser()
    shown = guest.open(f"/verify/{record.facts.code}").soup.select_one("main").get_text("\n")
    lines = [one.strip() for one in shown.splitlines() if one.strip()]
    told = [one for one in telling(lines) if record.facts.provider not in one]
    assert told == []
    answer = guest.open(f"/verify/{record.facts.code}", Accept="application/json").response.json
    assert answer["facts"]["program_id"] == ""
    kept = json.dumps(answer["facts"]).replace(record.facts.provider, "")
    assert telling([kept]) == ()


def test_what_is_issued_in_the_usual_words_keeps_the_bytes_it_always_had(made):
    record = claim(made, Words.USUAL)
    assert "words" not in record.certificate.facts
