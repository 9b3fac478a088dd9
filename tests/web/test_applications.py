"""The application pack: frozen on its day, printed by the worker, seen by its holder alone."""

import csv
import subprocess
from io import StringIO
from shutil import which

import pytest

from lms.domain.people import Role
from lms.jobs.outbox import Workshop, run_due
from lms.models.people import Person
from tests.browsing import Browser, Page
from tests.school import School

MD, CO = "md-cprs", "co-cpfs"
CANARY = "recovery for at least two years"


@pytest.fixture
def learner(school: School) -> Person:
    cohort = school.cohort()
    person = school.person(Role.LEARNER, cohort, name="Ana Lucía Moreno")
    school.attend(person, school.person(Role.ASSESSOR, cohort), cohort, 90)
    return person


@pytest.fixture
def browser(school: School, learner: Person) -> Browser:
    return school.browser(learner)


def put_together(browser: Browser, pack: str, **ticked: str) -> Page:
    page = browser.open(f"/requirements/{pack}/application").submit("application", **ticked)
    assert "Your application is put together." in page.text
    return page


def pdf_of(school: School, page: Page) -> bytes:
    """The printed pack, after the worker came by."""
    (link, *_older) = page.soup.select("a[href$='.pdf']")
    waiting = page.browser.open(link["href"])
    assert waiting.status == 202
    assert waiting.response.headers["Refresh"] == "3"
    run_due(Workshop(school.settings, school.database, school.shelf, lambda: school.now))
    response = page.browser.open(link["href"]).response
    assert response.mimetype == "application/pdf"
    assert "Moreno" not in response.headers["Content-Disposition"]
    return response.data


def words_of(pdf: bytes) -> str:
    path = which("pdftotext") or pytest.skip("pdftotext is not here (poppler-utils)")
    done = subprocess.run([path, "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def rows_of(page: Page) -> list[list[str]]:
    (link, *_older) = page.soup.select("a[href$='.csv']")
    response = page.browser.open(link["href"]).response
    assert response.mimetype == "text/csv"
    return list(csv.reader(StringIO(response.data.decode("utf-8-sig"), newline="")))


def test_a_pack_is_printed_with_hours_domains_and_certificates(school, learner, browser):
    code = school.certify(learner)
    text = words_of(pdf_of(school, put_together(browser, MD)))
    assert "Ana Lucía Moreno" in text
    assert "1 h 30 min" in text
    assert "Mentoring and Education 1 h 3 min" in text
    assert code[:5] in text
    assert "The board decides." in text


def test_colorados_list_is_in_colorados_columns(school, learner, browser):
    code = school.certify(learner)
    head, row = rows_of(put_together(browser, CO))
    assert head == [
        "Title of the training", "Provider", "First day", "Last day", "Hours",
        "Hours applied to each domain", "Certificate", "Checked by the provider",
    ]  # fmt: skip
    assert row[0] == "Practice"
    assert row[1] == school.settings.provider.name
    assert row[4] == "1.5"
    assert row[5] == "Ethical Responsibility 0.45; Mentoring and Education 1.05"
    assert row[6] == f"https://school.example/verify/{code}"


def test_what_is_said_of_recovery_is_handed_on_only_when_ticked(school, browser):
    browser.open(f"/requirements/{MD}/facts").submit("facts", fact__recovery="attested")
    plain = words_of(pdf_of(school, put_together(browser, MD)))
    assert "answered on the board's own form" in plain
    assert "24 months" not in plain
    told = words_of(pdf_of(school, put_together(browser, MD, tell="y")))
    assert "answered on the board's own form" not in told
    assert "24 months" in told
    assert "the applicant says so" in told
    assert "not said" in told


def test_a_pack_stays_as_it_was_on_its_day(school, learner, browser):
    first = rows_of(put_together(browser, MD))
    school.pass_time(hours=3)
    cohort = school.cohort("Autumn")
    school.attend(learner, school.person(Role.ASSESSOR, cohort), cohort, 60)
    page = put_together(browser, MD)
    assert len(rows_of(page)) == len(first) + 1
    older = page.soup.select("a[href$='.csv']")[1]["href"]
    held = browser.open(older).response.data.decode("utf-8-sig")
    assert list(csv.reader(StringIO(held, newline=""))) == first


def test_a_pack_is_its_holders_alone(school, browser):
    page = put_together(browser, MD)
    cohort = school.cohort("Autumn")
    stranger = school.browser(school.person(Role.LEARNER, cohort))
    for link in page.soup.select("a[href^='/applications/']"):
        assert stranger.open(link["href"]).status == 404


def test_a_name_that_cannot_be_printed_is_said_before(school):
    person = school.person(Role.LEARNER, school.cohort(), name="Ana \U0001f600 Moreno")
    page = school.browser(person).open(f"/requirements/{MD}/application")
    assert "Your name cannot be printed yet" in page.text
