"""Forged and damaged files: none is called valid, and each gets the right reason."""

import json
from dataclasses import replace
from io import BytesIO

import pytest

from lms.domain.certificate import ReasonClass
from lms.jobs import outbox
from lms.jobs.file_checking import check
from lms.models.certificates import Certificate
from lms.models.people import Person
from lms.records import certificates, issuing
from tests.completing import Class
from tests.conftest import KIND
from tests.forging import Stolen, edited, files, inside, picture, reprinted
from tests.log_kept import certificate, holder, publish, with_key
from tests.school import School

pytestmark = pytest.mark.skipif(KIND != "sqlite", reason="files are read the same on both")


def _paper(school: School, row: Certificate) -> bytes:
    with school.database.reading() as session:
        return certificates.paper(session, row, certificates.CERTIFICATE) or b""


def _renamed(school: School, person: Person, row: Certificate, name: str) -> Certificate:
    with school.database.writing() as session:
        old, who = session.get_one(Certificate, row.id), session.get_one(Person, person.id)
        newer = issuing.reissue(session, school.now, old, who, name, school.office, who)
        session.commit()
        return newer


def of_person(school: School, person: Person) -> Certificate:
    with school.database.reading() as session:
        (record,) = certificates.of_person(session, person.id, school.now, school.office)
        return record.certificate


@pytest.fixture
def stolen(school: School) -> Stolen:
    made = Class.of(with_key(school), "Ana Ruiz")
    made.complete()
    made.claim()
    person, first = made.learner, of_person(school, made.learner)
    _other, second = holder(school, "Ben Okoye")
    newer = _renamed(school, person, first, "Ana Maria Diaz")
    publish(school)
    workshop = outbox.Workshop(school.settings, school.database, school.shelf, lambda: school.now)
    outbox.run_due(workshop)
    facts = [certificates.facts_of(row) for row in (newer, second)]
    return Stolen(
        facts[0], _paper(school, newer), facts[1], _paper(school, second), _paper(school, first)
    )


SOME = slice(0, None, 5)
EVERY = pytest.param(slice(None), marks=pytest.mark.long)


@pytest.mark.parametrize("which", [SOME, EVERY], ids=["some", "all"])
def test_forged_and_damaged_files_are_none_of_them_called_valid(
    school: School, stolen: Stolen, which: slice
):
    tricks, wrong = files(stolen), []
    for name, (verdict, reasons, held) in list(tricks.items())[which]:
        with school.database.reading() as session:
            found = check(session, held() if callable(held) else held, school.now, school.office)
        told = {str(one) for one in found.judged.reasons} | {str(found.file.fault or "")}
        if (found.judged.verdict, reasons - told) != (verdict, set()):
            wrong.append(f"{name}: {found.judged.verdict} {sorted(told)} {found.compared}")
    assert not wrong, "\n".join(wrong)
    assert len(tricks) >= 40


def test_the_page_tells_what_a_file_is_worth(school: School, stolen: Stolen):
    page = send(school, stolen.paper)
    assert "byte for byte the one we issued" in page.text
    assert _word(page) == "Valid"
    assert told(school, stolen.paper)["valid"] is True

    old = told(school, stolen.older_paper)
    assert (old["verdict"], old["valid"], old["state"]) == ("same", False, "replaced")
    assert "holder" not in old["facts"]
    again = edited(stolen.older_paper, lambda _pdf: None)
    assert "Ana Ruiz" not in send(school, again).text
    assert "Ana Ruiz" not in json.dumps(told(school, again))

    page = send(school, reprinted(replace(stolen.facts, holder="Eve Hill"), inside(stolen.paper)))
    assert _word(page) == "Do not rely on this file"
    row = [
        cell.get_text(" ", strip=True) for cell in page.soup.select("tbody tr")[0].select("th, td")
    ]
    assert row[0].endswith("Holder")
    assert ("Eve Hill" in row[1], "Ana Maria Diaz" in row[2]) == (True, True)
    assert page.response.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.response.headers["X-Robots-Tag"]
    assert "Set-Cookie" not in page.response.headers

    with school.database.writing() as session:
        row = session.get_one(Certificate, certificate(school, stolen.facts.code).id)
        issuing.revoke(session, school.now, row, ReasonClass.ISSUED_IN_ERROR, None)
        session.commit()
    answer = told(school, stolen.paper)
    assert (answer["verdict"], answer["valid"], answer["state"]) == ("same", False, "revoked")
    assert _word(send(school, stolen.paper)) == "Revoked"


def _word(page) -> str:
    return page.soup.select_one(".state h2").text.strip()


@pytest.mark.parametrize(
    ("held", "word"),
    [
        (picture(), "Not issued by us"),
        (b"%PDF-1.7\n" + bytes(50), "We cannot read this file"),
    ],
)
def test_what_cannot_be_compared_is_never_called_good_or_bad(school: School, held, word):
    page = send(school, held)
    assert _word(page) == word
    assert told(school, held)["valid"] is False


@pytest.mark.parametrize("held", [b"", None])
def test_without_a_file_the_form_says_what_to_do(school: School, held):
    page = send(school, held)
    assert page.status == 422
    assert "Choose the PDF" in page.text


def send(school: School, held: bytes | None, **headers: str):
    browser = school.browser()
    page = browser.open("/verify/file")
    form = page.form("/verify/file")
    hidden = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    body = hidden if held is None else hidden | {"file": (BytesIO(held), "paper.pdf")}
    return browser.post("/verify/file", body, **headers)


def told(school: School, held: bytes) -> dict:
    return json.loads(send(school, held, Accept="application/json").response.data)
