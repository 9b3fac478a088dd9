"""The application pack: frozen on its day, printed by the worker, seen by its holder alone."""

import csv
import subprocess
from io import StringIO
from shutil import which

import pytest

from lms.domain.people import Role
from lms.jobs.outbox import Workshop, run_due
from lms.models.people import Person
from lms.records import applications
from tests.browsing import Browser, Page
from tests.logged import confirmed_shift
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
        "Hours applied to each domain", "Certificate", "Minutes", "Minutes that count",
        "Why the rest does not count", "Checked by the provider",
    ]  # fmt: skip
    assert row[0] == "Practice"
    assert row[1] == school.settings.provider.name
    assert row[4] == "1.5"
    assert row[5] == "Ethical Responsibility 0.45; Mentoring and Education 1.05"
    assert row[6] == f"https://school.example/verify/{code}"


def test_a_line_entered_after_the_certificate_names_no_certificate(school, learner, browser):
    school.certify(learner)
    school.pass_time(hours=3)
    cohort = school.cohort("Autumn")
    school.attend(learner, school.person(Role.ASSESSOR, cohort), cohort, 60)
    head, *rows = rows_of(put_together(browser, CO))
    assert [bool(row[head.index("Certificate")]) for row in rows] == [True, False]


def test_work_names_where_it_was_done_and_that_only_the_supervisor_stands_behind_it(
    school, learner, browser
):
    row = confirmed_shift(school, learner)
    head, *rows = rows_of(put_together(browser, MD))
    shift = next(dict(zip(head, cells, strict=True)) for cells in rows if cells[0] == row.title)
    assert shift["Provider, or where"] == "River House"
    assert shift["Checked by the provider"] == "no, but confirmed by Rosa Vance with a link"
    assert "Peer supervisor; says: certified peer" in shift["Vouched for by"]
    assert shift["Minutes that count"] == "Work experience 120"


@pytest.mark.parametrize("pack", [MD, CO, "il-crss", "ny-crpa", "tn-cprs"])
def test_every_figure_of_hours_is_the_sum_of_the_lines_that_count_for_it(
    school, learner, browser, pack
):
    confirmed_shift(school, learner)
    put_together(browser, pack)
    with school.database.reading() as session:
        facts = applications.facts_of(applications.of_person(session, learner.id, pack)[0])
    sums: dict[str, int] = {}
    for line in facts.lines:
        for title, minutes in line.counts:
            sums[title] = sums.get(title, 0) + minutes
    figures = {a.title: a.have for a in facts.asked if not a.depth and a.unit == "minutes"}
    assert sums == {title: have for title, have in figures.items() if have}
    assert all(sum(m for _, m in line.counts) or line.why_not for line in facts.lines)


def test_what_is_said_of_recovery_is_handed_on_only_when_ticked(school, browser):
    browser.open(f"/requirements/{MD}/facts").submit("facts", fact__recovery="attested")
    plain = words_of(pdf_of(school, put_together(browser, MD)))
    assert "answered on the board's own form" in plain
    assert "24 months" not in plain
    told = words_of(pdf_of(school, put_together(browser, MD, tell="y")))
    assert "answered on the board's own form" not in told
    assert "24 months" in told
    assert "the applicant says so" in told
    assert "not answered here" in told


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


def test_who_puts_a_pack_together_hears_what_is_not_in_it(browser):
    page = browser.open(f"/requirements/{MD}/application")
    assert "not counted" in page.text
    assert "files of their own" in page.text
    assert page.soup.select_one("main a[href='/certificates']")


def test_sources_without_a_date_say_so_in_words(school, browser):
    text = words_of(pdf_of(school, put_together(browser, CO)))
    assert "no date" in text
    assert "n.d." not in text


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
